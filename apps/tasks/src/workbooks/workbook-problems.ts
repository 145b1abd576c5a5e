import { defineProblems } from '#libs/contracts';

/** Exports that are refused as a whole. */
export const taskWorkbookProblem = defineProblems({
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
