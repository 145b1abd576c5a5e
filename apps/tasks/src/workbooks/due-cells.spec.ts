import { describe, expect, it } from '@jest/globals';
import type { Recurrence, TaskDue } from '#libs/contracts';
import { dueCells, readRecurrence, recurrenceWords } from './due-cells.js';

const due = (changes: Partial<TaskDue>): TaskDue => ({
  date: null,
  lastDay: null,
  phrase: null,
  extendable: true,
  recurrence: null,
  ...changes,
});

describe('the cells of a due date', () => {
  it('say that there is no day or recurrence where the phrase would be read as one', () => {
    const phrase = 'trước ngày 15/5/2026';
    expect(dueCells(due({ phrase }), '2026-04-20')).toMatchObject({ date: 'Không', recurrence: null });
    expect(dueCells(due({ phrase: '02 tuần/lần' }), '2026-04-20')).toMatchObject({ recurrence: 'Không' });
    const dated = due({ phrase, date: '2026-05-15', lastDay: '2026-05-14', extendable: false });
    expect(dueCells(dated, '2026-04-20')).toEqual({
      phrase,
      date: '2026-05-15',
      lastDay: '2026-05-14',
      recurrence: null,
      extendable: 'Không',
    });
  });

  it.each<Recurrence>([
    { unit: 'week', interval: 2, day: null, lastDay: null },
    { unit: 'month', interval: 1, day: 20, lastDay: 19 },
    { unit: 'month', interval: 3, day: 1, lastDay: 0 },
    { unit: 'year', interval: 1, day: null, lastDay: null },
  ])('keep a recurrence: %j', (recurrence) => {
    expect(readRecurrence(recurrenceWords(recurrence))).toEqual(recurrence);
  });

  it('take no other words for a recurrence', () => {
    expect(['thỉnh thoảng', '0 tuần', '1 tháng, ngày 32', '2'].map(readRecurrence)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});
