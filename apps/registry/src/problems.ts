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
  'term-code-taken': {
    status: 409,
    vi: {
      title: 'Mã thuật ngữ đã cấp',
      detail: 'Từ điển đã có thuật ngữ mã "{code}"; mã không được dùng lại.',
    },
    en: {
      title: 'Code of a term taken',
      detail: 'The dictionary has a term with the code "{code}"; codes are never used again.',
    },
  },
  'export-too-large': {
    status: 422,
    vi: { title: 'Quá nhiều dòng', detail: 'Có hơn {limit} dòng. Lọc bớt rồi kết xuất từng phần.' },
    en: {
      title: 'Too many rows',
      detail: 'There are more than {limit} rows. Filter them and export in parts.',
    },
  },
  'nothing-to-publish': {
    status: 409,
    vi: {
      title: 'Không có gì để công bố',
      detail: 'Từ điển chưa có thuật ngữ đang dùng, hoặc không khác phiên bản {number} đã công bố.',
    },
    en: {
      title: 'Nothing to publish',
      detail: 'The dictionary has no term in use, or is the same as the published version {number}.',
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
  'check-recorded': {
    status: 409,
    vi: {
      title: 'Đã có kết quả kiểm tra',
      detail: 'Công cụ này đã gửi kết quả khác cho lần kiểm tra lúc {checkedAt} ({id}).',
    },
    en: {
      title: 'Check recorded',
      detail: 'This tool has sent other results for the check of {checkedAt} ({id}).',
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
  'dataset-of-service': {
    status: 409,
    vi: {
      title: 'Bộ dữ liệu do dịch vụ khai báo',
      detail: 'Bộ dữ liệu "{code}" do dịch vụ "{service}" tự khai báo; không sửa hoặc đóng tại đây.',
    },
    en: {
      title: 'Declared by a service',
      detail:
        'The dataset "{code}" is declared by the service "{service}"; it cannot be changed or closed here.',
    },
  },
  'dataset-closed': {
    status: 409,
    vi: { title: 'Bộ dữ liệu đã đóng', detail: 'Bộ dữ liệu "{code}" đã đóng.' },
    en: { title: 'Dataset closed', detail: 'The dataset "{code}" is closed.' },
  },
  'dataset-field-granted': {
    status: 409,
    vi: {
      title: 'Trường đã cam kết chia sẻ',
      detail:
        'Không bỏ hoặc đổi kiểu trường {fields}: thỏa thuận hoặc yêu cầu đang có trường này: {holders}. Hãy chấm dứt hoặc trả lời trước.',
    },
    en: {
      title: 'Field granted',
      detail:
        'The fields {fields} cannot be removed or get another type: these grants or open requests have them: {holders}. End or answer them first.',
    },
  },
  'dataset-granted-whole': {
    status: 409,
    vi: {
      title: 'Trường mới của dữ liệu dùng riêng',
      detail:
        'Trường mới {fields} sẽ tự đến các cơ quan được chia sẻ toàn bộ: {holders}. Nếu đồng ý, gửi addedFieldsToGrantsOfAll: true.',
    },
    en: {
      title: 'New field of restricted data',
      detail:
        'The new fields {fields} would go to those who have all fields: {holders}. If that is wanted, send addedFieldsToGrantsOfAll: true.',
    },
  },
  'own-dataset': {
    status: 409,
    vi: {
      title: 'Bộ dữ liệu của chính cơ quan',
      detail: 'Bộ dữ liệu "{code}" là của chính cơ quan yêu cầu.',
    },
    en: { title: 'Own dataset', detail: 'The dataset "{code}" is of the agency that asks.' },
  },
  'sharing-request-decided': {
    status: 409,
    vi: { title: 'Yêu cầu đã kết thúc', detail: 'Yêu cầu này đã ở trạng thái "{state}".' },
    en: { title: 'Request decided', detail: 'This request is "{state}" already.' },
  },
  'sharing-request-past': {
    status: 409,
    vi: {
      title: 'Thời hạn đề nghị đã hết',
      detail: 'Thời hạn khai thác đề nghị đã hết ngày {validUntil}; cơ quan yêu cầu cần gửi yêu cầu mới.',
    },
    en: {
      title: 'Past its end',
      detail: 'The period that was asked for ended on {validUntil}; a new request is needed.',
    },
  },
  'grant-step-not-allowed': {
    status: 409,
    vi: {
      title: 'Không thực hiện được với thỏa thuận này',
      detail: 'Thỏa thuận chia sẻ này đang ở trạng thái "{state}".',
    },
    en: { title: 'Not possible now', detail: 'This grant is "{state}".' },
  },
});
