import { describe, expect, it } from '@jest/globals';
import type { AgencyTaskCounts, TimelinessCounts } from '#libs/contracts';
import { layOutMatrix, type MatrixRoom } from './agency-matrix.js';

const ROOM: MatrixRoom = { width: 1050, height: 340, textPixels: 26, measure: (text) => text.length * 14 };

function agency(name: string, counts: Partial<TimelinessCounts>): AgencyTaskCounts {
  const none = { onTrack: 0, dueSoon: 0, overdue: 0, completedOnTime: 0, completedLate: 0, noDate: 0 };
  return { agency: { code: null, name }, total: 0, byTimeliness: { ...none, ...counts } };
}

const SEEDS = [
  agency('Sở Khoa học và Công nghệ', {
    overdue: 15,
    onTrack: 2,
    completedOnTime: 1,
    completedLate: 1,
    noDate: 4,
  }),
  agency('Các sở, ban, ngành', { overdue: 3, dueSoon: 1, onTrack: 3, noDate: 4 }),
  agency('Sở Nội vụ', { overdue: 3 }),
];

function right(matrix: ReturnType<typeof layOutMatrix>): number {
  const last = matrix.columns.at(-1);
  return last === undefined ? 0 : last.left + last.width;
}

describe('the picture of tasks by lead agency', () => {
  it('keeps the order of the agencies and counts what is finished, on time or late, together', () => {
    const matrix = layOutMatrix(SEEDS, ROOM);
    expect(matrix.names).toEqual(['Sở KH&CN', 'Các sở, ban, ngành', 'Sở Nội vụ']);
    expect(matrix.columns.map(({ key, counts }) => [key, counts])).toEqual([
      ['overdue', [15, 3, 3]],
      ['dueSoon', [0, 1, 0]],
      ['onTrack', [2, 3, 0]],
      ['done', [2, 0, 0]],
      ['noDate', [4, 4, 0]],
    ]);
  });

  it('stays within its room and draws every bar, with its number, inside its column', () => {
    const matrix = layOutMatrix(SEEDS, ROOM);
    expect(right(matrix)).toBeLessThanOrEqual(ROOM.width);
    expect(matrix.headHeight + matrix.names.length * matrix.rowHeight).toBeLessThanOrEqual(ROOM.height);
    for (const { counts, width } of matrix.columns) {
      const largest = Math.max(...counts);
      expect(largest * matrix.taskLength + ROOM.measure(String(largest))).toBeLessThanOrEqual(width);
    }
  });

  it('leaves out what is empty everywhere, but never the red column', () => {
    const matrix = layOutMatrix([agency('Sở Y tế', { onTrack: 2 })], ROOM);
    expect(matrix.columns.map(({ key, heading }) => [key, heading])).toEqual([
      ['overdue', 'Quá hạn'],
      ['onTrack', 'Đúng tiến độ'],
    ]);
  });

  it('sums up the agencies that do not fit', () => {
    const many = Array.from({ length: 30 }, (_, index) => agency(`Sở ${index}`, { overdue: 30 - index }));
    const matrix = layOutMatrix(many, ROOM);
    const rows = matrix.names.length;
    expect(matrix.names.at(-1)).toBe(`${30 - rows + 1} cơ quan khác`);
    const shown = matrix.columns[0]?.counts ?? [];
    expect(shown.reduce((sum, count) => sum + count, 0)).toBe((30 * 31) / 2);
  });

  it('shortens its headings, then drops columns from the right, when the room is narrow', () => {
    const narrow = layOutMatrix(SEEDS, { ...ROOM, width: 930 });
    expect(narrow.columns.map(({ heading }) => heading)).toEqual([
      'Quá hạn',
      'Sắp hạn',
      'Còn hạn',
      'Xong',
      'Không hạn',
    ]);
    const narrower = layOutMatrix(SEEDS, { ...ROOM, width: 700 });
    expect(narrower.columns.map(({ key }) => key)).toEqual(['overdue', 'dueSoon', 'onTrack']);
    expect(right(narrower)).toBeLessThanOrEqual(700);
  });

  it('has a picture of nothing', () => {
    const matrix = layOutMatrix([], ROOM);
    expect(matrix.names).toEqual([]);
    expect(matrix.columns).toHaveLength(1);
  });
});
