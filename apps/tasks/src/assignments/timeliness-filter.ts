import { DUE_SOON_WORKING_DAYS, type WorkingCalendar } from '#libs/calendar';
import type { Timeliness } from '#libs/contracts';
import { OPEN_STATES } from './task-lifecycle.js';

const OPEN = `task.state IN (${OPEN_STATES.map((state) => `'${state}'`).join(', ')})`;

/**
 * Conditions on the table alias `task` that mean the same as `timelinessOf`; parameters: {@link timelinessBounds}. They
 * are worded as the partial indexes on (sort_day, id) are, so that each of them can be read in the order of the list.
 */
const CONDITIONS: Readonly<Record<Timeliness, string>> = {
  overdue: `(${OPEN} AND task.sort_day < :today)`,
  'due-soon': `(${OPEN} AND task.sort_day BETWEEN :today AND :dueSoonUntil)`,
  'on-track': `(${OPEN} AND task.sort_day > :dueSoonUntil AND task.last_day IS NOT NULL)`,
  'completed-on-time': `(task.state = 'completed' AND task.completed_on <= task.last_day)`,
  'completed-late': `(task.state = 'completed' AND task.completed_on > task.last_day)`,
  'no-date': `(task.last_day IS NULL OR task.state IN ('suspended', 'cancelled'))`,
};

export function timelinessCondition(wanted: readonly Timeliness[]): string {
  return `(${wanted.map((timeliness) => CONDITIONS[timeliness]).join(' OR ')})`;
}

export function timelinessBounds(
  today: string,
  calendar: WorkingCalendar,
): { today: string; dueSoonUntil: string } {
  return { today, dueSoonUntil: calendar.lastDayWithin(today, DUE_SOON_WORKING_DAYS) };
}
