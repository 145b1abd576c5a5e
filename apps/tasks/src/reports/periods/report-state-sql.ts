import type { ReportCounts } from '#libs/contracts';

/**
 * The state of a report at an instant, on the aliases `period` and `answer`: the same as `reportStateOf`.
 *
 * @param at the parameter that holds the instant, such as `$1`
 */
export function stateExpression(at: string): string {
  return `CASE
    WHEN period.before_start THEN 'before-start'
    WHEN answer.submitted_at <= ${at} THEN
      CASE WHEN coalesce(answer.received_at, answer.submitted_at) < period.deadline THEN 'on-time' ELSE 'late' END
    WHEN period.withdrawn_at <= ${at} THEN 'withdrawn'
    WHEN period.deadline <= ${at} THEN 'missing'
    WHEN answer.drafted_at <= ${at} THEN 'draft'
    ELSE 'open'
  END`;
}

/** Selects {@link ReportCounts} of rows that have a column `state`. */
export const COUNTS = `
  (count(*) FILTER (WHERE state = 'on-time'))::int AS "onTime",
  (count(*) FILTER (WHERE state = 'late'))::int AS late,
  (count(*) FILTER (WHERE state = 'missing'))::int AS missing,
  (count(*) FILTER (WHERE state IN ('open', 'draft')))::int AS due`;

export const NO_REPORTS: ReportCounts = { onTime: 0, late: 0, missing: 0, due: 0 };
