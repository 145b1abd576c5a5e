import { foldVietnamese } from '#libs/http';
import type { ReferenceData } from '#libs/reference';
import { readTable, readWorkbook, type WorkbookLimits, type WorkbookSheet } from '#libs/workbooks';
import { DIRECTIVE_COLUMNS, INFORMATION_COLUMNS, SAMPLE, SHEETS, TASK_COLUMNS } from './columns.js';
import { beginNotes, type Remark } from './remarks.js';
import { readDirectiveRow, readTaskRow, type StatedDirective, type StatedTask } from './stated-rows.js';

/** Greatest file, bytes. */
export const MAX_FILE = 5 * 1_048_576;
/** Rows of tasks, and of directives, of one file. */
const MAX_TASKS = 5_000;
const MAX_DIRECTIVES = 1_000;
/** Ample for that many rows, and little enough to be read at once: 16 MiB take about a second. */
const LIMITS: WorkbookLimits = { unpacked: 16 * 1_048_576, rows: 20_000, cells: 200_000 };

/** What a file says, row by row. */
export interface StatedFile {
  directives: StatedDirective[];
  tasks: StatedTask[];
  faults: Remark[];
  warnings: Remark[];
}

/** @throws problem of a file that is no workbook, or does harm: those of `readWorkbook` */
export async function readFile(file: Buffer, reference: ReferenceData): Promise<StatedFile> {
  const sheets = await readWorkbook(file, LIMITS);
  const notes = beginNotes();
  const { remark, faults, warnings } = notes;
  const tasks = sheetOf(sheets, SHEETS.tasks);
  const directives = sheetOf(sheets, SHEETS.directives);
  if (!tasks) {
    faults.push(remark({ sheet: null, row: null, column: null }, 'no-sheet', { name: SHEETS.tasks }));
    return { directives: [], tasks: [], faults, warnings };
  }
  const taskRows = readTable(
    tasks,
    {
      columns: TASK_COLUMNS,
      needed: ['title', 'directive', 'leads'],
      ignored: INFORMATION_COLUMNS.map(({ header }) => header),
      maxRows: MAX_TASKS,
    },
    notes,
  ).filter((row) => !row.is('number', SAMPLE));
  const directiveRows = directives
    ? readTable(
        directives,
        {
          columns: DIRECTIVE_COLUMNS,
          needed: ['label', 'kind', 'issuer', 'subject'],
          ignored: [],
          maxRows: MAX_DIRECTIVES,
        },
        notes,
      )
    : [];
  if (taskRows.length === 0 && directiveRows.length === 0 && faults.length === 0)
    faults.push(remark({ sheet: tasks.name, row: null, column: null }, 'no-rows'));
  return {
    directives: directiveRows.map((row) => readDirectiveRow(row, reference)),
    tasks: taskRows.map((row) => readTaskRow(row, reference)),
    faults,
    warnings,
  };
}

function sheetOf(sheets: readonly WorkbookSheet[], name: string): WorkbookSheet | undefined {
  return sheets.find((sheet) => foldVietnamese(sheet.name.trim()) === foldVietnamese(name));
}
