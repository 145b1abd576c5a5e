import { type ReportCounts, type ReportPeriodState, reportStateOf } from '#libs/contracts';

/**
 * How the reports of all periods stand at an instant; the same as the tasks service counts. Those that nobody is judged
 * by (before-start, withdrawn) are in no count.
 *
 * @param at ISO 8601 UTC
 */
export function reportCounts(periods: Iterable<ReportPeriodState>, at: string): ReportCounts {
  const counts: ReportCounts = { onTime: 0, late: 0, missing: 0, due: 0 };
  for (const { deadline, beforeStart, withdrawnAt, answers } of periods) {
    for (const { submittedAt } of answers) {
      const facts = { deadline, beforeStart, withdrawnAt, submittedAt, draftedAt: null };
      const state = reportStateOf(facts, at);
      if (state === 'on-time') counts.onTime += 1;
      else if (state === 'late' || state === 'missing') counts[state] += 1;
      else if (state === 'open') counts.due += 1;
    }
  }
  return counts;
}

/** Whether a deadline fell after the first instant, up to and with the second: the counts differ without any event. */
export function hasDeadlineBetween(
  periods: Iterable<ReportPeriodState>,
  after: string,
  until: string,
): boolean {
  for (const { deadline } of periods) if (after < deadline && deadline <= until) return true;
  return false;
}
