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
  return timelinessWithin(task, today, () => calendar.lastDayWithin(today, dueSoonWorkingDays));
}

/**
 * The same for many tasks of one day.
 *
 * @param dueSoonUntil the calendar's `lastDayWithin(today, threshold)`, or how to work it out where it is asked for
 */
export function timelinessWithin(task: Deadline, today: Day, dueSoonUntil: Day | (() => Day)): Timeliness {
  if (task.lastDay === null || task.state === 'suspended' || task.state === 'cancelled') return 'no-date';
  if (task.completedOn !== null)
    return task.completedOn <= task.lastDay ? 'completed-on-time' : 'completed-late';
  if (task.lastDay < today) return 'overdue';
  const until = typeof dueSoonUntil === 'string' ? dueSoonUntil : dueSoonUntil();
  return task.lastDay <= until ? 'due-soon' : 'on-track';
}

/** How much a task asks for attention, most first: the order in which the worst of several is found. */
const WORST_FIRST: readonly Timeliness[] = [
  'overdue',
  'due-soon',
  'on-track',
  'no-date',
  'completed-late',
  'completed-on-time',
];
/** Among equally timely ones, the least advanced first. A cancelled task is no worry at all: see {@link worstOf}. */
const LEAST_ADVANCED_FIRST: readonly TaskState[] = [
  'assigned',
  'in-progress',
  'submitted',
  'suspended',
  'completed',
  'cancelled',
];

/** How one task stands. */
export interface Standing {
  state: TaskState;
  timeliness: Timeliness;
}

/** The worst of several; a cancelled one only when all are. Null of none. */
export function worstOf(standings: readonly Standing[]): Standing | null {
  const rank = ({ state, timeliness }: Standing): number =>
    (state === 'cancelled' ? 100 : 0) +
    WORST_FIRST.indexOf(timeliness) * 10 +
    LEAST_ADVANCED_FIRST.indexOf(state);
  return standings.reduce<Standing | null>(
    (worst, standing) => (worst === null || rank(standing) < rank(worst) ? standing : worst),
    null,
  );
}
