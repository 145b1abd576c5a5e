import type { AgencyTaskCounts, TimelinessCounts } from '#libs/contracts';
import { shortAgencyName } from '../format/words.js';

/** What a column counts; completed on time and late are one column, since the scene asks what is still open. */
export type ColumnKey = 'overdue' | 'dueSoon' | 'onTrack' | 'done' | 'noDate';

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
  measure: (text: string) => number;
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
  { key: 'done', headings: ['Hoàn thành', 'Xong'], count: (by) => by.completedOnTime + by.completedLate },
  { key: 'noDate', headings: ['Không có hạn', 'Không hạn'], count: (by) => by.noDate },
];

/** Rows need air for Vietnamese marks above and below, but must still read as one picture. */
const LEAST_ROW_TO_TEXT = 1.4;
const LARGEST_ROW_TO_TEXT = 2;
const HEAD_TO_TEXT = 1.6;
/** A heading is its mark, a space, and its word. */
export const HEADING_MARK_TO_TEXT = 1;
/** A bar of one task must be seen as a bar. */
const LEAST_TASK_TO_TEXT = 0.2;
/** Space right of the names, and between columns. */
export const NAME_GAP_TO_TEXT = 0.55;
const LARGEST_NAME_SHARE = 0.34;

/**
 * Lays the picture out: agencies in rows, worst first as they come, timeliness in columns that name themselves, bars
 * all to one scale. Agencies beyond the room are summed in the last row; columns that are empty everywhere are left out,
 * except the red one.
 */
export function layOutMatrix(agencies: readonly AgencyTaskCounts[], room: MatrixRoom): Matrix {
  const headHeight = room.textPixels * HEAD_TO_TEXT;
  const rowsRoom = room.height - headHeight;
  const rows = rowsOf(agencies, Math.max(1, Math.floor(rowsRoom / (room.textPixels * LEAST_ROW_TO_TEXT))));
  const rowHeight = Math.min(rowsRoom / Math.max(1, rows.length), room.textPixels * LARGEST_ROW_TO_TEXT);
  const names = rows.map(({ name }) => name);
  const gap = room.textPixels * NAME_GAP_TO_TEXT;
  const longestName = Math.max(0, ...names.map((name) => room.measure(name)));
  const nameWidth = Math.min(longestName, room.width * LARGEST_NAME_SHARE) + gap;
  const kinds = KINDS.map((kind) => ({ kind, counts: rows.map(({ by }) => kind.count(by)) })).filter(
    ({ kind, counts }) => kind.key === 'overdue' || counts.some((count) => count > 0),
  );
  const measured = chooseColumns(kinds, { ...room, width: room.width - nameWidth }, gap);
  const taskLength = longestWithin(measured.spare, measured.widthsAt);
  const widths = measured.widthsAt(taskLength);
  let left = nameWidth;
  const columns = measured.columns.map(({ key, heading, counts }, index) => {
    const width = widths[index] ?? 0;
    const column: MatrixColumn = { key, heading, left, width, counts };
    left += width + gap;
    return column;
  });
  return { names, nameWidth, columns, taskLength, headHeight, rowHeight };
}

interface MeasuredColumns {
  columns: { key: ColumnKey; heading: string; counts: number[] }[];
  /** Room for the columns together, px. */
  spare: number;
  /** Widths when one task has a length of so many px. */
  widthsAt: (taskLength: number) => number[];
}

/** Long headings if they fit, else short ones, else fewer columns: from the right, where what matters least stands. */
function chooseColumns(
  kinds: readonly { kind: ColumnKind; counts: number[] }[],
  room: MatrixRoom,
  gap: number,
): MeasuredColumns {
  const measure = (count: number, form: 0 | 1): MeasuredColumns => {
    const columns = kinds.slice(0, count).map(({ kind, counts }) => ({
      key: kind.key,
      heading: kind.headings[form],
      counts,
    }));
    const widthsAt = (taskLength: number): number[] =>
      columns.map(({ heading, counts }) => {
        const largest = Math.max(0, ...counts);
        const headingWidth = room.measure(heading) + room.textPixels * HEADING_MARK_TO_TEXT;
        return Math.max(headingWidth, largest * taskLength + room.measure(String(largest)) + gap);
      });
    return { columns, spare: room.width - gap * (count - 1), widthsAt };
  };
  const choices = [measure(kinds.length, 0)];
  for (let count = kinds.length; count > 0; count -= 1) choices.push(measure(count, 1));
  const fits = ({ spare, widthsAt }: MeasuredColumns): boolean =>
    total(widthsAt(room.textPixels * LEAST_TASK_TO_TEXT)) <= spare;
  return choices.find(fits) ?? measure(1, 1);
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0);
}

/** The longest bar unit (px) at which all columns stay within the width. */
function longestWithin(width: number, widthsAt: (taskLength: number) => number[]): number {
  let low = 0;
  let high = width;
  for (let step = 0; step < 30; step += 1) {
    const middle = (low + high) / 2;
    if (total(widthsAt(middle)) <= width) low = middle;
    else high = middle;
  }
  return low;
}

function rowsOf(
  agencies: readonly AgencyTaskCounts[],
  most: number,
): { name: string; by: TimelinessCounts }[] {
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
