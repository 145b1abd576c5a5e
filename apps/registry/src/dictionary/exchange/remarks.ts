import {
  remarksOf,
  TABLE_TEXTS,
  type Notes as TableNotes,
  type Remark as TableRemark,
} from '#libs/workbooks';

/** Codes are frozen once published; texts may improve. */
const TEXTS = {
  ...TABLE_TEXTS,
  'not-a-code': {
    vi: '"{value}" không phải là mã: chữ, số, dấu chấm, gạch nối, gạch dưới, tối đa {max} ký tự.',
    en: '"{value}" is no code: letters, digits, full stop, hyphen, underscore, at most {max} characters.',
  },
  'not-a-code-line': {
    vi: 'Mỗi dòng của danh mục mã có dạng "mã = tên", tối đa {max} dòng: "{value}".',
    en: 'Each line of a code list is written "code = name", at most {max} lines: "{value}".',
  },
  'code-twice': { vi: 'Đã có ở dòng {other}.', en: 'Is in row {other} already.' },
  'unknown-database': {
    vi: 'Danh mục không có cơ sở dữ liệu tên "{value}".',
    en: 'The catalogue has no database named "{value}".',
  },
  'unknown-agency': {
    vi: 'Danh mục dùng chung không có cơ quan đang hoạt động "{value}".',
    en: 'The reference list has no present agency "{value}".',
  },
  'one-source': {
    vi: 'Chỉ ghi một nguồn gốc: CSDL hoặc cơ quan.',
    en: 'Name one source of truth only: a database or an agency.',
  },
  'unknown-term': {
    vi: 'Từ điển không có thuật ngữ "{value}" ở phiên bản này.',
    en: 'The dictionary has no term "{value}" in this version.',
  },
  'version-without-term': {
    vi: 'Có phiên bản nhưng không có mã thuật ngữ.',
    en: 'There is a version without the code of a term.',
  },
  'not-a-version': { vi: '"{value}" không phải là số phiên bản.', en: '"{value}" is no version number.' },
} as const;

export type RemarkCode = keyof typeof TEXTS;
export type Remark = TableRemark<RemarkCode>;
export type Notes = TableNotes<RemarkCode>;
export const REMARK_CODES = Object.keys(TEXTS) as RemarkCode[];

export function beginNotes(): Notes {
  return { remark: remarksOf(TEXTS), faults: [], warnings: [] };
}
