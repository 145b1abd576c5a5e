import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '#libs/auth';
import { Clock, type Day } from '#libs/calendar';
import { problem, REPORT_PERIOD_ANSWERED, REPORT_PERIOD_CORRECTED } from '#libs/contracts';
import { assertVersion, fieldProblem } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { startOf } from '../duties/due-periods.js';
import { Duty } from '../duties/duty.entity.js';
import { PeriodEvents } from '../periods/period-events.js';
import { Period, type PeriodRow } from '../periods/period.entity.js';
import { mayReportAs, overseesReports } from '../report-access.js';
import { reportProblem } from '../report-problems.js';
import {
  ReportAnswer,
  type ReportAnswerRow,
  ReportAnswerVersion,
  type ReportContent,
} from './answer.entity.js';
import { ContentChecks } from './content-checks.js';

/** The report of one agency in one period of a duty. */
export interface AnswerPlace {
  dutyId: string;
  periodId: string;
  agencyCode: string;
}

/** What agencies report: drafts, submissions, corrections. */
@Injectable()
export class AnswersService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly events: PeriodEvents,
    private readonly checks: ContentChecks,
    private readonly reference: ReferenceData,
    private readonly clock: Clock,
  ) {}

  /**
   * Keeps a draft: of the report, or, once that was submitted, of its correction. Parts may be missing. Nobody but the
   * agency reads it.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `period-not-judged`, `validation-failed`
   */
  saveDraft(
    actor: Actor,
    place: AnswerPlace,
    ifMatch: number | undefined,
    content: ReportContent,
  ): Promise<void> {
    return this.write(actor, place, ifMatch, reportsItself, async (manager, period, answer) => {
      await this.checks.check({ content, form: period.form, agencyCode: place.agencyCode, path: '' });
      await this.store(manager, answer, {
        draft: content,
        draftedAt: answer.draftedAt ?? this.clock.now(),
      });
    });
  }

  /**
   * Submits the draft, or the content when it is given. The instant decides on time or late, and ends the reminders.
   *
   * @throws problem as for a draft, and `no-draft`, `report-submitted`
   */
  submit(
    actor: Actor,
    place: AnswerPlace,
    ifMatch: number | undefined,
    given: ReportContent | null,
  ): Promise<void> {
    return this.write(actor, place, ifMatch, reportsItself, async (manager, period, answer) => {
      if (answer.submittedAt !== null) throw reportProblem('report-submitted');
      const content = given ?? answer.draft;
      if (!content) throw reportProblem('no-draft');
      await this.checks.checkComplete({
        content,
        form: period.form,
        agencyCode: place.agencyCode,
        path: given ? 'content.' : '',
      });
      const submittedAt = this.clock.now();
      await this.store(manager, answer, { draft: null, submittedAt });
      await this.keepVersion(manager, actor, answer, { number: 1, content, reason: null, receivedOn: null });
      await this.events.record(REPORT_PERIOD_ANSWERED, period, ['answers']);
    });
  }

  /**
   * Enters a report that came on paper, for those who oversee the duty. The day on which it came decides on time or late
   * (its hour is not known: the beginning of the day counts); looked back at, it is known from now on. A draft of the
   * agency stays, for a correction.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `period-not-judged`, `report-submitted`,
   *   `validation-failed`, also for a day that is still to come
   */
  enterPaper(
    actor: Actor,
    place: AnswerPlace,
    ifMatch: number | undefined,
    { receivedOn, content }: { receivedOn: Day; content: ReportContent },
  ): Promise<void> {
    const today = this.clock.today();
    if (receivedOn > today)
      throw fieldProblem({ field: 'receivedOn', code: 'too-large', parameters: { max: today } });
    return this.write(actor, place, ifMatch, takesPaper, async (manager, period, answer) => {
      if (answer.submittedAt !== null) throw reportProblem('report-submitted');
      const { agencyCode } = place;
      await this.checks.checkComplete({ content, form: period.form, agencyCode, path: 'content.' });
      await this.store(manager, answer, { submittedAt: this.clock.now(), receivedAt: startOf(receivedOn) });
      await this.keepVersion(manager, actor, answer, { number: 1, content, reason: null, receivedOn });
      await this.events.record(REPORT_PERIOD_ANSWERED, period, ['answers']);
    });
  }

  /**
   * Submits a new version of a submitted report: the draft, or the content when it is given. All versions are kept.
   *
   * @throws problem as for a submission, and `report-not-submitted`
   */
  correct(
    actor: Actor,
    place: AnswerPlace,
    ifMatch: number | undefined,
    { given, reason }: { given: ReportContent | null; reason: string },
  ): Promise<void> {
    return this.write(actor, place, ifMatch, reportsItself, async (manager, period, answer) => {
      if (answer.submittedAt === null) throw reportProblem('report-not-submitted');
      const content = given ?? answer.draft;
      if (!content) throw reportProblem('no-draft');
      await this.checks.checkComplete({
        content,
        form: period.form,
        agencyCode: place.agencyCode,
        path: given ? 'content.' : '',
      });
      const corrections = answer.corrections + 1;
      await this.store(manager, answer, { draft: null, correctedAt: this.clock.now(), corrections });
      await this.keepVersion(manager, actor, answer, {
        number: corrections + 1,
        content,
        reason,
        receivedOn: null,
      });
      await this.events.record(REPORT_PERIOD_CORRECTED, period, ['answers']);
    });
  }

  /** Locks the period before the answer, as the reminders do: whoever is first decides whether one goes out. */
  private write(
    actor: Actor,
    { dutyId, periodId, agencyCode }: AnswerPlace,
    ifMatch: number | undefined,
    may: (caller: Pick<Actor, 'agency'>, agencyCode: string, oversees: boolean) => boolean,
    work: (manager: EntityManager, period: PeriodRow, answer: ReportAnswerRow) => Promise<void>,
  ): Promise<void> {
    return this.transactions.run(async (manager) => {
      const lock = { mode: 'pessimistic_write' } as const;
      const period = await manager.findOne(Period, { where: { id: periodId, dutyId }, lock });
      const answer = await manager.findOne(ReportAnswer, { where: { periodId, agencyCode }, lock });
      if (!period || !answer) throw problem('not-found');
      const duty = await manager.findOneByOrFail(Duty, { id: dutyId });
      const oversees = overseesReports(actor, duty, this.reference);
      if (!may(actor, agencyCode, oversees)) {
        const seen = oversees || mayReportAs(actor, agencyCode);
        throw problem(seen ? 'other-agency' : 'not-found');
      }
      assertVersion(answer.version, ifMatch);
      // What was submitted may still be corrected after the duty ended.
      const isOpen = !period.beforeStart && (period.withdrawnAt === null || answer.submittedAt !== null);
      if (!isOpen) throw reportProblem('period-not-judged');
      await work(manager, period, answer);
    });
  }

  private async store(
    manager: EntityManager,
    { periodId, agencyCode, version }: ReportAnswerRow,
    changes: Partial<ReportAnswerRow>,
  ): Promise<void> {
    await manager.update(ReportAnswer, { periodId, agencyCode }, { ...changes, version: version + 1 });
  }

  private async keepVersion(
    manager: EntityManager,
    { subject }: Actor,
    { periodId, agencyCode }: ReportAnswerRow,
    version: Pick<ReportAnswerVersion, 'number' | 'content' | 'reason' | 'receivedOn'>,
  ): Promise<void> {
    const submittedAt = this.clock.now();
    await manager.insert(ReportAnswerVersion, { periodId, agencyCode, subject, submittedAt, ...version });
  }
}

const reportsItself = (caller: Pick<Actor, 'agency'>, agencyCode: string): boolean =>
  mayReportAs(caller, agencyCode);

/** An agency that can send its report here does so itself. */
const takesPaper = ({ agency }: Pick<Actor, 'agency'>, agencyCode: string, oversees: boolean): boolean =>
  oversees && agency !== agencyCode;
