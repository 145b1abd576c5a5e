import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import type { Day } from '#libs/calendar';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { visibleAgencies } from '../access/tasks-access.js';
import { DayCache } from '../assignments/day-cache.js';
import { KeptFigures } from '../assignments/kept-figures.js';
import { type Moment, Moments } from '../assignments/moment.js';
import type { Parameters } from '../assignments/parameters.js';
import { PreparedReads } from '../assignments/prepared-reads.js';
import { TaskSelection } from '../assignments/task-selection.js';
import { timelinessColumn } from '../assignments/timeliness-filter.js';
import type { Period, PeriodUnit } from './periods.js';
import { NO_SCORE, type Score, type ScoreWindow, scoreOf, sumOfScores, type Tally } from './score.js';

/** What the tasks are grouped by. A task of several leads counts for each of them. */
export type Grouping = 'lead' | 'directive';

interface TallyRow extends Tally {
  key: string;
}

type Caller = Pick<Actor, 'agency'>;

const COLUMNS = ['state', 'sort_day', 'completed_on', 'due_soon_working_days', 'given_on', 'extensions'];

const BEGINNING = '0001-01-01';

/** Counts the scores of a window from the tasks as they stood at its end; each window once for all who ask. */
@Injectable()
export class Scores {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly reference: ReferenceData,
    private readonly moments: Moments,
    private readonly cache: DayCache,
    private readonly kept: KeptFigures,
    private readonly reads: PreparedReads,
  ) {}

  /** Score of each agency code or directive id that has any task the caller may see. */
  by(grouping: Grouping, actor: Caller, window: ScoreWindow): Promise<ReadonlyMap<string, Score>> {
    const visible = visibleAgencies(actor, this.reference);
    const key = `scores ${JSON.stringify([grouping, window, visible])}`;
    return this.cache.get(window.asOf, key, async () => {
      const isKept = grouping === 'lead' && visible === null && isWhole(window);
      const kept = isKept ? await this.kept.find<[string, Score][]>(window.asOf, 'agencies') : undefined;
      return kept ? new Map(kept) : this.count(grouping, actor, window);
    });
  }

  /** Of all tasks that the caller may see, in a period that is over. */
  ofPeriod(unit: PeriodUnit, actor: Caller, { from, to }: Period): Promise<Score> {
    const visible = visibleAgencies(actor, this.reference);
    return this.cache.get(to, `period ${JSON.stringify([unit, visible])}`, async () => {
      const kept = visible === null ? await this.kept.find<Score>(to, unit) : undefined;
      return kept ?? sumOfScores((await this.count('directive', actor, { from, to, asOf: to })).values());
    });
  }

  /** Counted anew, but for what stood at the end of the last day that is over. */
  async count(grouping: Grouping, actor: Caller, window: ScoreWindow): Promise<ReadonlyMap<string, Score>> {
    const moment = this.moments.at(window.asOf);
    const whole = isWhole(window);
    const [tallies, extensions] = await Promise.all([
      moment.live
        ? this.presentTallies(grouping, actor, window, moment)
        : this.tallies(grouping, actor, window, moment),
      whole ? [] : this.extensions(grouping, actor, window),
    ]);
    const scores = new Map<string, Score>();
    for (const [key, rows] of Map.groupBy(tallies, (row) => row.key)) {
      const score = scoreOf(rows);
      // Of all time, the tasks themselves know how often they were extended.
      if (score) scores.set(key, whole ? score : { ...score, extensions: 0 });
    }
    for (const { key, times } of extensions) {
      scores.set(key, { ...(scores.get(key) ?? NO_SCORE), extensions: times });
    }
    return scores;
  }

  private async presentTallies(
    grouping: Grouping,
    actor: Caller,
    window: ScoreWindow,
    moment: Moment,
  ): Promise<TallyRow[]> {
    const settled = this.cache.lastSettledDay;
    const before = { ...moment, day: settled, live: false };
    const key = `tallies ${JSON.stringify([grouping, window, visibleAgencies(actor, this.reference)])}`;
    const [kept, changes] = await Promise.all([
      this.cache.get(settled, key, () => this.tallies(grouping, actor, window, moment, before)),
      this.tallies(grouping, actor, window, moment, moment, settled),
    ]);
    return [...kept, ...changes];
  }

  /**
   * @param moment whose timeliness is asked
   * @param stood when the tasks stood that are counted
   * @param since counts only what changed after this day
   */
  private tallies(
    grouping: Grouping,
    actor: Caller,
    window: ScoreWindow,
    moment: Moment,
    stood = moment,
    since?: Day,
  ): Promise<TallyRow[]> {
    const selection = new TaskSelection(stood, {}, actor, this.reference, { since });
    const { parameters } = selection;
    const [from, to] = endsOf(window, parameters);
    const day = `${parameters.add(window.asOf)}::date`;
    const versions = selection.versionsOf(grouping, COLUMNS);
    const timely = `SELECT task.*, ${timelinessColumn(moment, parameters)} AS timeliness FROM (${versions}) task`;
    const count = (condition: string): string =>
      `coalesce(sum(weight) FILTER (WHERE ${condition}), 0)::integer`;
    const completed = (how: string): string =>
      count(`state = 'completed' AND timeliness = '${how}' AND completed_on BETWEEN ${from} AND ${to}`);
    const standing = (how: string): string =>
      count(`timeliness = '${how}' AND state NOT IN ('completed', 'cancelled')`);
    return this.reads.query<TallyRow>(
      selection.query(`
      SELECT ${keyOf(grouping)} AS key, sum(weight)::integer AS tasks,
        ${count(`given_on BETWEEN ${from} AND ${to}`)} AS given,
        ${completed('completed-on-time')} AS "completedOnTime",
        ${completed('completed-late')} AS "completedLate",
        ${completed('no-date')} AS "completedWithoutDate",
        array_agg(weight * (${day} - sort_day)) FILTER (WHERE timeliness = 'overdue') AS late,
        ${standing('due-soon')} AS "dueSoon",
        ${standing('on-track')} AS "onTrack",
        ${standing('no-date')} AS "withoutDate",
        sum(weight * extensions)::integer AS extensions
      FROM (${timely}) timely GROUP BY 1`),
    );
  }

  /** A task that was extended by the end of the window was there, so that no versions need to be looked at. */
  private extensions(
    grouping: Grouping,
    actor: Caller,
    { from, to }: ScoreWindow,
  ): Promise<{ key: string; times: number }[]> {
    const whose = { lead: 'part.agency_code', directive: 'task.directive_id' }[grouping];
    const part =
      grouping === 'lead' ? `JOIN task_agency part ON part.task_id = task.id AND part.role = 'lead'` : '';
    return this.transactions.manager.query(
      `SELECT ${whose} AS key, count(*)::integer AS times
       FROM task_due_change change JOIN task ON task.id = change.task_id ${part}
       WHERE change.kind = 'extended'
         AND change.at >= $1::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
         AND change.at < ($2::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
         AND ($3::text[] IS NULL OR EXISTS (SELECT 1 FROM task_agency seen
           WHERE seen.task_id = task.id AND seen.agency_code = ANY ($3::text[])))
       GROUP BY 1`,
      [from ?? BEGINNING, to, visibleAgencies(actor, this.reference)],
    );
  }
}

/** Places of the ends of the window. */
function endsOf({ from, to }: ScoreWindow, parameters: Parameters): [string, string] {
  return [`${parameters.add(from ?? BEGINNING)}::date`, `${parameters.add(to)}::date`];
}

function keyOf(grouping: Grouping): string {
  return grouping === 'lead' ? 'agency_code' : 'directive_id';
}

function isWhole({ from, to, asOf }: ScoreWindow): boolean {
  return from === null && to === asOf;
}
