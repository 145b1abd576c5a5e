import { Injectable } from '@nestjs/common';
import { Clock, WorkingCalendar } from '#libs/calendar';
import {
  type AgencyRef,
  type EscalationLevel,
  REPORT_PERIOD_ESCALATED,
  REPORT_PERIOD_REMINDED,
} from '#libs/contracts';
import { Round } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { IsNull, type EntityManager } from 'typeorm';
import { type NewNotice, Notices } from '../../notices/notices.js';
import { ReportAnswer } from '../answers/answer.entity.js';
import { Duty } from '../duties/duty.entity.js';
import { type DueStep, stepsOf } from './escalation.js';
import { missingNotice } from './missing-notices.js';
import { Period, type PeriodRow, Step } from './period.entity.js';
import { PeriodEvents } from './period-events.js';

/**
 * Reminds agencies of missing reports and tells the next level, step by step, until the report comes. After a downtime
 * the step of the present day is taken; those whose time has passed meanwhile are put on record as skipped.
 */
@Injectable()
export class RemindersRound extends Round {
  readonly name = 'report-reminders';

  constructor(
    private readonly transactions: TransactionScope,
    private readonly events: PeriodEvents,
    private readonly notices: Notices,
    private readonly calendar: WorkingCalendar,
    private readonly clock: Clock,
  ) {
    super();
  }

  async run(): Promise<void> {
    const due: { id: string }[] = await this.transactions.manager.query(
      `SELECT id FROM report_period WHERE next_step_at <= $1 ORDER BY next_step_at, id`,
      [this.clock.now()],
    );
    for (const { id } of due) await this.follow(id);
  }

  /** One period in one transaction; another replica that is at it, or a report that comes in just now, goes first. */
  private follow(id: string): Promise<void> {
    return this.transactions.run(async (manager) => {
      const now = this.clock.now();
      const period = await manager
        .createQueryBuilder(Period, 'period')
        .where('period.id = :id AND period.next_step_at <= :now', { id, now })
        .setLock('pessimistic_write')
        .setOnLocked('skip_locked')
        .getOne();
      if (!period) return;
      const missing = await manager.find(ReportAnswer, {
        where: { periodId: id, submittedAt: IsNull() },
        order: { position: 'ASC' },
      });
      const agencies = missing.map(({ agencyCode, agencyName }) => ({ code: agencyCode, name: agencyName }));
      if (agencies.length === 0) await manager.update(Period, { id }, { nextStepAt: null });
      else await this.take(manager, period, agencies);
    });
  }

  private async take(
    manager: EntityManager,
    period: PeriodRow,
    agencies: readonly (AgencyRef & { code: string })[],
  ): Promise<void> {
    const now = this.clock.now();
    const steps = stepsOf(period, this.calendar);
    const due = steps.filter(({ step, dueAt }) => step >= period.stepsTaken && dueAt <= now);
    const current = due.at(-1);
    const next = steps.find(({ dueAt }) => dueAt > now);
    const nextStepAt = next?.dueAt ?? null;
    if (!current) {
      // The calendar of days off was replaced after the day was worked out.
      await manager.update(Period, { id: period.id }, { nextStepAt });
      return;
    }
    const rows = due.flatMap(({ step, level, dueAt }) =>
      agencies.map(({ code }) => ({
        periodId: period.id,
        agencyCode: code,
        step,
        level,
        dueAt,
        at: now,
        skipped: step < current.step,
      })),
    );
    await manager.createQueryBuilder().insert().into(Step).values(rows).orIgnore().execute();
    const duty = await manager.findOneByOrFail(Duty, { id: period.dutyId });
    for (const notice of this.noticesOf(duty, period, current, agencies)) await this.notices.give(notice);
    const type = current.step === 0 ? REPORT_PERIOD_REMINDED : REPORT_PERIOD_ESCALATED;
    await this.events.record(type, period, ['answers'], { stepsTaken: current.step + 1, nextStepAt });
  }

  /** The agency and its head are each told of their own report; higher levels get one notice that names all. */
  private noticesOf(
    duty: Duty,
    period: PeriodRow,
    { step, level }: DueStep,
    agencies: readonly (AgencyRef & { code: string })[],
  ): NewNotice[] {
    const cause = `report-missing/${period.id}/${step}`;
    if (level !== 'agency' && level !== 'agency-head') {
      return [missingNotice(duty, period, { cause, level, recipients: [RECIPIENT[level]], agencies })];
    }
    const role = level === 'agency' ? 'desk' : 'head';
    return agencies.map((agency) =>
      missingNotice(duty, period, {
        cause: `${cause}/${agency.code}`,
        level,
        recipients: [{ agency: agency.code, role }],
        agencies: [agency],
      }),
    );
  }
}

/** Who is told of missing reports above the agencies themselves; roles: DOMAIN, "Roles". */
const RECIPIENT: Readonly<Record<Exclude<EscalationLevel, 'agency-head'>, NewNotice['recipients'][number]>> =
  {
    'standing-body': { agency: 'SKHCN', role: 'desk' },
    'provincial-office': { agency: 'VPUBND', role: 'desk' },
    'vice-chair': { agency: 'UBND', role: 'vice-chair' },
  };
