import { type MappedText, mapText } from '../text/mapped-text.js';
import { joinedCells, type TableRow } from './table-row.js';

/** A line as it was typed, with its place in the source. */
export interface TypedLine {
  typed: string;
  start: number;
}

interface Cell {
  text: string;
  /** Column at which it begins. */
  column: number;
}

const COUNTER = /^(?:stt|tt|số tt)$/i;
const TASK = /nhiệm vụ|nội dung|công việc|hạng mục|hoạt động|^tên (?!cơ quan|đơn vị)/i;
const WHO_OR_WHEN = /chủ trì|thực hiện|thời (?:gian|hạn)|tiến độ|hoàn thành/i;
const FEWEST_COLUMNS = 4;
/** Cells that begin this much left of their head still belong to it. */
const SLACK = 3;

/** Tables whose columns are set apart by two blanks or more, as text taken from a PDF has them. */
export function alignedRows(lines: readonly TypedLine[]): TableRow[] {
  const rows: TableRow[] = [];
  let head: Cell[] | null = null;
  for (const [index, line] of lines.entries()) {
    const cells = cellsOf(line.typed);
    // Tabs tell empty cells, too: such rows are read by them.
    if (!line.typed.includes('\t') && isHead(cells)) {
      head = cells;
      rows.push({ from: index, to: index + 1, cells: cells.map((cell) => mapped(line, cell)) });
    } else if (head && /^\d{1,3}\.?$/.test(cells[0]?.text ?? '') && cells.length >= FEWEST_COLUMNS - 1) {
      rows.push({ from: index, to: index + 1, cells: inColumns(line, cells, head) });
    } else if (head && cells.length > 0 && goesOn(line, cells, rows.at(-1), index)) {
      addTo(rows.at(-1)!, inColumns(line, cells, head), index + 1);
    } else if (cells.length > 0) head = null;
  }
  return rows;
}

function cellsOf(typed: string): Cell[] {
  return [...typed.matchAll(/\S+(?: \S+)*/g)].map(({ 0: text, index }) => ({ text, column: index }));
}

function isHead(cells: readonly Cell[]): boolean {
  return (
    cells.length >= FEWEST_COLUMNS &&
    COUNTER.test(cells[0]?.text ?? '') &&
    cells.some(({ text }) => TASK.test(text)) &&
    cells.some(({ text }) => WHO_OR_WHEN.test(text))
  );
}

/** As many cells as heads stand in their order; fewer go to the column above them. */
function inColumns(line: TypedLine, cells: readonly Cell[], head: readonly Cell[]): MappedText[] {
  if (cells.length === head.length) return cells.map((cell) => mapped(line, cell));
  return head.map(({ column }, index) => {
    const next = head[index + 1]?.column ?? Number.POSITIVE_INFINITY;
    const own = cells.find((cell) => cell.column >= column - SLACK && cell.column < next - SLACK);
    return own ? mapped(line, own) : mapText('', []);
  });
}

/** A line right below a row that begins to the right of its number goes on with its cells. */
function goesOn(
  { typed }: TypedLine,
  cells: readonly Cell[],
  row: TableRow | undefined,
  index: number,
): boolean {
  return row?.to === index && /^\s{4,}/.test(typed) && cells.length < FEWEST_COLUMNS;
}

function addTo(row: TableRow, more: readonly MappedText[], to: number): void {
  row.to = to;
  row.cells = row.cells.map((cell, index) => {
    const added = more[index];
    if (!added || added.text === '') return cell;
    if (cell.text === '') return added;
    return joinedCells(cell, added);
  });
}

function mapped({ start }: TypedLine, { text, column }: Cell): MappedText {
  return mapText(
    text,
    Array.from({ length: text.length }, (_, index) => start + column + index),
  );
}
