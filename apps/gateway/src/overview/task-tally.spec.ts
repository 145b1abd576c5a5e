import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Day, WorkingCalendar } from '#libs/calendar';
import type { TaskState } from '#libs/contracts';
import { type ProjectedTask, TaskTally } from './task-tally.js';

const CALENDAR = new WorkingCalendar([]);
const DAYS: readonly Day[] = ['2026-03-02', '2026-03-03', '2026-03-09', '2026-03-10', '2026-03-31'];
const AGENCIES = ['STC', 'SYT', 'SNV'].map((code) => ({ code, name: `Cơ quan ${code}` }));

interface Drawn {
  number: number;
  lastDay: Day | null;
  state: TaskState;
  leads: number[];
  extendable: boolean;
}

const CHANGE: fc.Arbitrary<Drawn> = fc.record({
  number: fc.nat(12),
  lastDay: fc.option(fc.constantFrom(...DAYS)),
  state: fc.constantFrom<TaskState>('assigned', 'in-progress', 'suspended', 'completed', 'cancelled'),
  leads: fc.uniqueArray(fc.nat(2), { minLength: 1, maxLength: 3 }),
  extendable: fc.boolean(),
});

function taskOf({ number, lastDay, state, leads, extendable }: Drawn): ProjectedTask {
  return {
    id: `task-${number}`,
    title: `Nhiệm vụ ${number}`,
    directive: { number: null, kind: 'letter', clause: null },
    leads: leads.map((lead) => AGENCIES[lead]!),
    due: { lastDay, extendable },
    state,
    completedOn: state === 'completed' ? '2026-03-09' : null,
    progressPercent: 0,
  } as unknown as ProjectedTask;
}

describe('the tally of tasks', () => {
  it('kept up with every change says the same as one that counts everything anew, on every day', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(CHANGE, fc.constantFrom(...DAYS)), { maxLength: 60 }), (changes) => {
        const tasks = new Map<string, ProjectedTask>();
        const kept = new TaskTally(() => tasks.values(), CALENDAR);
        for (const [drawn, today] of changes) {
          const task = taskOf(drawn);
          tasks.set(task.id, task);
          kept.changed(task);
          const fresh = new TaskTally(() => tasks.values(), CALENDAR);
          expect(kept.section(today, null)).toEqual(fresh.section(today, null));
        }
      }),
    );
  });

  it('lists the longest late first, those that may not be extended before those that may', () => {
    const draw = (number: number, lastDay: Day, extendable: boolean): ProjectedTask =>
      taskOf({ number, lastDay, state: 'assigned', leads: [0], extendable });
    const tasks = [draw(1, '2026-03-03', true), draw(2, '2026-03-02', true), draw(3, '2026-03-03', false)];
    const tally = new TaskTally(() => tasks, CALENDAR);
    const { overdue, byAgency, total } = tally.section('2026-03-05', null);
    expect(overdue.map(({ id, daysLate }) => [id, daysLate])).toEqual([
      ['task-2', 3],
      ['task-3', 2],
      ['task-1', 2],
    ]);
    expect([total, byAgency.map(({ agency, total: given }) => [agency.code, given])]).toEqual([
      3,
      [['STC', 3]],
    ]);
  });
});
