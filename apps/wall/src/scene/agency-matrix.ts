import type { AgencyTaskCounts, TimelinessCounts } from '#libs/contracts';
import { shortAgencyName } from '../format/words.js';

/** What a column counts; completed on time and late are one column, since the scene asks what is still open. */
export type ColumnKey = 'overdue' | 'dueSoon' | 'onTrack' | 'noDate' | 'done';

export interface MatrixColumn {
  key: ColumnKey;
  heading: string;
  /** Left edge and width, px; bars start at the left edge. */
  left: number;
  width: number;
  /** One for each row, from the top. */
  counts: number[];
}

/** Where everything of the picture "tasks by lead agency" stands. */
export interface Matrix {
  /** Names of the rows, from the top. */
  names: string[];
  nameWidth: number;
  columns: MatrixColumn[];
  /** Length of one task in px, the same in all columns, so that bars compare across the whole picture. */
  taskLength: number;
  headHeight: number;
  rowHeight: number;
}

export interface MatrixRoom {
  width: number;
  height: number;
  /** Size of the smallest text of the wall, px: everything in the picture has it. */
  textPixels: number;
  /** Width of a text at that size, px. */
  measure(text: string): number;
}

interface ColumnKind {
  key: ColumnKey;
  /** Long and short heading. */
  headings: readonly [string, string];
  count(by: TimelinessCounts): number;
}

const KINDS: readonly ColumnKind[] = [
  { key: 'overdue', headings: ['Quá hạn', 'Quá hạn'], count: (by) => by.overdue },
  { key: 'dueSoon', headings: ['Sắp đến hạn', 'Sắp hạn'], count: (by) => by.dueSoon },
  { key: 'onTrack', headings: ['Đúng tiến độ', 'Còn hạn'], count: (by) => by.onTrack },
  { key: 'noDate', headings: ['Chưa có hạn', 'Chưa hạn'], count: (by) => by.noDate },
  { key: 'done', headings: ['Hoàn thành', 'Xong'], count: (by) => by.completedOnTime + by.completedLate },
];

/** Rows need air for Vietnamese marks above and below. */
const ROW_TO_TEXT = 1.42;
const HEAD_TO_TEXT = 1.6;
/** A heading is its mark, a space, and its word. */
export const HEADING_MARK_TO_TEXT = 1.1;
const LARGEST_NAME_SHARE = 0.34;

/**
 * Lays the picture out: agencies in rows, worst first as they come, timeliness in columns that name themselves, bars
 * all to one scale. Agencies beyond the room are summed in the last row; columns that are empty everywhere are left out,
 * except the red one.
 */
export function layOutMatrix(agencies: readonly AgencyTaskCounts[], room: MatrixRoom): Matrix {
  const rowHeight = room.textPixels * ROW_TO_TEXT;
  const headHeight = room.textPixels * HEAD_TO_TEXT;
  const rows = rowsOf(agencies, Math.max(1, Math.floor((room.height - headHeight) / rowHeight)));
  const names = rows.map(({ name }) => name);
  const gap = room.textPixels * 0.6;
  const longestName = Math.max(0, ...names.map((name) => room.measure(name)));
  const nameWidth = Math.min(longestName, room.width * LARGEST_NAME_SHARE) + gap;
  const kinds = KINDS.map((kind) => ({ kind, counts: rows.map(({ by }) => kind.count(by)) })).filter(
    ({ kind, counts }) => kind.key === 'overdue' || counts.some((count) => count > 0),
  );
  const fit = (form: 0 | 1) => {
    const columns = kinds.map(({ kind, counts }) => {
      const heading = kind.headings[form];
      const largest = Math.max(0, ...counts);
      const least = room.measure(heading) + room.textPixels * HEADING_MARK_TO_TEXT;
      return { key: kind.key, heading, counts, largest, least, number: room.measure(String(largest)) + gap };
    });
    const spare = room.width - nameWidth - gap * (columns.length - 1);
    return { columns, spare, tight: columns.reduce((sum, column) => sum + column.least, 0) > spare };
  };
  const long = fit(0);
  const { columns, spare } = long.tight ? fit(1) : long;
  const widthAt = (length: number) => columns.map((c) => Math.max(c.least, c.largest * length + c.number));
  const taskLength = longestWithin(spare, widthAt);
  const widths = widthAt(taskLength);
  let left = nameWidth;
  const placed = columns.map(({ key, heading, counts }, index) => {
    const width = widths[index] ?? 0;
    const column: MatrixColumn = { key, heading, left, width, counts };
    left += width + gap;
    return column;
  });
  return { names, nameWidth, columns: placed, taskLength, headHeight, rowHeight };
}

/** The longest bar unit (px) at which all columns stay within the width. */
function longestWithin(width: number, widthAt: (length: number) => number[]): number {
  let low = 0;
  let high = width;
  for (let step = 0; step < 30; step += 1) {
    const middle = (low + high) / 2;
    const used = widthAt(middle).reduce((sum, each) => sum + each, 0);
    if (used <= width) low = middle;
    else high = middle;
  }
  return low;
}

function rowsOf(agencies: readonly AgencyTaskCounts[], most: number): { name: string; by: TimelinessCounts }[] {
  const kept = agencies.length <= most ? agencies.length : most - 1;
  const rows = agencies
    .slice(0, kept)
    .map(({ agency, byTimeliness }) => ({ name: shortAgencyName(agency.name), by: byTimeliness }));
  const rest = agencies.slice(kept);
  if (rest.length > 0) rows.push({ name: `${rest.length} cơ quan khác`, by: sumOf(rest) });
  return rows;
}

function sumOf(agencies: readonly AgencyTaskCounts[]): TimelinessCounts {
  const sum: TimelinessCounts = {
    onTrack: 0,
    dueSoon: 0,
    overdue: 0,
    completedOnTime: 0,
    completedLate: 0,
    noDate: 0,
  };
  for (const { byTimeliness } of agencies) {
    for (const key of Object.keys(sum) as (keyof TimelinessCounts)[]) sum[key] += byTimeliness[key];
  }
  return sum;
}
