import { defineProblems } from '#libs/contracts';

/** Refusals of the tasks service. */
export const taskProblem = defineProblems({
  'transition-not-allowed': {
    status: 409,
    vi: {
      title: 'Trạng thái không cho phép',
      detail:
        'Nhiệm vụ đang ở trạng thái "{state}" nên không thực hiện được thao tác "{action}". Đọc lại nhiệm vụ.',
    },
    en: {
      title: 'Not in this state',
      detail: 'The task is "{state}", which does not allow "{action}". Read the task again.',
    },
  },
  'directive-exists': {
    status: 409,
    vi: {
      title: 'Văn bản đã có',
      detail:
        'Văn bản số {number} của cơ quan {issuer}, cùng ngày ban hành, đã được ghi nhận. Dùng văn bản đó.',
    },
    en: {
      title: 'Directive exists',
      detail: 'Directive {number} of {issuer} with this date is registered already. Use that one.',
    },
  },
});
