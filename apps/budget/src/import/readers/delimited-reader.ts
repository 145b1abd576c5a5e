import { PLAIN_CELL, type SheetCell, type SheetRow, unguarded, workbookProblem } from '#libs/workbooks';
import { remark, type Remark } from '../faults.js';
import type { Grid } from '../grid.js';
import { meaningOf } from '../tables/columns.js';
import { fileProblem, LIMITS } from './file-problems.js';

export interface Delimited {
  grid: Grid;
  remarks: Remark[];
}

const DELIMITERS = ['\t', ';', ',', '|'] as const;
type Delimiter = (typeof DELIMITERS)[number];

/**
 * Tables in text: a CSV file, or what was copied out of a document or sheet. The delimiter is the one that takes the
 * header apart into the most columns that are known.
 *
 * @param continues a text of a document, where page breaks cut rows in two
 * @throws problem `file-encoding`, `file-too-big`
 */
export async function readDelimited(file: Buffer, continues: boolean): Promise<Delimited> {
  const { parse, CsvError } = await import('csv-parse/sync');
  const text = decode(file);
  assertSize(text);
  const delimiter = delimiterOf(text);
  try {
    const records = parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      // In a text of a document a quotation mark is a mark like any other, unless it begins a cell.
      quote: delimiter === '|' ? null : '"',
      bom: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return { grid: { sheet: null, continues, rows: toRows(records, delimiter) }, remarks: [] };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const row = typeof error['lines'] === 'number' ? error['lines'] : null;
    return {
      grid: { sheet: null, continues, rows: [] },
      remarks: [remark({ sheet: null, row, column: null }, 'quotes-open')],
    };
  }
}

/** UTF-8, or UTF-16 with its mark, as spreadsheets save "Unicode text". */
function decode(file: Buffer): string {
  const mark = file.subarray(0, 2).toString('hex');
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(file);
    if (text.includes('\u0000')) throw new TypeError('binary');
    return text.normalize('NFC');
  } catch {
    throw fileProblem('file-encoding');
  }
}

/** Counted before anything is made of it: five million empty lines would become as many records. */
function assertSize(text: string): void {
  const lines = text.match(/[\n\r]/g)?.length ?? 0;
  const cells = text.match(/[\t;,|]/g)?.length ?? 0;
  if (lines > LIMITS.rows) throw workbookProblem('file-too-big', { limit: `${LIMITS.rows} rows` });
  if (cells > LIMITS.cells) throw workbookProblem('file-too-big', { limit: `${LIMITS.cells} cells` });
}

function delimiterOf(text: string): Delimiter {
  let best: Delimiter = '\t';
  let most = 0;
  for (const line of text.split(/\r?\n|\r/)) {
    for (const delimiter of DELIMITERS) {
      const known = line.split(delimiter).filter((cell) => meaningOf(cell.replaceAll('"', '')) !== null);
      if (known.length > most) [best, most] = [delimiter, known.length];
    }
  }
  return best;
}

function toRows(
  records: readonly { record: string[]; info: { lines: number } }[],
  delimiter: Delimiter,
): SheetRow[] {
  const rows: SheetRow[] = [];
  let line = 0;
  for (const { record, info } of records) {
    // A record ends in the line that `info` names; it begins after the record before it.
    const row = Math.max(line + 1, info.lines - lineBreaks(record));
    line = info.lines;
    const cells = (delimiter === '|' ? withoutFrame(record) : record).map(toCell);
    if (cells.some(Boolean)) rows.push({ row, cells });
  }
  return rows;
}

function lineBreaks(record: readonly string[]): number {
  return record.reduce((count, cell) => count + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
}

/** "| a | b |" has a blank cell at either end, and below its header a row of dashes. */
function withoutFrame(record: readonly string[]): string[] {
  if (record.every((cell) => /^[\s:-]*$/.test(cell))) return [];
  const cells = record.length > 1 && record[0]?.trim() === '' ? record.slice(1) : [...record];
  return record.length > 1 && cells.at(-1)?.trim() === '' ? cells.slice(0, -1) : cells;
}

function toCell(text: string): SheetCell | null {
  return text.trim() === '' ? null : { ...PLAIN_CELL, text: unguarded(text.trim()) };
}
