import type { Texts } from '#libs/http';
import {
  type Notes,
  type Remark as RemarkWith,
  remarksOf,
  TABLE_TEXTS,
  type TableRow,
} from '#libs/workbooks';

/** Codes are frozen once published; texts may improve. */
const TEXTS = {
  ...TABLE_TEXTS,
  'not-a-code': {
    vi: 'Mã "{value}" phải gồm chữ in hoa, chữ số và các dấu . _ -, tối đa 35 ký tự.',
    en: 'The code "{value}" must consist of capital letters, digits and . _ -, at most 35 characters.',
  },
  'not-a-quarter': {
    vi: '"{value}" không phải là quý, ví dụ "Quý II/2026".',
    en: '"{value}" is not a quarter such as "Quý II/2026".',
  },
  'unknown-agency': {
    vi: 'Danh mục dùng chung không có cơ quan "{value}".',
    en: 'The reference list has no agency "{value}".',
  },
  'open-reason': {
    vi: '"Không áp dụng" phải kèm lý do: "Không áp dụng: lý do".',
    en: '"Không áp dụng" (not applicable) needs its reason: "Không áp dụng: reason".',
  },
  'open-unit': {
    vi: 'Ghi "Chưa xác định: tên cơ quan đang hoạt động, hạn ngày/tháng/năm", hoặc chỉ "Chưa xác định".',
    en: 'Write "Chưa xác định: present agency, hạn day/month/year", or "Chưa xác định" alone.',
  },
  'row-twice': {
    vi: 'Mục này đã có ở dòng {other}.',
    en: 'This entry is in row {other} already.',
  },
  'other-owner': {
    vi: 'Danh mục đã có mục tên này, cơ quan chủ quản: {owner}. Ghi mã của mục để đổi cơ quan chủ quản.',
    en: 'The catalogue has an entry of this name, owned by {owner}. State its code to change the owner.',
  },
  'step-not-allowed': {
    vi: 'Không thể chuyển từ "{from}" sang "{to}". Có thể chuyển sang: {allowed}.',
    en: 'There is no step from "{from}" to "{to}". Possible: {allowed}.',
  },
  'same-state': {
    vi: 'Trạng thái không đổi nên ngày và văn bản của trạng thái không sửa được (đã ghi: {value}).',
    en: 'The state stays the same, so that its day and document cannot be changed (recorded: {value}).',
  },
  'not-removable': {
    vi: 'Không bỏ được cấp độ an toàn đã ghi.',
    en: 'A recorded security level cannot be taken off.',
  },
  'unknown-object': {
    vi: 'Không có "{value}" trong danh mục hay trong tệp.',
    en: 'There is no "{value}" in the catalogue or in the file.',
  },
  'object-ambiguous': {
    vi: '"{value}" là tên của cả cơ sở dữ liệu và hệ thống. Ghi cột "Đối tượng của tỉnh".',
    en: '"{value}" names both a database and a system. State the column "Đối tượng của tỉnh".',
  },
} as const satisfies Record<string, Texts>;

export type RemarkCode = keyof typeof TEXTS;
export const REMARK_CODES = Object.keys(TEXTS) as RemarkCode[];

export type Remark = RemarkWith<RemarkCode>;

/** A row of a sheet of the catalogue. */
export type Row<Key extends string> = TableRow<Key, RemarkCode>;

/** Notes about one file. */
export function beginNotes(): Notes<RemarkCode> {
  return { remark: remarksOf<RemarkCode>(TEXTS), faults: [], warnings: [] };
}
