import { defineProblems } from '#libs/contracts';

/** Refusals of requests for explanation. */
export const explanationProblem = defineProblems({
  'explanation-closed': {
    status: 409,
    vi: {
      title: 'Yêu cầu giải trình đã khép lại',
      detail: 'Yêu cầu đang ở trạng thái "{state}", không nhận thêm trả lời hay thay đổi. Đọc lại yêu cầu.',
    },
    en: {
      title: 'Explanation closed',
      detail: 'The request is "{state}" and takes no further answer or change. Read it again.',
    },
  },
  'explanation-answered': {
    status: 409,
    vi: {
      title: 'Cơ quan đã giải trình',
      detail: 'Cơ quan {agency} đã trả lời yêu cầu này. Nội dung bổ sung cần một yêu cầu mới.',
    },
    en: {
      title: 'Agency has answered',
      detail: 'Agency {agency} has answered this request. Anything further needs a new request.',
    },
  },
});
