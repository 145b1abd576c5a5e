import { readWorkbook, type SheetCell, workbookProblem, XLSX } from '#libs/workbooks';
import type { Remark } from '../faults.js';
import type { Grid } from '../grid.js';
import { readDelimited } from './delimited-reader.js';
import { fileProblem, LIMITS } from './file-problems.js';

export const CSV = 'text/csv';
export const TEXT_TYPES = ['text/plain', 'text/tab-separated-values'] as const;
/** What an import may be sent as. */
export const IMPORT_TYPES = [XLSX, CSV, ...TEXT_TYPES] as const;

export const FILE_FORMATS = ['xlsx', 'csv', 'text'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

/** @param contentType of a file that was read */
export function formatOf(contentType: string): FileFormat {
  const type = mediaTypeOf(contentType);
  return type === XLSX ? 'xlsx' : type === CSV ? 'csv' : 'text';
}

/** Greatest file, bytes. */
export const MAX_FILE = 5 * 1_048_576;

/**
 * What a file of a known type holds.
 *
 * @param contentType as the request states it; parameters such as `charset` make no difference
 * @throws problem `file-type`, `file-empty`, and those of the readers
 */
export async function readFile(
  file: Buffer,
  contentType: string,
): Promise<{ grids: Grid[]; remarks: Remark[] }> {
  const type = mediaTypeOf(contentType);
  if (!(IMPORT_TYPES as readonly string[]).includes(type)) throw fileProblem('file-type');
  if (file.length === 0) throw workbookProblem('file-empty');
  const packed = file.subarray(0, 4).toString('hex') === '504b0304';
  if (packed !== (type === XLSX)) throw fileProblem('file-type');
  if (packed) return { grids: await readSheets(file), remarks: [] };
  const { grid, remarks } = await readDelimited(file, type !== CSV);
  return { grids: [grid], remarks };
}

function mediaTypeOf(contentType: string): string {
  return contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

async function readSheets(file: Buffer): Promise<Grid[]> {
  const sheets = await readWorkbook(file, LIMITS, { comments: true, merged: true });
  return sheets.map(({ name, rows }) => ({
    sheet: name,
    continues: false,
    rows: rows.filter(({ cells }) => cells.some((cell) => cell !== null && !isBlank(cell))),
  }));
}

/** A formula that gives nothing. */
function isBlank({ text, comment }: SheetCell): boolean {
  return text === '' && comment === null;
}
