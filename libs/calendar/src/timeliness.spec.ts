import { describe, expect, it } from '@jest/globals';
import type { TaskState, Timeliness } from '#libs/contracts';
import { type Standing, timelinessOf, WorkingCalendar, worstOf } from './index.js';

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

describe('worstOf', () => {
  const standing = (state: Standing['state'], timeliness: Standing['timeliness']): Standing => ({
    state,
    timeliness,
  });

  it('puts overdue before due soon, on track, without a date, and what is done', () => {
    const done = standing('completed', 'completed-late');
    const overdue = standing('submitted', 'overdue');
    expect(worstOf([standing('assigned', 'on-track'), overdue, standing('assigned', 'due-soon')])).toBe(
      overdue,
    );
    expect(worstOf([standing('completed', 'completed-on-time'), done])).toBe(done);
    expect(worstOf([done, standing('suspended', 'no-date')])?.state).toBe('suspended');
  });

  it('takes the least advanced of equal ones, and a cancelled one only when all are', () => {
    const assigned = standing('assigned', 'on-track');
    expect(worstOf([standing('in-progress', 'on-track'), assigned])).toBe(assigned);
    const cancelled = standing('cancelled', 'no-date');
    const completed = standing('completed', 'completed-on-time');
    expect(worstOf([cancelled, completed])).toBe(completed);
    expect(worstOf([cancelled])).toBe(cancelled);
    expect(worstOf([])).toBeNull();
  });
});
