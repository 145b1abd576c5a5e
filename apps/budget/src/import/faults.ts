import type { Texts } from '#libs/http';
import { type Remark as RemarkWith, remarksOf } from '#libs/workbooks';

/** What makes an import impossible. Codes are frozen once published; texts may improve. */
const FAULTS = {
  'no-table': {
    vi: 'Không tìm thấy bảng nào: cần dòng tiêu đề có cột tên dự án (hoặc tên nhiệm vụ) và chủ đầu tư (hoặc cơ quan chủ trì).',
    en: 'No table was found: a header row must name the project (or activity) and its investor (or lead agency).',
  },
  'quotes-open': {
    vi: 'Dấu ngoặc kép không được đóng.',
    en: 'A quotation mark is not closed.',
  },
  'column-twice': { vi: 'Cột "{header}" có hai lần.', en: 'The column "{header}" is there twice.' },
  'unit-missing': {
    vi: 'Không biết đơn vị tính. Ghi "ĐVT: đồng" hoặc "ĐVT: triệu đồng" phía trên bảng, hoặc gửi tham số "unit".',
    en: 'The unit of the amounts is not known. Write "ĐVT: đồng" or "ĐVT: triệu đồng" above the table, or send "unit".',
  },
  'unit-conflict': {
    vi: 'Bảng ghi đơn vị "{found}", tham số "unit" nói "{stated}".',
    en: 'The table says "{found}", the parameter "unit" says "{stated}".',
  },
  'year-missing': {
    vi: 'Không biết năm ngân sách. Gửi tham số "fiscalYear", ghi "Năm ngân sách: 2023" phía trên bảng hoặc thêm cột "Năm ngân sách".',
    en: 'The fiscal year is not known. Send "fiscalYear", write "Năm ngân sách: 2023" above the table, or add that column.',
  },
  'year-conflict': {
    vi: 'Tệp ghi năm ngân sách {found}, tham số "fiscalYear" nói {stated}.',
    en: 'The file says fiscal year {found}, the parameter "fiscalYear" says {stated}.',
  },
  'not-a-year': {
    vi: '"{value}" không phải là năm từ 2000 đến 2100.',
    en: '"{value}" is not a year from 2000 to 2100.',
  },
  'not-a-term': {
    vi: '"{value}" không phải là thời gian thực hiện, ví dụ "2022 - 2024".',
    en: '"{value}" is not a term of years such as "2022 - 2024".',
  },
  'term-backwards': {
    vi: 'Thời gian thực hiện kết thúc ({to}) trước khi bắt đầu ({from}).',
    en: 'The term ends ({to}) before it begins ({from}).',
  },
  'not-a-number': {
    vi: 'Số thứ tự "{value}" không phải là số nguyên từ 1 đến 9999.',
    en: 'The row number "{value}" is not a whole number from 1 to 9999.',
  },
  'number-twice': {
    vi: 'Số thứ tự {number} đã có ở dòng {other}.',
    en: 'The row number {number} is in row {other} already.',
  },
  'name-missing': { vi: 'Thiếu tên dự án, nhiệm vụ.', en: 'The name is missing.' },
  'name-twice': {
    vi: 'Tên này cùng cơ quan này đã có ở dòng {other}. Nếu là hai mục khác nhau, ghi mã hoặc số thứ tự riêng cho từng mục.',
    en: 'The same name of the same agency is in row {other} already. If these are two items, give each a code or number of its own.',
  },
  'owner-missing': {
    vi: 'Thiếu chủ đầu tư hoặc cơ quan chủ trì.',
    en: 'The investor or lead agency is missing.',
  },
  'owner-unknown': {
    vi: 'Danh mục dùng chung không có cơ quan "{value}".',
    en: 'The reference list has no agency "{value}".',
  },
  'text-too-long': {
    vi: 'Không được quá {max} ký tự.',
    en: 'Must have at most {max} characters.',
  },
  'control-character': {
    vi: 'Có ký tự điều khiển hoặc ký tự hỏng.',
    en: 'Has a control character or a broken character.',
  },
  'code-wrong': {
    vi: 'Mã "{value}" chỉ được gồm chữ in hoa, chữ số và các dấu . / _ -',
    en: 'The code "{value}" must consist of capital letters, digits and . / _ -',
  },
  'not-an-amount': {
    vi: '"{value}" không phải là số tiền viết theo lối Việt Nam, ví dụ 20.481,6. Để trống nếu chưa xác định, ghi 0 nếu không có.',
    en: '"{value}" is not an amount written the Vietnamese way, such as 20.481,6. Leave it blank if not determined, write 0 for none.',
  },
  'amount-ambiguous': {
    vi: '"{value}" có thể là phần nghìn hoặc phần thập phân. Ghi "{thousands}" hoặc "{decimals}".',
    en: '"{value}" may mean thousands or decimals. Write "{thousands}" or "{decimals}".',
  },
  'amount-negative': { vi: 'Số tiền không được âm: {value}.', en: 'The amount is below 0: {value}.' },
  'amount-not-whole': {
    vi: '{value} {unit} không phải là số đồng nguyên.',
    en: '{value} {unit} is not a whole number of đồng.',
  },
  'amount-too-large': {
    vi: '{value} {unit} vượt mức lớn nhất {max} đồng. Kiểm tra đơn vị tính.',
    en: '{value} {unit} is above the greatest amount of {max} đồng. Check the unit.',
  },
  'amount-merged': {
    vi: 'Ô này bị gộp với ô phía trên, nên không biết số tiền thuộc dòng nào. Tách ô rồi ghi từng dòng.',
    en: 'The cell is merged with the one above, so that nobody knows whose amount it is. Split it.',
  },
  'formula-in-cell': {
    vi: 'Ô có công thức. Dán giá trị thay cho công thức; chỉ dòng tổng cộng và cột cấp bổ sung được để công thức.',
    en: 'The cell holds a formula. Paste its value; only totals and the supplement may be formulas.',
  },
  'cell-error': {
    vi: 'Ô báo lỗi {value} của bảng tính.',
    en: 'The cell holds the spreadsheet error {value}.',
  },
  'plan-over-total': {
    vi: 'Các năm cộng lại {planned} đồng, nhiều hơn tổng kinh phí {total} đồng.',
    en: 'The years add up to {planned} đồng, more than the total cost of {total} đồng.',
  },
  'supplement-differs': {
    vi: 'Cấp bổ sung ghi {written}, tính được {computed} (nhu cầu trừ đã cấp, không dưới 0).',
    en: 'The supplement is written as {written}, computed as {computed} (requested − allocated, never below 0).',
  },
  'total-differs': {
    vi: 'Tổng "{header}" in {written}, các dòng cộng lại {computed}: lệch {difference}.',
    en: 'The total of "{header}" is printed as {written}, the rows add up to {computed}: a difference of {difference}.',
  },
  'row-after-total': {
    vi: 'Dòng này nằm sau dòng tổng cộng nên không được tính vào tổng. Đưa lên trên.',
    en: 'The row stands below the total, which does not count it. Move it up.',
  },
  'row-not-understood': {
    vi: 'Không hiểu dòng này: "{value}".',
    en: 'This row is not understood: "{value}".',
  },
  'too-many-rows': {
    vi: 'Có {count} dòng, mỗi lần nhập không quá {max}.',
    en: 'There are {count} rows; at most {max} at a time.',
  },
  'too-many-tables': {
    vi: 'Có {count} bảng, mỗi lần nhập không quá {max}.',
    en: 'There are {count} tables; at most {max} at a time.',
  },
  'other-agency': {
    vi: 'Cơ quan của bạn không được nhập dòng của "{owner}".',
    en: 'Your agency may not import a row of "{owner}".',
  },
  'number-taken': {
    vi: 'Số thứ tự {number} của năm {year} đã thuộc về "{name}" ({owner}).',
    en: 'The row number {number} of {year} belongs to "{name}" ({owner}).',
  },
  'item-unclear': {
    vi: 'Danh mục có {count} mục cùng tên, cùng cơ quan trong năm {year}; ghi số thứ tự để phân biệt.',
    en: 'The list has {count} items of this name and agency in {year}; state the row number.',
  },
  refused: { vi: '{vi}', en: '{en}' },
} as const satisfies Record<string, Texts>;

