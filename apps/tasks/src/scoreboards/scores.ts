import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { visibleAgencies } from '../access/tasks-access.js';
import { DayCache } from '../assignments/day-cache.js';
import { type Moment, Moments } from '../assignments/moment.js';
import type { Parameters } from '../assignments/parameters.js';
import { TaskSelection } from '../assignments/task-selection.js';
import { timelinessColumn } from '../assignments/timeliness-filter.js';
import { NO_SCORE, type Score, type ScoreWindow } from './score.js';

/** What the tasks are grouped by. A task of several leads counts for each of them. */
export type Grouping = 'lead' | 'directive';

type ScoreRow = Omit<Score, 'overdue' | 'extensions'> & {
  key: string;
  overdue: number;
  totalDays: number;
  longestDays: number;
  times: number;
};

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
  ) {}

  /** Score of each agency code or directive id that has any task the caller may see. */
  by(grouping: Grouping, actor: Actor, window: ScoreWindow): Promise<ReadonlyMap<string, Score>> {
    const key = `scores ${JSON.stringify([grouping, window, visibleAgencies(actor, this.reference)])}`;
    return this.cache.get(window.asOf, key, () => this.count(grouping, actor, window));
  }

  private async count(
    grouping: Grouping,
    actor: Actor,
    window: ScoreWindow,
  ): Promise<ReadonlyMap<string, Score>> {
    const moment = this.moments.at(window.asOf);
    // Of all time, the tasks themselves know how often they were extended.
    const isWhole = window.from === null && window.to === window.asOf;
    const [rows, extensions] = await Promise.all([
      this.standing(grouping, actor, window, moment),
      isWhole ? [] : this.extensions(grouping, actor, window),
    ]);
    const scores = new Map<string, Score>();
    for (const { key, overdue, totalDays, longestDays, times, ...counts } of rows) {
      const late = { count: overdue, totalDays, longestDays };
      scores.set(key, { ...counts, overdue: late, extensions: isWhole ? times : 0 });
    }
    for (const { key, times } of extensions) {
      scores.set(key, { ...(scores.get(key) ?? NO_SCORE), extensions: times });
    }
    return scores;
  }

  private standing(
    grouping: Grouping,
    actor: Actor,
    window: ScoreWindow,
    moment: Moment,
  ): Promise<ScoreRow[]> {
    const selection = new TaskSelection(moment, {}, actor, this.reference);
    const { parameters } = selection;
    const [from, to] = endsOf(window, parameters);
    const day = `${parameters.add(window.asOf)}::date`;
    const versions =
      grouping === 'lead' ? selection.versionsOfLeads(COLUMNS) : selection.versionsOfDirectives(COLUMNS);
    const stood = `SELECT task.*, ${timelinessColumn(moment, parameters)} AS timeliness FROM (${versions}) task`;
    const inWindow = (column: string): string => `stood.${column} BETWEEN ${from} AND ${to}`;
    const completed = (how: string): string =>
      `count(*) FILTER (WHERE stood.state = 'completed' AND stood.timeliness = '${how}' AND ${inWindow('completed_on')})::integer`;
    const standing = (how: string): string =>
      `count(*) FILTER (WHERE stood.timeliness = '${how}' AND stood.state NOT IN ('completed', 'cancelled'))::integer`;
    const overdue = `FILTER (WHERE stood.timeliness = 'overdue')`;
    const { text, values } = selection.query(`
      SELECT ${keyOf(grouping)} AS key,
        count(*) FILTER (WHERE ${inWindow('given_on')})::integer AS given,
        ${completed('completed-on-time')} AS "completedOnTime",
        ${completed('completed-late')} AS "completedLate",
        ${completed('no-date')} AS "completedWithoutDate",
        count(*) ${overdue}::integer AS overdue,
        coalesce(sum(${day} - stood.sort_day) ${overdue}, 0)::integer AS "totalDays",
        coalesce(max(${day} - stood.sort_day) ${overdue}, 0)::integer AS "longestDays",
        ${standing('due-soon')} AS "dueSoon",
        ${standing('on-track')} AS "onTrack",
        ${standing('no-date')} AS "withoutDate",
        sum(stood.extensions)::integer AS times
      FROM (${stood}) stood GROUP BY 1`);
    return this.transactions.manager.query(text, values);
  }

  /** A task that was extended by the end of the window was there, so that no versions need to be looked at. */
  private extensions(
    grouping: Grouping,
    actor: Actor,
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
  return grouping === 'lead' ? 'stood.agency_code' : 'stood.directive_id';
}
