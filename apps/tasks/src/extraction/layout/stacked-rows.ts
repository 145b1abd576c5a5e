import { beginsColumns, columnRowsAt } from './column-rows.js';
import { addLine, type TableRow } from './table-row.js';
import { isSmall, type MappedText, mapText } from '../text/mapped-text.js';

/** A line of the source as far as tables look at it. */
interface Cell extends MappedText {
  blankBefore: boolean;
}

const COUNTER = /^(?:stt|tt|so tt|so thu tu)$/;
const TASK = /nhiem vu|noi dung|cong viec|hang muc|hoat dong|^ten (?!co quan|don vi)/;
const WHO_OR_WHEN = /chu tri|thuc hien|thoi (?:gian|han)|tien do/;
const ROW_NUMBER = /^\d{1,3}\.?$/;
const TIME = /(?:\d ?\/ ?\d|thang \d|quy [iv\d]|nam \d{4}|thuong xuyen|hang (?:thang|quy|nam|tuan)|^truoc )/;
const MOST_COLUMNS = 9;
const LONGEST_HEAD = 60;
const FEWEST_COLUMNS = 4;

/**
 * Tables that were copied cell by cell: a head from "TT" on, one column a line, then rows that begin with a line that is
 * only a number.
 */
export function stackedRows(lines: readonly Cell[]): TableRow[] {
  const rows: TableRow[] = [];
  for (let place = 0; place < lines.length; place += 1) {
    if (beginsColumns(lines[place]!)) {
      const columns = columnRowsAt(lines, place);
      rows.push(...columns);
      place = (columns.at(-1)?.to ?? place + 1) - 1;
      continue;
    }
    const head = COUNTER.test(lines[place]!.folded) ? headAt(lines, place) : null;
    if (!head) continue;
    rows.push(head);
    for (let row = rowAt(lines, head.to, head.cells); row; row = rowAt(lines, row.to, head.cells)) {
      rows.push(row);
      place = row.to - 1;
    }
  }
  return rows;
}

function headAt(lines: readonly Cell[], from: number): TableRow | null {
  const cells: MappedText[] = [];
  let to = from;
  while (to < lines.length && cells.length <= MOST_COLUMNS) {
    const line = lines[to]!;
    if (ROW_NUMBER.test(line.folded)) break;
    if (line.text.length > LONGEST_HEAD) return null;
    addLine(cells, line);
    to += 1;
  }
  const names = cells.map(({ folded }) => folded);
  const complete =
    names.length >= FEWEST_COLUMNS &&
    names.length <= MOST_COLUMNS &&
    names.some((name) => TASK.test(name)) &&
    names.some((name) => WHO_OR_WHEN.test(name));
  return complete && to < lines.length ? { from, to, cells } : null;
}

function rowAt(lines: readonly Cell[], from: number, head: readonly MappedText[]): TableRow | null {
  const first = lines[from];
  if (!first || !ROW_NUMBER.test(first.folded)) return null;
  const cells: MappedText[] = [];
  let to = from + 1;
  for (; to < lines.length && !ROW_NUMBER.test(lines[to]!.folded); to += 1) {
    const line = lines[to]!;
    const goesOn = isSmall(line.text[0]);
    if (!goesOn && (cells.length >= head.length - 1 || (line.blankBefore && cells.length > 1))) break;
    addLine(cells, line);
  }
  return cells.length === 0 ? null : { from, to, cells: [first, ...inColumns(cells, head.slice(1))] };
}

/** Cells under their heads: an empty one leaves no line, so that a time goes to the column of times. */
function inColumns(cells: readonly MappedText[], head: readonly MappedText[]): MappedText[] {
  if (cells.length >= head.length) return [...cells];
  const last = cells.at(-1)!;
  const times = head.findIndex(({ folded }) => /thoi (?:gian|han)|tien do/.test(folded));
  if (times < 0 || !TIME.test(last.folded) || cells.length < 2) return [...cells];
  const before = cells.slice(0, -1);
  const empty = Array.from({ length: Math.max(0, times - before.length) }, () => mapText('', []));
  return [...before, ...empty, last];
}
