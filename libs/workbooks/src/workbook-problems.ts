import { defineProblems } from '#libs/contracts';

/** What of a workbook is read at most. */
export interface WorkbookLimits {
  /** Bytes of all parts that are read, once unpacked. */
  unpacked: number;
  /** Number of the last row of a sheet. */
  rows: number;
  /** Cells of one sheet. */
  cells: number;
}

/** Workbooks that are not read at all. */
export const workbookProblem = defineProblems({
  'file-type': {
    status: 415,
    vi: {
      title: 'Loại tệp không nhận',
      detail: 'Gửi tệp .xlsx với đúng Content-Type; tệp .xls cũ hãy lưu lại thành .xlsx.',
    },
    en: {
      title: 'File type not accepted',
      detail: 'Send an .xlsx file with its Content-Type; save an old .xls file as .xlsx first.',
    },
  },
  'file-empty': {
    status: 400,
    vi: { title: 'Tệp rỗng', detail: 'Tệp không có nội dung.' },
    en: { title: 'Empty file', detail: 'The file has no content.' },
  },
  'file-damaged': {
    status: 400,
    vi: { title: 'Tệp hỏng', detail: 'Tệp không mở được như một bảng tính .xlsx.' },
    en: { title: 'Damaged file', detail: 'The file cannot be opened as an .xlsx workbook.' },
  },
  'file-encrypted': {
    status: 400,
    vi: { title: 'Tệp có mật khẩu', detail: 'Bỏ mật khẩu của tệp rồi gửi lại.' },
    en: { title: 'Encrypted file', detail: 'Take the password off the file and send it again.' },
  },
  'file-active': {
    status: 400,
    vi: {
      title: 'Tệp có nội dung chạy được',
      detail:
        'Tệp có macro, đối tượng nhúng hoặc liên kết ra ngoài ({part}). Lưu lại thành .xlsx không có các phần đó.',
    },
    en: {
      title: 'Active content',
      detail: 'The file has macros, embedded objects or links to the outside ({part}). Save it without them.',
    },
  },
  'file-busy': {
    status: 503,
    vi: { title: 'Đang đọc nhiều tệp', detail: 'Hệ thống đang đọc các tệp khác. Gửi lại sau ít phút.' },
    en: {
      title: 'Reading other files',
      detail: 'Other files are being read. Send it again in a few minutes.',
    },
  },
  'file-too-slow': {
    status: 422,
    vi: {
      title: 'Đọc tệp quá lâu',
      detail: 'Chưa đọc xong tệp sau {seconds} giây. Chia tệp thành các phần nhỏ hơn rồi gửi lại.',
    },
    en: {
      title: 'Takes too long to read',
      detail: 'After {seconds} seconds the file was not read to its end. Split it and send the parts.',
    },
  },
  'file-too-big': {
    status: 413,
    vi: {
      title: 'Tệp quá lớn khi mở',
      detail: 'Tệp giải nén vượt {limit}. Chỉ giữ lại các bảng cần nhập.',
    },
    en: {
      title: 'Too big when opened',
      detail: 'Unpacked, the file is above {limit}. Keep only the tables to import.',
    },
  },
});

/** Imports of which nothing is taken. */
export const importProblem = defineProblems({
  'import-refused': {
    status: 422,
    vi: {
      title: 'Tệp có lỗi, chưa nhập gì',
      detail: 'Có {count} lỗi; xem danh sách "faults" theo trang, dòng và cột. Sửa rồi gửi lại cả tệp.',
    },
    en: {
      title: 'Nothing was imported',
      detail:
        '{count} fault(s); see "faults" by sheet, row and column. Correct them and send the whole file.',
    },
  },
});
