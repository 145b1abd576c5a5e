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
  'not-a-threshold': {
    vi: '"{value}" không phải là số ngày làm việc từ 0 đến {max}.',
    en: '"{value}" is not a number of working days from 0 to {max}.',
  },
  'not-a-recurrence': {
    vi: '"{value}" không phải là định kỳ, ví dụ "2 tuần" hoặc "1 tháng, ngày 20, đúng hạn đến ngày 19".',
    en: '"{value}" is no recurrence such as "2 tuần" or "1 tháng, ngày 20, đúng hạn đến ngày 19".',
  },
  'not-date': {
    vi: 'Thời hạn "{value}" có ngày không có thật.',
    en: 'The due phrase "{value}" names a day that does not exist.',
  },
  'last-day-after-date': {
    vi: 'Cần có ngày ghi trong văn bản, không sớm hơn ngày cuối cùng đúng hạn.',
    en: 'Needs the date as written, not earlier than the last day in time.',
  },
  'contradicts-phrase': {
    vi: 'Khác với nguyên văn thời hạn, theo đó là {value}. Ghi cả hai cột ngày nếu đúng là như vậy.',
    en: 'Differs from the due phrase, which means {value}. State both days if it is so.',
  },
  'differs-from-phrase': {
    vi: 'Hai cột ngày khác với nguyên văn thời hạn (theo đó là {value}); nhập theo hai cột ngày.',
    en: 'The days differ from the due phrase (which means {value}); the days are taken.',
  },
  'unknown-agency': {
    vi: 'Danh mục dùng chung không có cơ quan đang hoạt động "{value}".',
    en: 'The reference list has no present agency "{value}".',
  },
  'agency-twice': { vi: 'Cơ quan "{value}" có hai lần.', en: 'The agency "{value}" is there twice.' },
  'too-many-agencies': { vi: 'Không được quá {max} cơ quan.', en: 'Must have at most {max} agencies.' },
  'one-agency': { vi: 'Chỉ ghi một cơ quan ban hành.', en: 'Name one issuer only.' },
  'unknown-directive': {
    vi: '"{value}" không có ở trang "Văn bản" và không phải là số, ký hiệu của văn bản đã có.',
    en: '"{value}" is neither on the sheet "Văn bản" nor the number of a registered directive.',
  },
  'directive-ambiguous': {
    vi: 'Có nhiều văn bản số "{value}". Ghi văn bản ở trang "Văn bản" rồi chọn tên ở đó.',
    en: 'Several directives have the number "{value}". Enter the one meant on the sheet "Văn bản" and choose it.',
  },
  'label-twice': {
    vi: 'Tên "{value}" đã có ở dòng {other}.',
    en: 'The name "{value}" is in row {other} already.',
  },
  'directive-differs': {
    vi: 'Văn bản này đã có nhưng khác ở cột "{header}". Chỉ nhập được khi giống hệt.',
    en: 'This directive is registered, but differs in the column "{header}". Only an identical row is accepted.',
  },
  'number-twice': {
    vi: 'Số thứ tự "{value}" đã có ở dòng {other}.',
    en: 'The number "{value}" is in row {other} already.',
  },
  'row-twice': {
    vi: 'Nhiệm vụ này (cùng văn bản, điểm khoản, tên) đã có ở dòng {other}.',
    en: 'This task (same directive, clause and title) is in row {other} already.',
  },
  'task-differs': {
    vi: 'Nhiệm vụ này đã có nhưng khác ở cột "{header}". Chỉ nhập được khi giống hệt.',
    en: 'This task exists, but differs in the column "{header}". Only an identical row is accepted.',
  },
  'unknown-parent': {
    vi: 'Không có nhiệm vụ "{value}" trong tệp hay trong hệ thống.',
    en: 'There is no task "{value}" in the file or in the system.',
  },
  'parent-circle': {
    vi: 'Nhiệm vụ thuộc chính nó qua các nhiệm vụ cấp trên.',
    en: 'The task belongs to itself by the tasks above it.',
  },
  'parent-of-other-directive': {
    vi: 'Nhiệm vụ cấp trên thuộc văn bản khác, hoặc điểm, khoản khác.',
    en: 'The task above belongs to another directive or clause.',
  },
  'beyond-parent': {
    vi: 'Không được muộn hơn thời hạn của nhiệm vụ cấp trên ({value}).',
    en: 'Must not be later than the last day of the task above ({value}).',
  },
} as const satisfies Record<string, Texts>;

export type RemarkCode = keyof typeof TEXTS;
export const REMARK_CODES = Object.keys(TEXTS) as RemarkCode[];

export type Remark = RemarkWith<RemarkCode>;
export const remark = remarksOf<RemarkCode>(TEXTS);

/** A row of a sheet of tasks or directives. */
export type Row<Key extends string> = TableRow<Key, RemarkCode>;

/** Notes about one file. */
export function beginNotes(): Notes<RemarkCode> {
  return { remark, faults: [], warnings: [] };
}