/** What does not stop an import. */
const WARNINGS = {
  'column-not-read': {
    vi: 'Cột "{header}" không được nhập.',
    en: 'The column "{header}" is not imported.',
  },
  'number-skipped': {
    vi: 'Số thứ tự nhảy từ {from} đến {to}.',
    en: 'The row numbers jump from {from} to {to}.',
  },
  'over-allocated': {
    vi: 'Đã cấp {allocated} đồng, nhiều hơn nhu cầu {requested} đồng; giữ nguyên như văn bản và đánh dấu.',
    en: 'Allocated {allocated} đồng, more than the {requested} đồng requested; kept as written, and flagged.',
  },
  'total-missing': {
    vi: 'Bảng không có dòng tổng cộng để đối chiếu.',
    en: 'There is no total to compare with.',
  },
} as const satisfies Record<string, Texts>;

export type FaultCode = keyof typeof FAULTS;
export type WarningCode = keyof typeof WARNINGS;
export type RemarkCode = FaultCode | WarningCode;

export const REMARK_CODES = [...Object.keys(FAULTS), ...Object.keys(WARNINGS)] as RemarkCode[];

export type Remark = RemarkWith<RemarkCode>;
export const remark = remarksOf<RemarkCode>({ ...FAULTS, ...WARNINGS });
