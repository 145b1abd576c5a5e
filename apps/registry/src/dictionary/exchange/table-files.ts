import {
  beginWorkbook,
  type CellValue,
  type Column,
  CSV,
  csvOf,
  readCsv,
  type RowValues,
  readWorkbook,
  SheetTable,
  workbookProblem,
  type WorkbookLimits,
  type WorkbookSheet,
  XLSX,
} from '#libs/workbooks';

/** Greatest file, bytes. */
export const MAX_FILE = 5 * 1_048_576;
/** Of one file, read or written: what was exported can be imported. */
export const MAX_ROWS = 5_000;
const LIMITS: WorkbookLimits = { unpacked: 32 * 1_048_576, rows: 100_000, cells: 500_000 };

export const TABLE_TYPES = [XLSX, CSV];

/** A table as a file has it. */
export interface TableFile<Key extends string> {
  name: string;
  title: string;
  columns: readonly Column<Key>[];
  rows: readonly RowValues<Key>[];
}

/**
 * The sheet of a file that is CSV or a workbook, by its media type; null where a workbook has no sheet of that name.
 *
 * @throws problem `file-type`, and those of `readCsv` and `readWorkbook`
 */
export async function readTableFile(
  file: Buffer,
  contentType: string,
  name: string,
): Promise<WorkbookSheet | null> {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase();
  if (type === CSV) return readCsv(file, name, LIMITS);
  if (type !== XLSX) throw workbookProblem('file-type');
  const sheets = await readWorkbook(file, LIMITS);
  return sheets.find((sheet) => sheet.name === name) ?? null;
}

export function csvTable<Key extends string>({ columns, rows }: TableFile<Key>): Promise<Buffer> {
  const cells = rows.map((row) => columns.map(({ key }): CellValue => row[key] ?? null));
  return csvOf([columns.map(({ header }) => header), ...cells]);
}

export async function xlsxTable<Key extends string>(
  { name, title, columns, rows }: TableFile<Key>,
  now: Date,
): Promise<Buffer> {
  const book = await beginWorkbook(now);
  const remark = 'Có thể nhập lại; giữ nguyên dòng tiêu đề.';
  const sheet = new SheetTable<Key>(book, name, columns, { title, remark });
  for (const row of rows) sheet.add(row);
  sheet.end();
  return book.finish();
}
