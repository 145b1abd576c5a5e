import { Injectable } from '@nestjs/common';
import { type ReportAnswerState, type ReportPeriodState, TASKS_REPORT_PERIOD } from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import { ReportAnswer, type ReportAnswerRow } from '../answers/answer.entity.js';
import { Duty } from '../duties/duty.entity.js';
import { Period, type PeriodRow, Step, type StepRow } from './period.entity.js';

/** Tells of the changes of a period: its whole state with that of every agency, without the texts of their reports. */
@Injectable()
export class PeriodEvents {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Raises the version of a period that the caller has locked, with further changes to its row, and appends the event.
   * Answers and steps are read as the transaction has left them.
   */
  async record(type: string, period: PeriodRow, changed: string[], columns: Partial<PeriodRow> = {}) {
    const next: PeriodRow = { ...period, ...columns, version: period.version + 1 };
    const { manager } = this.transactions;
    await manager.update(Period, { id: period.id }, { ...columns, version: next.version });
    await this.append(type, next, changed);
  }

  /** Appends the event of a period's row as it is. */
  async append(type: string, period: PeriodRow, changed: string[]): Promise<void> {
    const { manager } = this.transactions;
    const { title } = await manager.findOneByOrFail(Duty, { id: period.dutyId });
    const answers = await manager.find(ReportAnswer, {
      where: { periodId: period.id },
      order: { position: 'ASC' },
      select: PUBLIC_COLUMNS,
    });
    const steps = await manager.find(Step, {
      where: { periodId: period.id, skipped: false },
      order: { step: 'ASC' },
    });
    const state = toPeriodState(title, period, answers, steps);
    this.outbox.append({
      aggregate: TASKS_REPORT_PERIOD,
      aggregateId: period.id,
      sequence: period.version,
      type,
      state,
      changed,
    });
  }
}

/** Without the drafts. */
const PUBLIC_COLUMNS = {
  periodId: true,
  agencyCode: true,
  agencyName: true,
  submittedAt: true,
  receivedAt: true,
  correctedAt: true,
  corrections: true,
} as const;

function toPeriodState(
  dutyTitle: string,
  period: PeriodRow,
  answers: readonly Pick<ReportAnswerRow, keyof typeof PUBLIC_COLUMNS>[],
  steps: readonly StepRow[],
): ReportPeriodState {
  // In the order of the steps, so that the last one stays.
  const newest = new Map(steps.map((step) => [step.agencyCode, step]));
  return {
    id: period.id,
    version: period.version,
    dutyId: period.dutyId,
    title: `${dutyTitle} – ${period.label}`,
    number: period.number,
    label: period.label,
    opensOn: period.opensOn,
    date: period.date,
    lastDay: period.lastDay,
    deadline: period.deadline.toISOString(),
    beforeStart: period.beforeStart,
    withdrawnAt: period.withdrawnAt?.toISOString() ?? null,
    answers: answers.map((answer): ReportAnswerState => {
      const step = newest.get(answer.agencyCode);
      return {
        agency: { code: answer.agencyCode, name: answer.agencyName },
        submittedAt: (answer.receivedAt ?? answer.submittedAt)?.toISOString() ?? null,
        correctedAt: answer.correctedAt?.toISOString() ?? null,
        corrections: answer.corrections,
        step: step ? { level: step.level, at: step.at.toISOString() } : null,
      };
    }),
  };
}
