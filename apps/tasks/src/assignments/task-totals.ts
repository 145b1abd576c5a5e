import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { type Day, daysBetween } from '#libs/calendar';
import { COUNT_OF_TIMELINESS, type TaskState, type Timeliness, type TimelinessCounts } from '#libs/contracts';
import { ReferenceData } from '#libs/reference';
import { EVERYBODY, visibleAgencies } from '../access/tasks-access.js';
import { DayCache } from './day-cache.js';
import { KeptFigures } from './kept-figures.js';
import { type Moment, Moments } from './moment.js';
import { PreparedReads } from './prepared-reads.js';
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

const COUNT_OF_STATE: Readonly<Record<TaskState, keyof StateCounts>> = {
  assigned: 'assigned',
  'in-progress': 'inProgress',
  submitted: 'submitted',
  completed: 'completed',
  suspended: 'suspended',
  cancelled: 'cancelled',
};
const A_QUARTER = 92;
const COLUMNS = ['state', 'sort_day', 'completed_on', 'due_soon_working_days'];

/** Counts tasks, as they are or as they were at the end of a past day. */
@Injectable()
export class TaskTotalsQueries {
  constructor(
    private readonly reads: PreparedReads,
    private readonly reference: ReferenceData,
    private readonly moments: Moments,
    private readonly cache: DayCache,
    private readonly kept: KeptFigures,
  ) {}

  /** @throws problem `validation-failed` for a future day */
  async totals(actor: Actor, { asOf, state, timeliness, ...filters }: TaskFilters): Promise<TaskTotals> {
    const moment = this.moments.at(asOf);
    // State and timeliness choose among the groups, so that all their filters share one count.
    const groups = await this.groups(actor, filters, moment);
    const wanted = groups.filter(
      (group) =>
        (!state?.length || state.includes(group.state)) &&
        (!timeliness?.length || timeliness.includes(group.timeliness)),
    );
    return toTotals(moment.day, wanted);
  }

  /** Of all tasks, at the end of a day that is over. */
  groupsOfAll(day: Day): Promise<Group[]> {
    return this.count(EVERYBODY, {}, this.moments.at(day));
  }

  private groups(actor: Pick<Actor, 'agency'>, filters: TaskFilters, moment: Moment): Promise<Group[]> {
    const visible = visibleAgencies(actor, this.reference);
    const key = `totals ${JSON.stringify([filters, visible])}`;
    const isOfAll = visible === null && Object.values(filters).every((filter) => filter === undefined);
    return this.cache.get(moment.day, key, async () => {
      if (!moment.live) {
        const known = isOfAll ? await this.kept.find<Group[]>(moment.day, 'totals') : undefined;
        return known ?? this.count(actor, filters, moment);
      }
      if (isFew(filters)) return this.count(actor, filters, moment);
      const settled = this.cache.lastSettledDay;
      const before = { ...moment, day: settled, live: false };
      const [kept, changes] = await Promise.all([
        this.cache.get(settled, `${key} on ${moment.day}`, () => this.count(actor, filters, moment, before)),
        this.count(actor, filters, moment, moment, settled),
      ]);
      return [...kept, ...changes];
    });
  }

  /**
   * @param moment whose timeliness is asked
   * @param stood when the tasks stood that are counted
   * @param since counts only what changed after this day
   */
  private count(
    actor: Pick<Actor, 'agency'>,
    filters: TaskFilters,
    moment: Moment,
    stood = moment,
    since?: Day,
  ): Promise<Group[]> {
    const selection = new TaskSelection(stood, filters, actor, this.reference, { since });
    const versions = selection.versions(COLUMNS);
    return this.reads.query<Group>(
      selection.query(`
      SELECT state, ${timelinessColumn(moment, selection.parameters)} AS timeliness, sum(weight)::integer AS count
      FROM (${versions}) task GROUP BY 1, 2`),
    );
  }
}

/** What an index leads to is counted faster than what stood before and what changed since. */
function isFew({ directive, parent, dueFrom, dueTo }: TaskFilters): boolean {
  const isShort = dueFrom !== undefined && dueTo !== undefined && daysBetween(dueFrom, dueTo) <= A_QUARTER;
  return directive !== undefined || parent !== undefined || isShort;
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
