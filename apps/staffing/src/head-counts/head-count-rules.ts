import { fieldProblem } from '#libs/http';

/** Day on which the commune units of today came into being; none can have had staff before it. */
export const UNITS_EXIST_SINCE = '2025-07-01';

/**
 * Refuses a figure of the future.
 *
 * @param today yyyy-MM-dd
 * @throws problem `validation-failed` on `asOf`
 */
export function checkAsOf(asOf: string, today: string): void {
  if (asOf > today) throw fieldProblem({ field: 'asOf', code: 'too-large', parameters: { max: today } });
}

/**
 * Whether a new report takes the place of the one that counted so far. A report of an earlier day is a late answer
 * about the past: it is kept, and the newer figure stays. One of the same day is a correction.
 */
export function counts(report: { asOf: string }, current: { asOf: string } | null): boolean {
  return current === null || report.asOf >= current.asOf;
}
