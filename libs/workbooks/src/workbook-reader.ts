import { columnIndex, type SheetCell, type SheetRow, type WorkbookSheet } from './sheet.js';
import { WorkbookArchive } from './workbook-archive.js';
import { relationsOf, sharedTexts, workbookContents } from './workbook-parts.js';
import { type WorkbookLimits, workbookProblem } from './workbook-problems.js';
import { type Elements, readElements } from './xml.js';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Columns further to the right are not read. */
const MAX_COLUMNS = 200;

/**
 * The visible sheets of an .xlsx workbook. Values only: formulas are not calculated but marked, and nothing that a
 * workbook says about itself (merged ranges, dimensions, validations) is taken at its word: a workbook library that
 * lays out `A1:XFD1048576` cell by cell is ended by a file of 6 kB.
 *
 * @throws problem `file-empty`, `file-type`, `file-damaged`, `file-encrypted`, `file-active`, `file-too-big`
 */
export async function readWorkbook(file: Buffer, limits: WorkbookLimits): Promise<WorkbookSheet[]> {
  if (file.length === 0) throw workbookProblem('file-empty');
  const start = file.subarray(0, 4).toString('hex');
  // A workbook with a password is a compound document, as an old .xls is.
  if (start !== '504b0304') throw workbookProblem('file-type');
  const archive = WorkbookArchive.open(file, limits.unpacked);
  const elements = await readElements();
  const texts = sharedTexts(archive, elements);
  const { sheets, from1904 } = workbookContents(archive, elements);
  return sheets
    .filter(({ visible }) => visible)
    .map(({ name, part }) => {
      // Refuses what leads out of the file.
      relationsOf(archive, elements, part);
      return { name, from1904, rows: readSheet(archive.text(part), elements, texts, limits) };
    });
}

interface OpenCell {
  row: number;
  column: number;
  type: string;
  value: string;
  inline: string;
  formula: boolean;
}

function readSheet(
  xml: string,
  elements: Elements,
  texts: readonly string[],
  limits: WorkbookLimits,
): SheetRow[] {
  const rows = new Map<number, (SheetCell | null)[]>();
  let cell: OpenCell | null = null;
  let count = 0;
  let lastRow = 0;
  elements(xml, {
    open: (name, attributes) => {
      if (name === 'row') {
        lastRow = Number(attributes['r'] ?? lastRow + 1);
      } else if (name === 'c') {
        if (++count > limits.cells) throw workbookProblem('file-too-big', { limit: `${limits.cells} cells` });
        cell = openCell(attributes, lastRow, rows.get(lastRow)?.length ?? 0);
      } else if (name === 'f' && cell) {
        cell.formula = true;
      }
    },
    text: (text, within) => {
      if (!cell) return;
      if (within === 'v') cell.value += text;
      if (within === 't') cell.inline += text;
    },
    close: (name) => {
      if (name !== 'c' || !cell) return;
      const read = toCell(cell, texts);
      // Rows that are only formatted do not count.
      if (read && cell.row > limits.rows)
        throw workbookProblem('file-too-big', { limit: `${limits.rows} rows` });
      place(rows, cell.row, cell.column, read);
      cell = null;
    },
  });
  return [...rows]
    .map(([row, cells]) => ({ row, cells: Array.from(cells, (one) => one ?? null) }))
    .sort((one, other) => one.row - other.row);
}

function openCell(attributes: Readonly<Record<string, string>>, row: number, next: number): OpenCell {
  const [, letters, digits] = /^([A-Z]{1,3})([1-9]\d{0,6})$/.exec(attributes['r'] ?? '') ?? [];
  return {
    row: digits === undefined ? row : Number(digits),
    column: letters === undefined ? next : columnIndex(letters),
    type: attributes['t'] ?? 'n',
    value: '',
    inline: '',
    formula: false,
  };
}

function place(
  rows: Map<number, (SheetCell | null)[]>,
  row: number,
  column: number,
  cell: SheetCell | null,
): void {
  if (column >= MAX_COLUMNS || cell === null) return;
  const cells = rows.get(row) ?? [];
  cells[column] = cell;
  rows.set(row, cells);
}

function toCell({ type, value, inline, formula }: OpenCell, texts: readonly string[]): SheetCell | null {
  const text = type === 's' ? (texts[Number(value)] ?? '') : type === 'inlineStr' ? inline : value;
  if (text.trim() === '' && !formula) return null;
  return {
    text: text.normalize('NFC'),
    numeric: type === 'n' && text !== '',
    error: type === 'e',
    formula,
  };
}
