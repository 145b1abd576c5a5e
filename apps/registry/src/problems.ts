import { defineProblems } from '#libs/contracts';

/** Refusals of the registry. */
export const registryProblem = defineProblems({
  'name-taken': {
    status: 409,
    vi: { title: 'Tên đã có', detail: 'Danh mục đã có mục mang đúng tên này: {id}.' },
    en: { title: 'Name taken', detail: 'The registry already has an entry of exactly this name: {id}.' },
  },
  'lifecycle-step-not-allowed': {
    status: 409,
    vi: {
      title: 'Không chuyển được trạng thái vòng đời',
      detail: 'Không thể chuyển từ "{from}" sang "{to}". Có thể chuyển sang: {allowed}.',
    },
    en: {
      title: 'Life-cycle step not allowed',
      detail: 'There is no step from "{from}" to "{to}". Possible: {allowed}.',
    },
  },
  'use-step-not-allowed': {
    status: 409,
    vi: {
      title: 'Không chuyển được trạng thái sử dụng',
      detail: 'Không thể chuyển từ "{from}" sang "{to}". Có thể chuyển sang: {allowed}.',
    },
    en: {
      title: 'Step of use not allowed',
      detail: 'There is no step from "{from}" to "{to}". Possible: {allowed}.',
    },
  },
  'code-taken': {
    status: 409,
    vi: {
      title: 'Mã đã cấp',
      detail: 'Mã "{code}" đang hoặc đã từng cấp cho mục {id}; mã không được dùng lại.',
    },
    en: {
      title: 'Code taken',
      detail: 'The code "{code}" is, or once was, that of the entry {id}; codes are never used again.',
    },
  },
  'already-listed': {
    status: 409,
    vi: { title: 'Đã có trong danh mục', detail: 'Cơ sở dữ liệu này đã có trong danh mục.' },
    en: { title: 'Already on the list', detail: 'This database is on the list already.' },
  },
  'not-a-priority-list': {
    status: 409,
    vi: {
      title: 'Không phải danh mục ưu tiên',
      detail: 'Chỉ đề xuất bổ sung và báo cáo định kỳ theo danh mục ưu tiên triển khai.',
    },
    en: {
      title: 'Not a priority list',
      detail: 'Only priority lists take proposals and ask for reports.',
    },
  },
  'proposal-open': {
    status: 409,
    vi: {
      title: 'Đã có đề xuất',
      detail: 'Cơ sở dữ liệu này đang có một đề xuất bổ sung vào danh mục chưa được quyết định.',
    },
    en: {
      title: 'Already proposed',
      detail: 'There is an undecided proposal to put this database on the list.',
    },
  },
  'proposal-decided': {
    status: 409,
    vi: { title: 'Đề xuất đã kết thúc', detail: 'Đề xuất này đã ở trạng thái "{state}".' },
    en: { title: 'Proposal decided', detail: 'This proposal is "{state}" already.' },
  },
  'partner-registered': {
    status: 409,
    vi: {
      title: 'Doanh nghiệp đã đăng ký',
      detail: 'Doanh nghiệp này đã đăng ký đồng hành với cơ sở dữ liệu này.',
    },
    en: { title: 'Already registered', detail: 'This enterprise has registered for this database already.' },
  },
  'partner-step-not-allowed': {
    status: 409,
    vi: {
      title: 'Không thực hiện được với đăng ký này',
      detail: 'Đăng ký đồng hành của "{name}" đang ở trạng thái "{state}".',
    },
    en: { title: 'Not possible now', detail: 'The registration of "{name}" is "{state}".' },
  },
  'split-without-partner': {
    status: 409,
    vi: {
      title: 'Chưa chọn doanh nghiệp đồng hành',
      detail: 'Chỉ ghi phần doanh nghiệp thực hiện sau khi đã chọn doanh nghiệp đồng hành.',
    },
    en: {
      title: 'No partner chosen',
      detail: 'An enterprise part is agreed with chosen partner enterprises only.',
    },
  },
  'report-not-asked': {
    status: 409,
    vi: {
      title: 'Không có kỳ báo cáo này',
      detail: 'Không danh mục nào yêu cầu báo cáo kỳ "{period}" về cơ sở dữ liệu này.',
    },
    en: { title: 'No such period', detail: 'No list asks for a report on this database for "{period}".' },
  },
  'report-submitted': {
    status: 409,
    vi: {
      title: 'Đã có báo cáo',
      detail: 'Báo cáo kỳ "{period}" đã gửi ({id}); gửi nội dung mới ở mục đính chính của báo cáo đó.',
    },
    en: {
      title: 'Already reported',
      detail: 'The report for "{period}" was submitted ({id}); send a correction of that report.',
    },
  },
  'connection-step-not-allowed': {
    status: 409,
    vi: {
      title: 'Không chuyển được trạng thái kết nối',
      detail: 'Không thể chuyển từ "{from}" sang "{to}". Có thể chuyển sang: {allowed}.',
    },
    en: {
      title: 'Step of a connection not allowed',
      detail: 'There is no step from "{from}" to "{to}". Possible: {allowed}.',
    },
  },
});
