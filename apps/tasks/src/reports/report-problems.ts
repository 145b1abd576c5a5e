import { defineProblems } from '#libs/contracts';

/** Refusals of reporting duties and reports. */
export const reportProblem = defineProblems({
  'duty-ended': {
    status: 409,
    vi: {
      title: 'Nghĩa vụ báo cáo đã kết thúc',
      detail: 'Nghĩa vụ báo cáo này đã kết thúc nên không thay đổi được. Tạo nghĩa vụ mới nếu cần.',
    },
    en: {
      title: 'Duty has ended',
      detail: 'This duty to report has ended and cannot be changed. Register a new one if needed.',
    },
  },
  'period-not-judged': {
    status: 409,
    vi: {
      title: 'Kỳ báo cáo không tính',
      detail:
        'Kỳ báo cáo này đã qua trước khi nghĩa vụ được ghi nhận trên hệ thống, hoặc đã được bãi bỏ; không nhận báo cáo.',
    },
    en: {
      title: 'Period not counted',
      detail:
        'This period was over before the duty was registered here, or was withdrawn; it takes no reports.',
    },
  },
  'report-submitted': {
    status: 409,
    vi: {
      title: 'Báo cáo đã gửi',
      detail: 'Báo cáo của kỳ này đã gửi. Dùng thao tác đính chính; bản gửi lần đầu được giữ nguyên.',
    },
    en: {
      title: 'Already submitted',
      detail: 'The report of this period was submitted. Correct it; the first version is kept.',
    },
  },
  'report-not-submitted': {
    status: 409,
    vi: {
      title: 'Báo cáo chưa gửi',
      detail: 'Báo cáo của kỳ này chưa gửi nên chưa đính chính được. Gửi báo cáo trước.',
    },
    en: {
      title: 'Not submitted',
      detail: 'The report of this period was not submitted yet. Submit it first.',
    },
  },
  'no-draft': {
    status: 409,
    vi: {
      title: 'Chưa có dự thảo',
      detail: 'Chưa có dự thảo để gửi. Lưu dự thảo trước, hoặc gửi kèm nội dung báo cáo.',
    },
    en: {
      title: 'No draft',
      detail: 'There is no draft to submit. Keep a draft first, or send the content along.',
    },
  },
});
