import { describe, expect, it } from '@jest/globals';
import type { TaskState, Timeliness } from '#libs/contracts';
import { timelinessOf, WorkingCalendar } from './index.js';

const calendar = new WorkingCalendar([
  { date: '2026-04-26', kind: 'off' },
  { date: '2026-04-27', kind: 'off' },
  { date: '2026-04-30', kind: 'off' },
  { date: '2026-05-01', kind: 'off' },
]);

describe('timelinessOf', () => {
  const lastDay = '2026-05-05';
  const cases: [string, string | null, string | null, TaskState, Timeliness][] = [
    ['2026-04-24', lastDay, null, 'assigned', 'due-soon'],
    ['2026-04-23', lastDay, null, 'assigned', 'due-soon'],
    ['2026-04-22', lastDay, null, 'assigned', 'on-track'],
    ['2026-05-05', lastDay, null, 'in-progress', 'due-soon'],
    ['2026-05-06', lastDay, null, 'in-progress', 'overdue'],
    ['2026-05-06', lastDay, null, 'submitted', 'overdue'],
    ['2026-06-01', lastDay, '2026-05-05', 'completed', 'completed-on-time'],
    ['2026-06-01', lastDay, '2026-05-06', 'completed', 'completed-late'],
    ['2026-06-01', lastDay, null, 'suspended', 'no-date'],
    ['2026-06-01', lastDay, null, 'cancelled', 'no-date'],
    ['2026-06-01', null, null, 'in-progress', 'no-date'],
    ['2026-06-01', null, '2026-05-05', 'completed', 'no-date'],
  ];

  it.each(cases)(
    'on %s, last day %s, completed on %s, %s: %s',
    (today, last, completedOn, state, expected) => {
      expect(timelinessOf({ lastDay: last, completedOn, state }, today, calendar)).toBe(expected);
    },
  );

  it('counts working days, not days: five of them from 23/4 reach 05/5 over the holidays', () => {
    expect(calendar.workingDaysBetween('2026-04-23', lastDay)).toBe(5);
    expect(timelinessOf({ lastDay, completedOn: null, state: 'assigned' }, '2026-04-28', calendar, 1)).toBe(
      'on-track',
    );
  });
});
