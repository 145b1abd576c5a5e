import {
  type Day,
  daysBetween,
  DUE_SOON_WORKING_DAYS,
  timelinessWithin,
  type WorkingCalendar,
} from '#libs/calendar';
import {
  type AgencyTaskCounts,
  COUNT_OF_TIMELINESS,
  type TaskEventState,
  type TaskLine,
  type TasksSection,
  type Timeliness,
  type TimelinessCounts,
} from '#libs/contracts';
import { SortedList } from './sorted-list.js';

/** What a section lists at most; the counts are always of everything. */
const LISTED = 100;

/**
 * What the wall tells of a task. Events of before thresholds and extensions lie in the stream without them; timeliness is
 * then computed as it was at that time, with the one threshold for all.
 */
export type ProjectedTask = Pick<
  TaskEventState,
  'id' | 'title' | 'leads' | 'state' | 'completedOn' | 'progressPercent'
> & {
  directive: Pick<TaskEventState['directive'], 'number' | 'kind' | 'clause'> & {
    dueSoonWorkingDays?: number;
  };
  due: Pick<TaskEventState['due'], 'lastDay' | 'extendable'>;
  extensions?: number;
};

/** Without what nobody is told of: with a hundred thousand tasks, their whole states are more than the process may hold. */
export class TaskReducer {
  /** Each agency once, not once for each of its tasks. */
  private readonly agencies = new Map<string, ProjectedTask['leads'][number]>();

  reduce(task: ProjectedTask): ProjectedTask {
    const { id, title, leads, state, completedOn, progressPercent, extensions } = task;
    const { number, kind, clause, dueSoonWorkingDays } = task.directive;
    const { lastDay, extendable } = task.due;
    return {
      ...{ id, title, state, completedOn, progressPercent, extensions },
      leads: leads.map((lead) => this.once(lead)),
      directive: { number, kind, clause, dueSoonWorkingDays },
      due: { lastDay, extendable },
    };
  }

  private once(agency: ProjectedTask['leads'][number]): ProjectedTask['leads'][number] {
    const key = `${agency.code ?? ''} ${agency.name}`;
    const known = this.agencies.get(key);
    if (!known) this.agencies.set(key, agency);
    return known ?? agency;
  }
}

/** How a task stands on the day of the tally. */
interface Standing {
  task: ProjectedTask;
  timeliness: Timeliness;
}

/** A task that is to be done by a day. */
interface Pending extends Standing {
  lastDay: Day;
}

/**
 * How all tasks stand on a day. Counted through once a day and then kept up with each change, so that the wall hears of
 * one as soon with 100,000 tasks as with a hundred.
 */
export class TaskTally {
  private day: Day | null = null;
  private dueSoonUntil: (threshold: number) => Day = () => '';
  private readonly standings = new Map<string, Standing>();
  private byTimeliness = noCounts();
  private readonly byAgency = new Map<string, AgencyTaskCounts>();
  private readonly overdue = new SortedList(longestLateFirst);
  private readonly nextDue = new SortedList(longestLateFirst);

  /** @param all every task, as it is now; gone through when the day is another than before */
  constructor(
    private readonly all: () => Iterable<ProjectedTask>,
    private readonly calendar: WorkingCalendar,
  ) {}

  /** To be told of each task that is new or has changed. */
  changed(task: ProjectedTask): void {
    // Before the first question and at midnight everything is counted anyway.
    if (this.day === null) return;
    const before = this.standings.get(task.id);
    if (before) {
      this.count(before, -1);
      this.listOf(before)?.remove(pending(before));
    }
    const standing = this.standingOf(task, this.day);
    this.take(standing);
    this.listOf(standing)?.add(pending(standing));
  }

  /** @param today day in Asia/Ho_Chi_Minh: timeliness is a matter of the day it is asked on */
  section(today: Day, sourceTime: string | null): Omit<TasksSection, 'reports' | 'explanations'> {
    if (today !== this.day) this.recount(today);
    return {
      total: this.standings.size,
      byTimeliness: { ...this.byTimeliness },
      overdue: this.overdue.first(LISTED).map((one) => taskLine(one, today)),
      nextDue: this.nextDue.first(LISTED).map((one) => taskLine(one, today)),
      byAgency: [...this.byAgency.values()].map(copy).sort(worstFirst),
      sourceTime,
    };
  }

  private recount(day: Day): void {
    this.day = day;
    this.dueSoonUntil = dueSoonBounds(day, this.calendar);
    this.standings.clear();
    this.byTimeliness = noCounts();
    this.byAgency.clear();
    const listed = new Map<SortedList<Pending> | null, Pending[]>([
      [this.overdue, []],
      [this.nextDue, []],
    ]);
    for (const task of this.all()) {
      const standing = this.standingOf(task, day);
      this.take(standing);
      listed.get(this.listOf(standing))?.push(pending(standing));
    }
    for (const [list, items] of listed) list?.fill(items);
  }

  private standingOf(task: ProjectedTask, day: Day): Standing {
    const { state, completedOn, due } = task;
    const until = this.dueSoonUntil(task.directive.dueSoonWorkingDays ?? DUE_SOON_WORKING_DAYS);
    return { task, timeliness: timelinessWithin({ lastDay: due.lastDay, state, completedOn }, day, until) };
  }

  private take(standing: Standing): void {
    this.standings.set(standing.task.id, standing);
    this.count(standing, 1);
  }

  private count({ task, timeliness }: Standing, times: 1 | -1): void {
    const column = COUNT_OF_TIMELINESS[timeliness];
    this.byTimeliness[column] += times;
    for (const agency of task.leads) {
      const key = agency.code ?? agency.name;
      const counts = this.byAgency.get(key) ?? { agency, total: 0, byTimeliness: noCounts() };
      counts.total += times;
      counts.byTimeliness[column] += times;
      if (counts.total === 0) this.byAgency.delete(key);
      else this.byAgency.set(key, counts);
    }
  }

  /** Null for what is done or has no day. */
  private listOf({ timeliness }: Standing): SortedList<Pending> | null {
    if (timeliness === 'overdue') return this.overdue;
    return timeliness === 'on-track' || timeliness === 'due-soon' ? this.nextDue : null;
  }
}

function copy(counts: AgencyTaskCounts): AgencyTaskCounts {
  return { ...counts, byTimeliness: { ...counts.byTimeliness } };
}

/** Only what has a last day is overdue, due soon or on track. */
function pending({ task, timeliness }: Standing): Pending {
  return { task, timeliness, lastDay: task.due.lastDay ?? '' };
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
    (one.task.id < other.task.id ? -1 : Number(one.task.id > other.task.id))
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
