import { defineProblems } from '#libs/contracts';

/** Far beyond any table of a budget; a file with more is not read. */
export const MAX_ROWS = 20_000;
export const MAX_CELLS = 200_000;

/** Files that are not read at all. */
export const fileProblem = defineProblems({
  'file-type': {
    status: 415,
    vi: {
      title: 'Loại tệp không nhận',
      detail: 'Gửi tệp .xlsx, .csv hoặc .txt với đúng Content-Type; tệp .xls cũ hãy lưu lại thành .xlsx.',
    },
    en: {
      title: 'File type not accepted',
      detail: 'Send .xlsx, .csv or .txt with its Content-Type; save an old .xls file as .xlsx first.',
    },
  },
  'file-empty': {
    status: 400,
    vi: { title: 'Tệp rỗng', detail: 'Tệp không có nội dung.' },
    en: { title: 'Empty file', detail: 'The file has no content.' },
  },
  'file-encoding': {
    status: 400,
    vi: {
      title: 'Sai bảng mã',
      detail: 'Tệp không theo UTF-8. Lưu lại theo "CSV UTF-8" hoặc văn bản Unicode.',
    },
    en: { title: 'Wrong encoding', detail: 'The file is not UTF-8. Save it as "CSV UTF-8" or Unicode text.' },
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
