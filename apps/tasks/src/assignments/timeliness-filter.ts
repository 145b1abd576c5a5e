import type { Timeliness } from '#libs/contracts';
import { MAX_THRESHOLD } from '../directives/directive.requests.js';
import type { Moment } from './moment.js';
import type { Parameters } from './parameters.js';
import { OPEN_STATES } from './task-lifecycle.js';

const OPEN = `task.state IN (${OPEN_STATES.map((state) => `'${state}'`).join(', ')})`;

/** What tasks without a last day have as `sort_day`. */
const END = `DATE '9999-12-31'`;

/**
 * Conditions on the alias `task`, a table with the columns of a version, that mean the same as `timelinessOf`. They are worded as the partial indexes on
 * (sort_day, id) are, so that each of them can be read in the order of the list.
 *
 * @param ofPast the alias stands for versions of the past
 */
export function timelinessCondition(
  wanted: readonly Timeliness[],
  { day, dueSoonUntil }: Moment,
  parameters: Parameters,
  ofPast: boolean,
): string {
  const conditionOf = (timeliness: Timeliness): string => {
    const today = (): string => `${parameters.add(day)}::date`;
    const soonUntil = (workingDays = 'task.due_soon_working_days'): string =>
      `(${parameters.add(dueSoonUntil)}::date[])[${workingDays} + 1]`;
    switch (timeliness) {
      case 'overdue':
        return `(${OPEN} AND task.sort_day < ${today()}${ofPast ? ` AND ${stoodOverdue(today())}` : ''})`;
      case 'due-soon': {
        const furthest = soonUntil(ofPast ? threshold('max') : String(MAX_THRESHOLD));
        return `(${OPEN} AND task.sort_day BETWEEN ${today()} AND ${furthest} AND task.sort_day <= ${soonUntil()})`;
      }
      case 'on-track': {
        const nearest = ofPast ? soonUntil(threshold('min')) : today();
        return `(${OPEN} AND task.sort_day > ${nearest} AND task.sort_day > ${soonUntil()} AND task.sort_day < ${END})`;
      }
      case 'completed-on-time':
        return `(task.state = 'completed' AND task.completed_on <= task.sort_day AND task.sort_day < ${END})`;
      case 'completed-late':
        return `(task.state = 'completed' AND task.completed_on > task.sort_day)`;
      case 'no-date':
        return `(task.sort_day = ${END} OR task.state IN ('suspended', 'cancelled'))`;
    }
  };
  return `(${wanted.map(conditionOf).join(' OR ')})`;
}

/**
 * The smallest or largest threshold of all versions of the past, in working days: the list is read from or up to the day
 * it leads to. There are four versions and more of each task, and most of those near the day did not stand on it.
 */
function threshold(which: 'min' | 'max'): string {
  return `(SELECT ${which}(due_soon_working_days) FROM task_past)`;
}

/** That the version stood on the day, which is after its last one; worded as the index of the days on which one did. */
function stoodOverdue(day: string): string {
  return `task.valid_to > task.sort_day
    AND daterange(greatest(task.valid_from, task.sort_day + 1), task.valid_to) @> ${day}`;
}

/** The timeliness of the table alias `task` as a value. */
export function timelinessColumn({ day, dueSoonUntil }: Moment, parameters: Parameters): string {
  return `CASE
    WHEN task.sort_day = ${END} OR task.state IN ('suspended', 'cancelled') THEN 'no-date'
    WHEN task.completed_on <= task.sort_day THEN 'completed-on-time'
    WHEN task.completed_on IS NOT NULL THEN 'completed-late'
    WHEN task.sort_day < ${parameters.add(day)}::date THEN 'overdue'
    WHEN task.sort_day <= (${parameters.add(dueSoonUntil)}::date[])[task.due_soon_working_days + 1] THEN 'due-soon'
    ELSE 'on-track' END`;
}
