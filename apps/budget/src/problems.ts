import { defineProblems } from '#libs/contracts';

/** Refusals of the budget service. Amounts are whole đồng. */
export const budgetProblem = defineProblems({
  'code-taken': {
    status: 409,
    vi: { title: 'Mã đã dùng', detail: 'Mã {code} đã thuộc về một dự án, nhiệm vụ khác.' },
    en: { title: 'Code taken', detail: 'The code {code} belongs to another item.' },
  },
  'money-has-lines': {
    status: 409,
    vi: {
      title: 'Kinh phí đã theo nguồn',
      detail:
        'Trường {field} được tính từ các dòng nguồn vốn của mục này. Sửa kế hoạch nguồn vốn hoặc ghi bút toán.',
    },
    en: {
      title: 'Money is kept in lines',
      detail: 'The field {field} follows from the lines of this item. Change its funding or enter money.',
    },
  },
  'stated-money': {
    status: 409,
    vi: {
      title: 'Có số liệu đã báo cáo',
      detail:
        'Mục này có số liệu đã báo cáo (nhu cầu {requested}, đã cấp {allocated} đồng). Gửi "statedSource" để đưa số liệu đó vào sổ.',
    },
    en: {
      title: 'There are stated figures',
      detail:
        'The item has figures as reported (requested {requested}, allocated {allocated} đồng). Send "statedSource" to take them into the ledger.',
    },
  },
  'line-has-entries': {
    status: 409,
    vi: {
      title: 'Dòng kinh phí đã có bút toán',
      detail: 'Dòng {source} năm {year} đã có bút toán nên không bỏ được. Ghi số 0 nếu không còn kế hoạch.',
    },
    en: {
      title: 'The line has entries',
      detail: 'The line {source} of {year} has entries and cannot be left out. Plan 0 for it instead.',
    },
  },
  'no-such-line': {
    status: 404,
    vi: { title: 'Không có dòng kinh phí', detail: 'Mục này không có dòng kinh phí đã nêu.' },
    en: { title: 'No such line', detail: 'The item has no such line of money.' },
  },
  'line-without-year': {
    status: 409,
    vi: {
      title: 'Dòng chưa phân năm',
      detail: 'Dòng kinh phí chưa phân năm nên chưa ghi được bút toán. Phân năm trong kế hoạch nguồn vốn.',
    },
    en: {
      title: 'Line without a year',
      detail: 'The line is not assigned to a year yet; assign it in the funding plan before entering money.',
    },
  },
  'year-closed': {
    status: 409,
    vi: { title: 'Năm đã khóa sổ', detail: 'Năm ngân sách {year} đã khóa sổ nên không ghi thêm được.' },
    en: { title: 'Year closed', detail: 'The fiscal year {year} is closed; nothing can be entered into it.' },
  },
  'over-approved': {
    status: 409,
    vi: {
      title: 'Vượt mức phê duyệt',
      detail:
        'Đã phê duyệt {approved}, đã phân bổ {allocated}, còn được phân bổ {remaining} đồng; đề nghị {amount} đồng. Nếu có văn bản cho phép cấp vượt, gửi "overGrant": true cùng văn bản đó.',
    },
    en: {
      title: 'More than approved',
      detail:
        'Approved {approved}, allocated {allocated}, {remaining} đồng left; asked for {amount}. If a document allows more, send "overGrant": true with that document.',
    },
  },
  'beyond-step-before': {
    status: 409,
    vi: {
      title: 'Vượt bước trước',
      detail: 'Bước "{step}" sẽ là {after} đồng, nhiều hơn bước "{limitedBy}" là {limit} đồng.',
    },
    en: {
      title: 'More than the step before',
      detail: 'The step "{step}" would be {after} đồng, more than the {limit} đồng of "{limitedBy}".',
    },
  },
  'later-step-needs-it': {
    status: 409,
    vi: {
      title: 'Bước sau đang dùng',
      detail: 'Không hủy được: bước "{step}" đang là {amount} đồng. Hủy bút toán của bước đó trước.',
    },
    en: {
      title: 'A later step needs it',
      detail: 'It cannot be reversed: the step "{step}" stands at {amount} đồng. Reverse that one first.',
    },
  },
  'amount-too-large': {
    status: 409,
    vi: { title: 'Số tiền quá lớn', detail: 'Số dư của dòng sẽ vượt mức lớn nhất mà sổ ghi được.' },
    en: { title: 'Amount too large', detail: 'The balance of the line would be above what the books hold.' },
  },
  'already-reversed': {
    status: 409,
    vi: {
      title: 'Bút toán đã hủy',
      detail: 'Bút toán này đã được hủy, hoặc chính là bút toán hủy. Ghi bút toán mới nếu cần.',
    },
    en: {
      title: 'Already reversed',
      detail: 'The entry has been reversed, or is a reversal itself. Enter a new one if needed.',
    },
  },
  'year-state': {
    status: 409,
    vi: { title: 'Năm đã ở trạng thái này', detail: 'Năm ngân sách {year} đang ở trạng thái "{state}".' },
    en: { title: 'Year is so already', detail: 'The fiscal year {year} is "{state}" already.' },
  },
  'stage-not-allowed': {
    status: 409,
    vi: {
      title: 'Không chuyển được giai đoạn',
      detail: 'Không chuyển được từ "{from}" sang "{to}". Có thể chuyển tới: {allowed}.',
    },
    en: {
      title: 'Stage not allowed',
      detail: 'There is no way from "{from}" to "{to}". Possible: {allowed}.',
    },
  },
  'stages-passed-over': {
    status: 409,
    vi: {
      title: 'Thiếu lý do bỏ qua giai đoạn',
      detail: 'Nêu lý do trong "passedOver" cho đúng các giai đoạn bị bỏ qua: {stages}.',
    },
    en: {
      title: 'Stages passed over without a reason',
      detail: 'Give a reason in "passedOver" for exactly the stages passed over: {stages}.',
    },
  },
  'status-not-allowed': {
    status: 409,
    vi: { title: 'Trạng thái không cho phép', detail: 'Mục đang ở trạng thái "{status}".' },
    en: { title: 'Not in this status', detail: 'The item is "{status}".' },
  },
  'round-state': {
    status: 409,
    vi: {
      title: 'Đợt dự toán không ở bước này',
      detail: 'Đợt dự toán đang ở trạng thái "{state}" nên không thực hiện được "{action}".',
    },
    en: { title: 'Not at this step', detail: 'The round is "{state}", which does not allow "{action}".' },
  },
  'estimate-state': {
    status: 409,
    vi: {
      title: 'Dự toán không ở trạng thái này',
      detail: 'Dự toán đang ở trạng thái "{state}" nên không thực hiện được "{action}".',
    },
    en: { title: 'Not in this state', detail: 'The estimate is "{state}", which does not allow "{action}".' },
  },
  'estimate-exists': {
    status: 409,
    vi: { title: 'Đã có dự toán', detail: 'Cơ quan {agency} đã có dự toán trong đợt này: {id}.' },
    en: { title: 'Estimate exists', detail: '{agency} already has an estimate in this round: {id}.' },
  },
  'estimate-empty': {
    status: 409,
    vi: { title: 'Dự toán chưa có dòng', detail: 'Thêm ít nhất một dòng trước khi gửi.' },
    en: { title: 'Estimate without lines', detail: 'Add at least one line before submitting.' },
  },
  'nothing-submitted': {
    status: 409,
    vi: { title: 'Chưa có dự toán nào được gửi', detail: 'Đợt này chưa có dự toán đã gửi để tổng hợp.' },
    en: { title: 'Nothing submitted', detail: 'No estimate of this round has been submitted.' },
  },
  'lines-not-appraised': {
    status: 409,
    vi: { title: 'Còn dòng chưa thẩm định', detail: 'Còn {count} dòng chưa thẩm định.' },
    en: { title: 'Lines not appraised', detail: '{count} line(s) are not appraised yet.' },
  },
  'nothing-to-allocate': {
    status: 409,
    vi: { title: 'Không còn để phân bổ', detail: 'Toàn bộ kinh phí được phê duyệt của đợt đã phân bổ.' },
    en: { title: 'Nothing to allocate', detail: 'Everything approved in this round is allocated.' },
  },
  'no-partnership': {
    status: 404,
    vi: { title: 'Không theo hợp tác công tư', detail: 'Mục này không thực hiện theo hợp tác công tư.' },
    en: { title: 'No partnership', detail: 'The item is not carried out in a partnership.' },
  },
});
