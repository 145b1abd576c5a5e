import { defineProblems } from '#libs/contracts';

/** Imports and exports that are refused as a whole. */
export const taskWorkbookProblem = defineProblems({
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
  'export-too-large': {
    status: 422,
    vi: {
      title: 'Quá nhiều nhiệm vụ',
      detail: 'Danh sách có hơn {limit} nhiệm vụ. Lọc bớt rồi kết xuất từng phần.',
    },
    en: {
      title: 'Too many tasks',
      detail: 'The list has more than {limit} tasks. Filter it and export it in parts.',
    },
  },
});
