import type { AgencyRef } from '#libs/contracts';
import type { ReportAnswerRow, ReportAnswerVersion } from '../answers/answer.entity.js';
import type { PeriodRow, StepRow } from './period.entity.js';
import type { PeriodTimelineLine } from './period-state.js';

/** A version of a report without its text. */
export type Corrected = Pick<
  ReportAnswerVersion,
  'agencyCode' | 'number' | 'submittedAt' | 'reason' | 'receivedOn'
>;

/** Everything that happened in a period to the reports of these agencies, oldest first. */
export function toTimeline(
  period: PeriodRow,
  answers: readonly ReportAnswerRow[],
  steps: readonly StepRow[],
  versions: readonly Corrected[],
): PeriodTimelineLine[] {
  const names = new Map(answers.map(({ agencyCode, agencyName }) => [agencyCode, agencyName]));
  const agencyOf = (code: string): AgencyRef => ({ code, name: names.get(code) ?? code });
  const lines: PeriodTimelineLine[] = [
    line(period.openedAt, 'opened', {}),
    ...versions.map(({ agencyCode, number, submittedAt, reason, receivedOn }) => {
      const first = receivedOn === null ? 'submitted' : 'entered-from-paper';
      const what = number === 1 ? first : 'corrected';
      return line(submittedAt, what, { agency: agencyOf(agencyCode), reason, receivedOn });
    }),
    ...steps.map(({ agencyCode, step, level, dueAt, at, skipped }) => {
      const what = skipped ? 'step-skipped' : step === 0 ? 'reminded' : 'escalated';
      return line(at, what, { agency: agencyOf(agencyCode), level, dueAt: dueAt.toISOString() });
    }),
    ...(period.withdrawnAt ? [line(period.withdrawnAt, 'withdrawn', {})] : []),
  ];
  // Stable: what happened at the same instant stays in the order above, steps in theirs.
  return lines.sort((one, other) => one.at.localeCompare(other.at));
}

function line(
  at: Date,
  what: PeriodTimelineLine['what'],
  details: Partial<PeriodTimelineLine>,
): PeriodTimelineLine {
  return {
    at: at.toISOString(),
    what,
    agency: null,
    level: null,
    dueAt: null,
    reason: null,
    receivedOn: null,
    ...details,
  };
}
