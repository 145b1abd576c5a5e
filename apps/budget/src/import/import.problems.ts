import { defineProblems } from '#libs/contracts';

export const importProblem = defineProblems({
  'import-refused': {
    status: 422,
    vi: {
      title: 'Tệp có lỗi',
      detail: 'Tệp có {count} lỗi nên không dòng nào được nhập; xem danh sách "faults" theo dòng và cột.',
    },
    en: {
      title: 'Faults in the file',
      detail: 'The file has {count} fault(s), so that nothing was imported; see "faults" by row and column.',
    },
  },
});
