import type { Remark } from '../faults.js';
import type { Grid } from '../grid.js';
import { readDelimited } from './delimited-reader.js';
import { fileProblem } from './file-problems.js';
import { readWorkbook } from './workbook-reader.js';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const CSV = 'text/csv';
export const TEXT_TYPES = ['text/plain', 'text/tab-separated-values'] as const;
/** What an import may be sent as. */
export const IMPORT_TYPES = [XLSX, CSV, ...TEXT_TYPES] as const;

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
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (!(IMPORT_TYPES as readonly string[]).includes(type)) throw fileProblem('file-type');
  if (file.length === 0) throw fileProblem('file-empty');
  const packed = file.subarray(0, 4).toString('hex') === '504b0304';
  if (packed !== (type === XLSX)) throw fileProblem('file-type');
  if (packed) return { grids: await readWorkbook(file), remarks: [] };
  const { grid, remarks } = await readDelimited(file, type !== CSV);
  return { grids: [grid], remarks };
}
