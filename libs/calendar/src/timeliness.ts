import type { TaskState, Timeliness } from '#libs/contracts';
import type { Day } from './days.js';
import type { WorkingCalendar } from './working-calendar.js';

/** A task is "due soon" from the day on which at most this many working days are left. */
export const DUE_SOON_WORKING_DAYS = 5;

/** What timeliness depends on. */
export interface Deadline {
  /** Last day on which the task is in time; null without a date. */
  lastDay: Day | null;
  /** Day on which it was done, as confirmed; null while it is not. */
  completedOn: Day | null;
  state: TaskState;
}

/**
 * How a task stands on a day; computed whenever it is read. The last day itself is still in time. A suspended or
 * cancelled task has no date to keep while it is so, and one without a date is neither early nor late: `no-date`.
 */
export function timelinessOf(
  task: Deadline,
  today: Day,
  calendar: WorkingCalendar,
  dueSoonWorkingDays = DUE_SOON_WORKING_DAYS,
): Timeliness {
  if (task.lastDay === null || task.state === 'suspended' || task.state === 'cancelled') return 'no-date';
  if (task.completedOn !== null)
    return task.completedOn <= task.lastDay ? 'completed-on-time' : 'completed-late';
  if (task.lastDay < today) return 'overdue';
  return task.lastDay <= calendar.lastDayWithin(today, dueSoonWorkingDays) ? 'due-soon' : 'on-track';
}
