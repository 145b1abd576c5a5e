import { isSmall, type MappedText } from '../text/mapped-text.js';
import { addLine, type TableRow } from './table-row.js';

const HEADS: readonly RegExp[] = [
  /^(?:noi dung|nhiem vu|cong viec)(?: (?:cong viec|nhiem vu|cu the|thuc hien|trong tam))?$/,
  /^(?:(?:co quan|don vi) )?chu tri(?: thuc hien)?$|^(?:co quan|don vi) thuc hien$/,
  /^(?:(?:co quan|don vi) )?phoi hop(?: thuc hien)?$/,
  /^(?:thoi (?:gian|han)|tien do|han)(?: (?:hoan thanh|thuc hien))?$/,
];
const TASK = 0;
const FEWEST_ROWS = 2;
const MOST_ROWS = 200;

interface Column {
  kind: number;
  head: MappedText;
  cells: MappedText[];
}

/**
 * A table that was copied column by column: below the head of each column stand all its cells. Read only when every
 * column has as many.
 */
export function columnRowsAt(lines: readonly MappedText[], from: number): TableRow[] {
  const columns: Column[] = [];
  let to = from;
  for (; to < lines.length; to += 1) {
    const line = lines[to]!;
    const kind = kindOf(line);
    const open = columns.at(-1);
    if (kind >= 0) {
      if (columns.some((column) => column.kind === kind)) break;
      columns.push({ kind, head: line, cells: [] });
    } else if (!open || isFull(columns, line) || open.cells.length > MOST_ROWS) {
      break;
    } else addLine(open.cells, line);
  }
  const rows = columns[0]?.cells.length ?? 0;
  const even =
    columns.length > 1 && rows >= FEWEST_ROWS && columns.every(({ cells }) => cells.length === rows);
  if (!even || columns[0]?.kind !== TASK) return [];
  const heads: TableRow = { from, to, cells: columns.map(({ head }) => head) };
  const read = columns[0].cells.map((_, index) => ({
    from: to,
    to,
    cells: columns.map(({ cells }) => cells[index]!),
  }));
  return [heads, ...read];
}

export const beginsColumns = (line: MappedText): boolean => kindOf(line) === TASK;

const kindOf = ({ folded }: MappedText): number =>
  HEADS.findIndex((head) => head.test(folded.replace(/:$/, '')));

/** The last column is over when it has as many cells as the first and no cell goes on. */
function isFull(columns: readonly Column[], line: MappedText): boolean {
  const [first, last] = [columns[0], columns.at(-1)];
  return columns.length > 1 && last?.cells.length === first?.cells.length && !isSmall(line.text[0]);
}
