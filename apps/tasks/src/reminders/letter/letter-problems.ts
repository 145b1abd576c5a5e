import { defineProblems } from '#libs/contracts';

/** Refusals of reminder letters. */
export const letterProblem = defineProblems({
  'nothing-to-remind': {
    status: 409,
    vi: {
      title: 'Không có nội dung để đôn đốc',
      detail: 'Không có nhiệm vụ có thời hạn nào đang chờ cơ quan chủ trì thực hiện mà cần đôn đốc.',
    },
    en: { title: 'Nothing to remind of', detail: 'No dated task that the lead has to do needs a reminder.' },
  },
});
