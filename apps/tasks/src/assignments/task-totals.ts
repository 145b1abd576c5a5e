import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import type { Day } from '#libs/calendar';
import type { TaskState, Timeliness, TimelinessCounts } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { visibleAgencies } from '../access/tasks-access.js';
import { DayCache } from './day-cache.js';
import { type Moment, Moments } from './moment.js';
import type { TaskFilters } from './task.requests.js';
import { TaskSelection } from './task-selection.js';
import { timelinessColumn } from './timeliness-filter.js';

export interface StateCounts {
  assigned: number;
  inProgress: number;
  submitted: number;
  completed: number;
  suspended: number;
  cancelled: number;
}

/** How many tasks, and how they stand. */
export interface TaskTotals {
  /** The day that was looked at. */
  asOf: Day;
  total: number;
  byTimeliness: TimelinessCounts;
  byState: StateCounts;
}

interface Group {
  state: TaskState;
  timeliness: Timeliness;
  count: number;
}

const COUNT_OF_TIMELINESS: Readonly<Record<Timeliness, keyof TimelinessCounts>> = {
  'on-track': 'onTrack',
  'due-soon': 'dueSoon',
  overdue: 'overdue',
  'completed-on-time': 'completedOnTime',
  'completed-late': 'completedLate',
  'no-date': 'noDate',
};
const COUNT_OF_STATE: Readonly<Record<TaskState, keyof StateCounts>> = {
  assigned: 'assigned',
  'in-progress': 'inProgress',
  submitted: 'submitted',
  completed: 'completed',
  suspended: 'suspended',
  cancelled: 'cancelled',
};
const COLUMNS = ['state', 'sort_day', 'completed_on', 'due_soon_working_days'];

/** Counts tasks, as they are or as they were at the end of a past day. */
@Injectable()
export class TaskTotalsQueries {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly reference: ReferenceData,
    private readonly moments: Moments,
    private readonly cache: DayCache,
  ) {}

  /** @throws problem `validation-failed` for a future day */
  async totals(actor: Actor, { asOf, state, timeliness, ...filters }: TaskFilters): Promise<TaskTotals> {
    const moment = this.moments.at(asOf);
    // State and timeliness choose among the groups, so that all their filters share one count.
    const key = `totals ${JSON.stringify([filters, visibleAgencies(actor, this.reference)])}`;
    const groups = await this.cache.get(moment.day, key, () => this.groups(actor, filters, moment));
    const wanted = groups.filter(
      (group) =>
        (!state?.length || state.includes(group.state)) &&
        (!timeliness?.length || timeliness.includes(group.timeliness)),
    );
    return toTotals(moment.day, wanted);
  }

  private async groups(actor: Actor, filters: TaskFilters, moment: Moment): Promise<Group[]> {
    const selection = new TaskSelection(moment, filters, actor, this.reference);
    const versions = selection.versions(COLUMNS);
    const { text, values } = selection.query(`
      SELECT state, ${timelinessColumn(moment, selection.parameters)} AS timeliness, count(*)::integer AS count
      FROM (${versions}) task GROUP BY 1, 2`);
    return this.transactions.manager.query(text, values);
  }
}

function toTotals(asOf: Day, groups: readonly Group[]): TaskTotals {
  const byTimeliness = {
    onTrack: 0,
    dueSoon: 0,
    overdue: 0,
    completedOnTime: 0,
    completedLate: 0,
    noDate: 0,
  };
  const byState = { assigned: 0, inProgress: 0, submitted: 0, completed: 0, suspended: 0, cancelled: 0 };
  let total = 0;
  for (const { state, timeliness, count } of groups) {
    byTimeliness[COUNT_OF_TIMELINESS[timeliness]] += count;
    byState[COUNT_OF_STATE[state]] += count;
    total += count;
  }
  return { asOf, total, byTimeliness, byState };
}
