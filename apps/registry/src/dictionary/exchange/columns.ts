import type { DatasetClass, TermState, ValueType } from '#libs/contracts';
import type { Column } from '#libs/workbooks';

export const SHEETS = { terms: 'Thuật ngữ', fields: 'Trường dữ liệu' } as const;

export type TermKey =
  | 'code'
  | 'name'
  | 'englishName'
  | 'meaning'
  | 'type'
  | 'codes'
  | 'codeSource'
  | 'legalBasis'
  | 'sourceDatabase'
  | 'sourceAgency'
  | 'sharing'
  | 'state';

export const TERM_COLUMNS: readonly Column<TermKey>[] = [
  { key: 'code', header: 'Mã thuật ngữ', width: 22 },
  { key: 'name', header: 'Tên thuật ngữ', width: 34 },
  { key: 'englishName', header: 'Tên tiếng Anh', width: 28 },
  { key: 'meaning', header: 'Ý nghĩa', width: 50 },
  { key: 'type', header: 'Kiểu dữ liệu', width: 18 },
  { key: 'codes', header: 'Danh mục mã', width: 36 },
  { key: 'codeSource', header: 'Văn bản của danh mục mã', width: 30 },
  { key: 'legalBasis', header: 'Căn cứ pháp lý', width: 34 },
  { key: 'sourceDatabase', header: 'CSDL gốc', width: 34 },
  { key: 'sourceAgency', header: 'Cơ quan giữ dữ liệu gốc', width: 28 },
  { key: 'sharing', header: 'Mức chia sẻ', width: 14 },
  { key: 'state', header: 'Trạng thái', width: 14 },
];

export type FieldKey = 'database' | 'name' | 'description' | 'type' | 'term' | 'termVersion';

export const FIELD_COLUMNS: readonly Column<FieldKey>[] = [
  { key: 'database', header: 'Cơ sở dữ liệu', width: 40 },
  { key: 'name', header: 'Trường dữ liệu', width: 28 },
  { key: 'description', header: 'Mô tả', width: 44 },
  { key: 'type', header: 'Kiểu dữ liệu', width: 18 },
  { key: 'term', header: 'Mã thuật ngữ', width: 22 },
  { key: 'termVersion', header: 'Phiên bản thuật ngữ', width: 12, kind: 'number' },
];

export const TYPE_WORDS: Readonly<Record<ValueType, string>> = {
  text: 'Chuỗi ký tự',
  code: 'Mã theo danh mục',
  integer: 'Số nguyên',
  decimal: 'Số thập phân',
  boolean: 'Đúng/Sai',
  date: 'Ngày',
  'date-time': 'Ngày giờ',
  geometry: 'Hình học không gian',
  file: 'Tệp',
};

export const CLASS_WORDS: Readonly<Record<DatasetClass, string>> = {
  shared: 'Dùng chung',
  restricted: 'Dùng riêng',
  open: 'Mở',
};

export const STATE_WORDS: Readonly<Record<TermState, string>> = {
  'in-use': 'Đang dùng',
  withdrawn: 'Ngừng dùng',
};
