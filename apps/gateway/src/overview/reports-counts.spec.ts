import { describe, expect, it } from '@jest/globals';
import type { ReportPeriodState } from '#libs/contracts';
import { hasDeadlineBetween, reportCounts } from './reports-counts.js';

const DEADLINE = '2026-05-19T17:00:00.000Z';

function periodOf(
  submissions: (string | null)[],
  changes: Partial<ReportPeriodState> = {},
): ReportPeriodState {
  return {
    id: '01a20000-0000-7000-8000-000000000001',
    version: 1,
    dutyId: '01a20000-0000-7000-8000-000000000002',
    title: 'Báo cáo – Tháng 5/2026',
    number: 1,
    label: 'Tháng 5/2026',
    opensOn: '2026-04-20',
    date: '2026-05-20',
    lastDay: '2026-05-19',
    deadline: DEADLINE,
    beforeStart: false,
    withdrawnAt: null,
    answers: submissions.map((submittedAt, index) => ({
      agency: { code: `A${index}`, name: `Cơ quan ${index}` },
      submittedAt,
      correctedAt: null,
      corrections: 0,
      step: null,
    })),
    ...changes,
  };
}

const submissions = [null, '2026-05-19T16:59:59.999Z', DEADLINE];

describe('the counts of reports', () => {
  it('change at the deadline, which is the first instant that is too late', () => {
    const counts = (at: string) => reportCounts([periodOf(submissions)], at);
    expect(counts('2026-05-19T16:59:59.999Z')).toEqual({ onTime: 1, late: 0, missing: 0, due: 2 });
    expect(counts(DEADLINE)).toEqual({ onTime: 1, late: 1, missing: 1, due: 0 });
  });

  it('judge nobody by a period of before the registration, or by one that was withdrawn', () => {
    const before = periodOf(submissions, { beforeStart: true });
    const withdrawn = periodOf([null], { withdrawnAt: '2026-05-01T00:00:00.000Z' });
    const nothing = { onTime: 0, late: 0, missing: 0, due: 0 };
    expect(reportCounts([before, withdrawn], '2026-06-01T00:00:00.000Z')).toEqual(nothing);
  });

  it('are known to change between two instants when a deadline lies between them', () => {
    expect(hasDeadlineBetween([periodOf([])], '2026-05-19T16:59:59.999Z', DEADLINE)).toBe(true);
    expect(hasDeadlineBetween([periodOf([])], DEADLINE, '2026-05-20T00:00:00.000Z')).toBe(false);
    expect(hasDeadlineBetween([], '2026-01-01T00:00:00.000Z', DEADLINE)).toBe(false);
  });
});
