import { columnIndex, PLAIN_CELL, type SheetCell, type SheetRow, type WorkbookSheet } from './sheet.js';
import { WorkbookArchive } from './workbook-archive.js';
import { commentsOf, relationsOf, sharedTexts, workbookContents } from './workbook-parts.js';
import { type WorkbookLimits, workbookProblem } from './workbook-problems.js';
import { type Elements, readElements } from './xml.js';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Columns further to the right are not read. */
const MAX_COLUMNS = 200;

/** What else is read, beside the cells themselves. */
export interface Reading {
  /** The notes that somebody attached to cells, without the names of those who wrote them. */
  comments?: boolean;
  /** A cell that is merged with those below counts for each of their rows; those beside it stay blank. */
  merged?: boolean;
}

/**
 * The visible sheets of an .xlsx workbook. Values only: formulas are not calculated but marked, and nothing that a
 * workbook says about itself (merged ranges, dimensions, validations) is taken at its word: a workbook library that
 * lays out `A1:XFD1048576` cell by cell is ended by a file of 6 kB. Merged ranges reach no row that has no content.
 *
 * @throws problem `file-empty`, `file-type`, `file-damaged`, `file-encrypted`, `file-active`, `file-too-big`
 */
export async function parseWorkbook(
  file: Buffer,
  limits: WorkbookLimits,
  reading: Reading = {},
): Promise<WorkbookSheet[]> {
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
      const relations = relationsOf(archive, elements, part);
      const comments = reading.comments
        ? commentsOf(archive, elements, relations)
        : new Map<string, string>();
      const { rows, merges } = readSheet(archive.text(part), elements, { texts, comments }, limits);
      if (reading.merged) spread(rows, merges, limits);
      return { name, from1904, rows: inOrder(rows) };
    });
}

/** Columns by the number of their row. */
type Rows = Map<number, (SheetCell | null)[]>;

/** What cells refer to: texts by their place, comments by the cell's address. */
interface Referred {
  texts: readonly string[];
  comments: ReadonlyMap<string, string>;
}

interface OpenCell {
  reference: string;
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
  referred: Referred,
  limits: WorkbookLimits,
): { rows: Rows; merges: string[] } {
  const rows: Rows = new Map();
  const merges: string[] = [];
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
      } else if (name === 'mergeCell') {
        merges.push(attributes['ref'] ?? '');
      }
    },
    text: (text, within) => {
      if (!cell) return;
      if (within === 'v') cell.value += text;
      if (within === 't') cell.inline += text;
    },
    close: (name) => {
      if (name !== 'c' || !cell) return;
      const read = toCell(cell, referred);
      // Rows that are only formatted do not count.
      if (read && cell.row > limits.rows)
        throw workbookProblem('file-too-big', { limit: `${limits.rows} rows` });
      place(rows, cell.row, cell.column, read);
      cell = null;
    },
  });
  return { rows, merges };
}

function inOrder(rows: Rows): SheetRow[] {
  return [...rows]
    .map(([row, cells]) => ({ row, cells: Array.from(cells, (one) => one ?? null) }))
    .sort((one, other) => one.row - other.row);
}

function openCell(attributes: Readonly<Record<string, string>>, row: number, next: number): OpenCell {
  const reference = attributes['r'] ?? '';
  const [, letters, digits] = /^([A-Z]{1,3})([1-9]\d{0,6})$/.exec(reference) ?? [];
  return {
    reference,
    row: digits === undefined ? row : Number(digits),
    column: letters === undefined ? next : columnIndex(letters),
    type: attributes['t'] ?? 'n',
    value: '',
    inline: '',
    formula: false,
  };
}

function place(rows: Rows, row: number, column: number, cell: SheetCell | null): void {
  if (column >= MAX_COLUMNS || cell === null) return;
  const cells = rows.get(row) ?? [];
  cells[column] = cell;
  rows.set(row, cells);
}

function toCell(
  { reference, type, value, inline, formula }: OpenCell,
  { texts, comments }: Referred,
): SheetCell | null {
  const text = type === 's' ? (texts[Number(value)] ?? '') : type === 'inlineStr' ? inline : value;
  const comment = comments.get(reference) ?? null;
  if (text.trim() === '' && !formula && comment === null) return null;
  return {
    ...PLAIN_CELL,
    text: text.normalize('NFC'),
    numeric: type === 'n' && text !== '',
    error: type === 'e',
    formula,
    comment,
  };
}

/** Ranges that cover each other would be laid out again and again: what is covered is counted as cells are. */
function spread(rows: Rows, merges: readonly string[], limits: WorkbookLimits): void {
  const lastRow = Math.max(0, ...rows.keys());
  let covered = 0;
  for (const merge of merges) {
    const [, letters, first, last] = /^([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})$/.exec(merge) ?? [];
    if (letters === undefined) continue;
    const column = columnIndex(letters);
    const [from, to] = [Number(first), Math.min(Number(last), lastRow)];
    const master = rows.get(from)?.[column];
    if (!master) continue;
    covered += to - from;
    if (covered > limits.cells) throw workbookProblem('file-too-big', { limit: `${limits.cells} cells` });
    for (let row = from + 1; row <= to; row++) {
      const cells = rows.get(row);
      if (cells) cells[column] = { ...master, covered: true, comment: null };
    }
  }
}
