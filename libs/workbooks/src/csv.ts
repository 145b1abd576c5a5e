import { defineProblems } from '#libs/contracts';
import { PLAIN_CELL, type SheetCell, type WorkbookSheet } from './sheet.js';
import { type WorkbookLimits, workbookProblem } from './workbook-problems.js';

export const CSV = 'text/csv';

/** CSV files that are not read at all. */
export const csvProblem = defineProblems({
  'file-encoding': {
    status: 400,
    vi: { title: 'Sai bảng mã', detail: 'Tệp không theo UTF-8. Lưu lại theo "CSV UTF-8".' },
    en: { title: 'Wrong encoding', detail: 'The file is not UTF-8. Save it as "CSV UTF-8".' },
  },
  'file-quotes': {
    status: 400,
    vi: {
      title: 'Dấu ngoặc kép không khép',
      detail: 'Dòng {line} có dấu ngoặc kép đặt sai. Lưu lại tệp từ phần mềm bảng tính.',
    },
    en: {
      title: 'Quotation marks left open',
      detail: 'A quotation mark in line {line} is out of place. Save the file again from a spreadsheet.',
    },
  },
});

/**
 * A CSV file (RFC 4180, UTF-8, with commas, semicolons or tabs) as the one sheet of a workbook.
 *
 * @param name of the sheet, for what is said about it
 * @throws problem `file-empty`, `file-encoding`, `file-quotes`, `file-too-big`
 */
export async function readCsv(file: Buffer, name: string, limits: WorkbookLimits): Promise<WorkbookSheet> {
  const text = decode(file);
  // Counted before anything is made of it: empty lines and cells cost more as records than as bytes.
  assertCount(text, /[\n\r]/g, limits.rows, 'rows');
  assertCount(text, /[\t;,]/g, limits.cells, 'cells');
  const { parse, CsvError } = await import('csv-parse/sync');
  try {
    const records: string[][] = parse(text, { delimiter: delimiterOf(text), relax_column_count: true });
    const rows = records.map((record, index) => ({ row: index + 1, cells: record.map(toCell) }));
    return { name, from1904: false, rows: rows.filter(({ cells }) => cells.some((cell) => cell !== null)) };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw csvProblem('file-quotes', { line: typeof error['lines'] === 'number' ? error['lines'] : 1 });
  }
}

/** A table as CSV with commas, in UTF-8 with its mark, by which spreadsheets know it. */
export async function csvOf(rows: readonly (readonly (string | number | null)[])[]): Promise<Buffer> {
  const { stringify } = await import('csv-stringify/sync');
  const records = rows.map((row) => row.map(guarded));
  return Buffer.from(`\ufeff${stringify(records, { record_delimiter: '\r\n' })}`, 'utf8');
}

/** Spreadsheets take a text that begins with a sign for a formula; an apostrophe before it keeps it a text. */
export function guarded(value: string | number | null): string | number | null {
  return typeof value === 'string' && /^'*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}

/** A text as it was before it was guarded. */
export function unguarded(text: string): string {
  return /^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
}

function decode(file: Buffer): string {
  if (file.length === 0) throw workbookProblem('file-empty');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(file);
    if (text.includes('\u0000')) throw new TypeError('binary');
    return text.normalize('NFC');
  } catch {
    throw csvProblem('file-encoding');
  }
}

function assertCount(text: string, mark: RegExp, most: number, of: string): void {
  if ((text.match(mark)?.length ?? 0) > most)
    throw workbookProblem('file-too-big', { limit: `${most} ${of}` });
}

/** The one that comes most often in the first line. */
function delimiterOf(text: string): string {
  const [head = ''] = text.split(/\r?\n|\r/, 1);
  const counts = [',', ';', '\t'].map((mark) => ({ mark, count: head.split(mark).length }));
  return counts.reduce((most, one) => (one.count > most.count ? one : most)).mark;
}

function toCell(text: string): SheetCell | null {
  return text.trim() === '' ? null : { ...PLAIN_CELL, text: unguarded(text) };
}
