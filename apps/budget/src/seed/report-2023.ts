import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ImportFile } from '../import/read-import.js';

/** Both tables of Phụ lục II of the province's report, in the form of the document. */
const FILE = ['apps', 'budget', 'data', 'report-2023.txt'];

/** The report of 2023 as somebody would import it. */
export function report2023(): ImportFile {
  return {
    content: readFileSync(join(packageRoot(), ...FILE)),
    contentType: 'text/plain',
    fiscalYear: 2023,
    source: {
      document:
        'Báo cáo kết quả hoạt động chuyển đổi số tỉnh Khánh Hòa 10 tháng năm 2023 của Ban Chỉ đạo chuyển đổi số tỉnh (số và ngày ban hành để trống; Phụ lục II ghi ngày 30/10/2023)',
      clause: 'Phụ lục II',
      asOf: '2023-10-30',
    },
  };
}

/** The folder that holds package.json, seen from the sources and from the compiled code alike. */
function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('package.json was not found above the budget service');
    folder = parent;
  }
  return folder;
}
