import {
  type Day,
  daysBetween,
  DUE_SOON_WORKING_DAYS,
  timelinessWithin,
  type WorkingCalendar,
} from '#libs/calendar';
import type {
  AgencyTaskCounts,
  TaskEventState,
  TaskLine,
  TasksSection,
  Timeliness,
  TimelinessCounts,
} from '#libs/contracts';

/** What a section lists at most; the counts are always of everything. */
const LISTED = 100;

const COUNT_OF: Record<Timeliness, keyof TimelinessCounts> = {
  'on-track': 'onTrack',
  'due-soon': 'dueSoon',
  overdue: 'overdue',
  'completed-on-time': 'completedOnTime',
  'completed-late': 'completedLate',
  'no-date': 'noDate',
};

/**
 * A task as an event told it; those of before thresholds and extensions were told lie in the stream without them.
 * Timeliness is then computed as it was at that time, with the one threshold for all.
 */
export type ProjectedTask = Omit<TaskEventState, 'directive' | 'extensions'> & {
  directive: Omit<TaskEventState['directive'], 'dueSoonWorkingDays'> & { dueSoonWorkingDays?: number };
  extensions?: number;
};

/** A task that is to be done by a day, and how it stands. */
interface Pending {
  task: ProjectedTask;
  lastDay: Day;
  timeliness: Timeliness;
}

/** @param today day in Asia/Ho_Chi_Minh: timeliness is a matter of the day it is asked on */
export function tasksSection(
  tasks: Iterable<ProjectedTask>,
  today: Day,
  calendar: WorkingCalendar,
  sourceTime: string | null,
): Omit<TasksSection, 'reports' | 'explanations'> {
  const byTimeliness = noCounts();
  const byAgency = new Map<string, AgencyTaskCounts>();
  const overdue: Pending[] = [];
  const nextDue: Pending[] = [];
  const dueSoonUntil = dueSoonBounds(today, calendar);
  let total = 0;
  for (const task of tasks) {
    const { lastDay } = task.due;
    const { state, completedOn } = task;
    const threshold = task.directive.dueSoonWorkingDays ?? DUE_SOON_WORKING_DAYS;
    const timeliness = timelinessWithin({ lastDay, state, completedOn }, today, dueSoonUntil(threshold));
    total += 1;
    byTimeliness[COUNT_OF[timeliness]] += 1;
    for (const lead of task.leads) count(byAgency, lead, timeliness);
    if (lastDay === null) continue;
    if (timeliness === 'overdue') overdue.push({ task, lastDay, timeliness });
    if (timeliness === 'on-track' || timeliness === 'due-soon') nextDue.push({ task, lastDay, timeliness });
  }
  return {
    total,
    byTimeliness,
    overdue: lines(overdue, today),
    nextDue: lines(nextDue, today),
    byAgency: [...byAgency.values()].sort(worstFirst),
    sourceTime,
  };
}

/** The calendar is asked once for each threshold, not for each task: there are few of the former. */
function dueSoonBounds(today: Day, calendar: WorkingCalendar): (threshold: number) => Day {
  const bounds = new Map<number, Day>();
  return (threshold) => {
    let bound = bounds.get(threshold);
    if (bound === undefined) bounds.set(threshold, (bound = calendar.lastDayWithin(today, threshold)));
    return bound;
  };
}

function noCounts(): TimelinessCounts {
  return { onTrack: 0, dueSoon: 0, overdue: 0, completedOnTime: 0, completedLate: 0, noDate: 0 };
}

function count(
  byAgency: Map<string, AgencyTaskCounts>,
  agency: AgencyTaskCounts['agency'],
  timeliness: Timeliness,
): void {
  const key = agency.code ?? agency.name;
  let counts = byAgency.get(key);
  if (!counts) byAgency.set(key, (counts = { agency, total: 0, byTimeliness: noCounts() }));
  counts.total += 1;
  counts.byTimeliness[COUNT_OF[timeliness]] += 1;
}

function lines(pending: Pending[], today: Day): TaskLine[] {
  return pending
    .sort(longestLateFirst)
    .slice(0, LISTED)
    .map((one) => taskLine(one, today));
}

function taskLine({ task, lastDay, timeliness }: Pending, today: Day): TaskLine {
  const { number, kind, clause } = task.directive;
  return {
    id: task.id,
    title: task.title,
    directive: { number, kind, clause },
    leads: task.leads,
    lastDay,
    daysLate: daysBetween(lastDay, today),
    state: task.state,
    timeliness,
    extendable: task.due.extendable,
    extensions: task.extensions ?? 0,
    progressPercent: task.progressPercent,
  };
}

/** Equally late: those that may not be extended first, then by id, so that the order does not jump. */
function longestLateFirst(one: Pending, other: Pending): number {
  if (one.lastDay !== other.lastDay) return one.lastDay < other.lastDay ? -1 : 1;
  return (
    Number(one.task.due.extendable) - Number(other.task.due.extendable) ||
    one.task.id.localeCompare(other.task.id)
  );
}

function worstFirst(one: AgencyTaskCounts, other: AgencyTaskCounts): number {
  return (
    other.byTimeliness.overdue - one.byTimeliness.overdue ||
    other.byTimeliness.dueSoon - one.byTimeliness.dueSoon ||
    other.total - one.total ||
    one.agency.name.localeCompare(other.agency.name, 'vi')
  );
}
