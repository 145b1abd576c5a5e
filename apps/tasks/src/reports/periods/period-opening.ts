import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock, WorkingCalendar } from '#libs/calendar';
import { REPORT_PERIOD_OPENED } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { ReportAnswer } from '../answers/answer.entity.js';
import { type DuePeriod, duePeriods } from '../duties/due-periods.js';
import { Duty, type DutyRow } from '../duties/duty.entity.js';
import { reportersOf } from '../report-access.js';
import { stepsOf } from './escalation.js';
import { Period, type PeriodRow } from './period.entity.js';
import { PeriodEvents } from './period-events.js';

/** Opens the periods of a duty as their days come. */
@Injectable()
export class PeriodOpening {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly events: PeriodEvents,
    private readonly reference: ReferenceData,
    private readonly calendar: WorkingCalendar,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens every period that has begun by today and is not open yet, however many days were missed. The duty's row is
   * locked by the caller; the key (duty, number) would refuse a second one in any case.
   */
  async openDue(duty: DutyRow): Promise<void> {
    const today = this.clock.today();
    let opened = duty.periods;
    let nextOpensOn: string | null = null;
    for (const due of duePeriods(duty.rule, duty.startsOn)) {
      if (due.number <= duty.periods) continue;
      if (duty.endsOn !== null && duty.endsOn < due.lastDay) break;
      if (due.opensOn > today) {
        nextOpensOn = due.opensOn;
        break;
      }
      await this.open(duty, due);
      opened = due.number;
    }
    await this.transactions.manager.update(Duty, { id: duty.id }, { periods: opened, nextOpensOn });
  }

  private async open(duty: DutyRow, due: DuePeriod): Promise<void> {
    const period = this.toRow(duty, due);
    const { manager } = this.transactions;
    const inserted = await manager
      .createQueryBuilder()
      .insert()
      .into(Period)
      .values(period)
      .orIgnore()
      .returning('id')
      .execute();
    if ((inserted.raw as unknown[]).length === 0) return;
    await manager.insert(
      ReportAnswer,
      reportersOf(duty, this.reference).map(({ code, name }, position) => ({
        periodId: period.id,
        agencyCode: code,
        agencyName: name,
        position,
        version: 1,
        draft: null,
        draftedAt: null,
        submittedAt: null,
        receivedAt: null,
        correctedAt: null,
        corrections: 0,
      })),
    );
    await this.events.append(REPORT_PERIOD_OPENED, period, []);
  }

  private toRow(duty: DutyRow, due: DuePeriod): PeriodRow {
    const period: PeriodRow = {
      ...due,
      id: uuidv7(),
      version: 1,
      dutyId: duty.id,
      beforeStart: due.lastDay < duty.countedFrom,
      openedAt: this.clock.now(),
      withdrawnAt: null,
      form: duty.form,
      graceWorkingDays: duty.graceWorkingDays,
      escalation: duty.escalation,
      stepsTaken: 0,
      nextStepAt: null,
    };
    const [reminder] = period.beforeStart ? [] : stepsOf(period, this.calendar);
    return { ...period, nextStepAt: reminder?.dueAt ?? null };
  }
}
