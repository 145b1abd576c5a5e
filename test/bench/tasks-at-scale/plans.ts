import type { Client } from 'pg';
import { addDays, daysBetween, WorkingCalendar } from '#libs/calendar';
import { loadReferenceData } from '#libs/reference';
import type { Moment } from '../../../apps/tasks/src/assignments/moment.js';
import type { TaskFilters } from '../../../apps/tasks/src/assignments/task.requests.js';
import { TaskSelection } from '../../../apps/tasks/src/assignments/task-selection.js';

const PAGE = 50;

/** EXPLAIN ANALYZE of the pages that are asked for most, and of the dearest ones. */
export async function explainHotQueries(client: Client, today: string): Promise<string> {
  const reference = loadReferenceData();
  const calendar = new WorkingCalendar(reference.holidays);
  const momentOf = (day: string): Moment => ({
    day,
    live: day === today,
    daysAgo: daysBetween(day, today),
    dueSoonUntil: Array.from({ length: 61 }, (_, left) => calendar.lastDayWithin(day, left)),
  });
  const past = addDays(today, -200);
  const asked: [name: string, day: string, filters: TaskFilters, agency: string | null][] = [
    ['first page', today, {}, null],
    ['an agency’s own', today, {}, 'STC'],
    ['lead and overdue', today, { lead: 'STC', timeliness: ['overdue'] }, null],
    ['overdue', today, { timeliness: ['overdue'] }, null],
    ['a word', today, { q: 'tap huan' }, null],
    ['a word, an agency’s own', today, { q: 'tap huan' }, 'STC'],
    ['as of 200 days ago', past, {}, null],
    ['as of 200 days ago, lead', past, { lead: 'STC' }, null],
    ['as of 200 days ago, overdue', past, { timeliness: ['overdue'] }, null],
    ['as of 200 days ago, on track', past, { timeliness: ['on-track'] }, null],
    ['as of 200 days ago, due soon', past, { timeliness: ['due-soon'] }, null],
    ['as of 200 days ago, a word', past, { q: 'tap huan' }, null],
  ];
  const plans: string[] = [];
  for (const [name, day, filters, agency] of asked) {
    const isCommon = filters.q !== undefined;
    const selection = new TaskSelection(momentOf(day), filters, { agency }, reference, { isCommon });
    const { text, values } = selection.page(undefined, PAGE);
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF) ${text}`,
      values,
    );
    plans.push(`${name}\n${rows.map((row) => row['QUERY PLAN']).join('\n')}`);
  }
  return `${plans.join('\n\n')}\n`;
}
