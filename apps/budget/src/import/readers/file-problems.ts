import { defineProblems } from '#libs/contracts';
import type { WorkbookLimits } from '#libs/workbooks';

/** Far beyond any table of a budget; a file with more is not read. Unpacked: about 40 times what a budget of a province takes. */
export const LIMITS: WorkbookLimits = { unpacked: 16 * 1_048_576, rows: 20_000, cells: 200_000 };

/** Files that are not read at all, beside the workbooks that are not. */
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
  'file-encoding': {
    status: 400,
    vi: {
      title: 'Sai bảng mã',
      detail: 'Tệp không theo UTF-8. Lưu lại theo "CSV UTF-8" hoặc văn bản Unicode.',
    },
    en: { title: 'Wrong encoding', detail: 'The file is not UTF-8. Save it as "CSV UTF-8" or Unicode text.' },
  },
});
