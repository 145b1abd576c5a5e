import { Injectable } from '@nestjs/common';
import { In, LessThanOrEqual } from 'typeorm';
import type { Actor } from '#libs/auth';
import { Clock, dayOf } from '#libs/calendar';
import { problem, type ReportCounts, reportStateOf } from '#libs/contracts';
import { decodeCursor, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { ReportAnswer, type ReportAnswerRow, ReportAnswerVersion } from '../answers/answer.entity.js';
import { startOf } from '../duties/due-periods.js';
import { DutiesQueries } from '../duties/duties.queries.js';
import type { Duty } from '../duties/duty.entity.js';
import { overseesReports } from '../report-access.js';
import { instantOf } from './as-of.js';
import { Period, Step } from './period.entity.js';
import type { AsOfQuery, ListPeriodsQuery } from './period.requests.js';
import type { AnswerLine, PeriodDetail, PeriodItem, PeriodTimelineLine } from './period-state.js';
import { NO_REPORTS } from './report-state-sql.js';
import { type Corrected, toTimeline } from './timeline.js';

/** Periods as they stand, or stood on a past day. */
@Injectable()
export class PeriodsQueries {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly duties: DutiesQueries,
    private readonly reference: ReferenceData,
    private readonly clock: Clock,
  ) {}

  /**
   * The newest period first.
   * @throws problem `not-found` for a duty that does not concern the caller
   */
  async list(actor: Actor, dutyId: string, query: ListPeriodsQuery): Promise<Page<PeriodItem>> {
    const { limit, cursor, ...filters } = query;
    const at = instantOf(filters.asOf, this.clock);
    const [after] = decodeCursor<[number]>(cursor, filters, ['integer']) ?? [];
    const duty = await this.duties.find(actor, dutyId);
    const select = this.transactions.manager
      .createQueryBuilder(Period, 'period')
      .where('period.duty_id = :dutyId', { dutyId })
      .andWhere('period.opens_on <= :day', { day: dayOf(new Date(at)) });
    if (after !== undefined) select.andWhere('period.number < :after', { after });
    const periods = await select
      .orderBy('period.number', 'DESC')
      .limit(limit + 1)
      .getMany();
    const answers = await this.answersOf(
      actor,
      duty,
      periods.map(({ id }) => id),
    );
    const items = periods.map((period) => {
      const own = answers.filter(({ periodId }) => periodId === period.id);
      return toItem(
        duty,
        period,
        own.map((answer) => lineOf(period, answer, at)),
        at,
      );
    });
    return toPage(items, limit, ({ number }) => [number], filters);
  }

  /** @throws problem `not-found`, also for a period that had not begun on that day */
  async read(actor: Actor, dutyId: string, id: string, { asOf }: AsOfQuery): Promise<PeriodDetail> {
    const duty = await this.duties.find(actor, dutyId);
    return this.detailOf(actor, duty, id, instantOf(asOf, this.clock));
  }

  /**
   * A period as it stood at an instant.
   * @throws problem `not-found`
   */
  async detailOf(actor: Actor, duty: Duty, id: string, at: string): Promise<PeriodDetail> {
    const { manager } = this.transactions;
    const period = await manager.findOneBy(Period, { id, dutyId: duty.id });
    if (!period || startOf(period.opensOn).toISOString() > at) throw problem('not-found');
    const answers = await this.answersOf(actor, duty, [id]);
    const codes = answers.map(({ agencyCode }) => agencyCode);
    const until = LessThanOrEqual(new Date(at));
    const steps = await manager.find(Step, {
      where: { periodId: id, agencyCode: In(codes), at: until },
      order: { step: 'ASC', agencyCode: 'ASC' },
    });
    const corrections: Corrected[] = await manager.find(ReportAnswerVersion, {
      where: { periodId: id, agencyCode: In(codes), submittedAt: until },
      order: { number: 'ASC' },
      select: { agencyCode: true, number: true, submittedAt: true, reason: true, receivedOn: true },
    });
    const lines = answers.map((answer) => {
      const later = corrections.filter(
        ({ agencyCode, number }) => agencyCode === answer.agencyCode && number > 1,
      );
      const taken = steps
        .filter(({ agencyCode, skipped }) => agencyCode === answer.agencyCode && !skipped)
        .at(-1);
      return {
        ...lineOf(period, answer, at),
        correctedAt: later.at(-1)?.submittedAt.toISOString() ?? null,
        corrections: later.length,
        step: taken ? { level: taken.level, at: taken.at.toISOString() } : null,
      };
    });
    const { form, graceWorkingDays, escalation } = period;
    const timeline: PeriodTimelineLine[] = toTimeline(period, answers, steps, corrections);
    return {
      ...toItem(duty, period, lines, at),
      form,
      graceWorkingDays,
      escalation,
      answers: lines,
      timeline: timeline.filter((line) => line.at <= at),
    };
  }

  /** Without the drafts. */
  private answersOf(actor: Actor, duty: Duty, periodIds: string[]): Promise<ReportAnswerRow[]> {
    const own = overseesReports(actor, duty, this.reference) ? {} : { agencyCode: actor.agency ?? '' };
    return this.transactions.manager.find(ReportAnswer, {
      where: { periodId: In(periodIds), ...own },
      order: { position: 'ASC' },
      select: {
        periodId: true,
        agencyCode: true,
        agencyName: true,
        submittedAt: true,
        receivedAt: true,
        draftedAt: true,
      },
    });
  }
}

function lineOf(period: Period, answer: ReportAnswerRow, at: string): AnswerLine {
  const submittedAt = answer.submittedAt?.toISOString() ?? null;
  const facts = {
    deadline: period.deadline.toISOString(),
    beforeStart: period.beforeStart,
    withdrawnAt: period.withdrawnAt?.toISOString() ?? null,
    submittedAt,
    receivedAt: answer.receivedAt?.toISOString() ?? null,
    draftedAt: answer.draftedAt?.toISOString() ?? null,
  };
  return {
    agency: { code: answer.agencyCode, name: answer.agencyName },
    state: reportStateOf(facts, at),
    submittedAt: submittedAt !== null && submittedAt <= at ? (facts.receivedAt ?? submittedAt) : null,
    correctedAt: null,
    corrections: 0,
    step: null,
  };
}

function toItem(duty: Duty, period: Period, lines: readonly AnswerLine[], at: string): PeriodItem {
  const withdrawnAt = period.withdrawnAt?.toISOString() ?? null;
  return {
    id: period.id,
    version: period.version,
    dutyId: duty.id,
    title: `${duty.title} – ${period.label}`,
    number: period.number,
    label: period.label,
    opensOn: period.opensOn,
    date: period.date,
    lastDay: period.lastDay,
    deadline: period.deadline.toISOString(),
    beforeStart: period.beforeStart,
    withdrawnAt: withdrawnAt !== null && withdrawnAt <= at ? withdrawnAt : null,
    counts: countOf(lines),
  };
}

function countOf(lines: readonly AnswerLine[]): ReportCounts {
  const counts = { ...NO_REPORTS };
  for (const { state } of lines) {
    if (state === 'on-time') counts.onTime += 1;
    else if (state === 'late' || state === 'missing') counts[state] += 1;
    else if (state === 'open' || state === 'draft') counts.due += 1;
  }
  return counts;
}
