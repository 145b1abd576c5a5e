import { columnIndex, type Grid, type GridCell, type GridRow, PLAIN_CELL } from '../grid.js';
import { fileProblem, MAX_CELLS, MAX_ROWS } from './file-problems.js';
import { WorkbookArchive } from './workbook-archive.js';
import { commentsOf, relationsOf, sharedTexts, sheetNames } from './workbook-parts.js';
import { type Elements, readElements } from './xml.js';

/** Columns further to the right are not read. */
const MAX_COLUMNS = 200;

/**
 * The visible sheets of an .xlsx workbook. Values only: formulas are not calculated but marked, and nothing that a
 * workbook says about itself (merged ranges, names, validations) is taken at its word: a workbook library that lays out
 * `A1:XFD1048576` cell by cell is ended by a file of 6 kB.
 *
 * @throws problem `file-damaged`, `file-encrypted`, `file-active`, `file-too-big`
 */
export async function readWorkbook(file: Buffer): Promise<Grid[]> {
  const archive = WorkbookArchive.open(file);
  const elements = await readElements();
  const texts = sharedTexts(archive, elements);
  return sheetNames(archive, elements)
    .filter(({ visible }) => visible)
    .map(({ name, part }) => {
      const relations = relationsOf(archive, elements, part);
      const comments = commentsOf(archive, elements, relations);
      return {
        sheet: name,
        continues: false,
        rows: readSheet(archive.text(part), elements, texts, comments),
      };
    });
}

function readSheet(
  xml: string,
  elements: Elements,
  texts: readonly string[],
  comments: ReadonlyMap<string, string>,
): GridRow[] {
  const rows = new Map<number, (GridCell | null)[]>();
  const merges: string[] = [];
  let cell: OpenCell | null = null;
  let count = 0;
  let lastRow = 0;
  elements(xml, {
    open: (name, attributes) => {
      if (name === 'row') {
        lastRow = Number(attributes['r'] ?? lastRow + 1);
      } else if (name === 'c') {
        if (++count > MAX_CELLS) throw fileProblem('file-too-big', { limit: `${MAX_CELLS} cells` });
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
      if (cell.row > MAX_ROWS) throw fileProblem('file-too-big', { limit: `${MAX_ROWS} rows` });
      place(rows, cell.row, cell.column, toCell(cell, texts, comments));
      cell = null;
    },
  });
  for (const merge of merges) spread(rows, merge);
  return [...rows]
    .map(([row, cells]) => ({ row, cells: Array.from(cells, (one) => one ?? null) }))
    .filter(({ cells }) => cells.some((one) => one !== null && !(one.text === '' && one.comment === null)))
    .sort((one, other) => one.row - other.row);
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

function openCell(attributes: Readonly<Record<string, string>>, row: number, next: number): OpenCell {
  const reference = attributes['r'] ?? '';
  const address = /^([A-Z]{1,3})([1-9]\d{0,6})$/.exec(reference);
  return {
    reference,
    row: address ? Number(address[2]) : row,
    column: address ? columnIndex(address[1]!) : next,
    type: attributes['t'] ?? 'n',
    value: '',
    inline: '',
    formula: false,
  };
}

function place(
  rows: Map<number, (GridCell | null)[]>,
  row: number,
  column: number,
  cell: GridCell | null,
): void {
  if (column >= MAX_COLUMNS || cell === null) return;
  const cells = rows.get(row) ?? [];
  cells[column] = cell;
  rows.set(row, cells);
}

function toCell(
  { reference, type, value, inline, formula }: OpenCell,
  texts: readonly string[],
  comments: ReadonlyMap<string, string>,
): GridCell | null {
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

/** A cell that is merged with those below counts for each of their rows; those beside it stay blank. */
function spread(rows: Map<number, (GridCell | null)[]>, merge: string): void {
  const range = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(merge);
  if (!range) return;
  const column = columnIndex(range[1]!);
  const [from, to] = [Number(range[2]), Number(range[4])];
  const master = rows.get(from)?.[column];
  if (!master) return;
  for (const [row, cells] of rows) {
    if (row > from && row <= to) cells[column] = { ...master, covered: true, comment: null };
  }
}
