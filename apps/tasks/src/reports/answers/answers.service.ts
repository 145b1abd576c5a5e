import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { problem, REPORT_PERIOD_ANSWERED, REPORT_PERIOD_CORRECTED } from '#libs/contracts';
import { assertVersion } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
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
    return this.write(actor, place, ifMatch, async (manager, period, answer) => {
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
    return this.write(actor, place, ifMatch, async (manager, period, answer) => {
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
      await this.keepVersion(manager, actor, answer, { number: 1, content, reason: null });
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
    return this.write(actor, place, ifMatch, async (manager, period, answer) => {
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
      await this.keepVersion(manager, actor, answer, { number: corrections + 1, content, reason });
      await this.events.record(REPORT_PERIOD_CORRECTED, period, ['answers']);
    });
  }

  /** Locks the period before the answer, as the reminders do: whoever is first decides whether one goes out. */
  private write(
    actor: Actor,
    { dutyId, periodId, agencyCode }: AnswerPlace,
    ifMatch: number | undefined,
    work: (manager: EntityManager, period: PeriodRow, answer: ReportAnswerRow) => Promise<void>,
  ): Promise<void> {
    return this.transactions.run(async (manager) => {
      const lock = { mode: 'pessimistic_write' } as const;
      const period = await manager.findOne(Period, { where: { id: periodId, dutyId }, lock });
      const answer = await manager.findOne(ReportAnswer, { where: { periodId, agencyCode }, lock });
      if (!period || !answer) throw problem('not-found');
      if (!mayReportAs(actor, agencyCode)) {
        const duty = await manager.findOneByOrFail(Duty, { id: dutyId });
        throw problem(overseesReports(actor, duty, this.reference) ? 'other-agency' : 'not-found');
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
    version: Pick<ReportAnswerVersion, 'number' | 'content' | 'reason'>,
  ): Promise<void> {
    const submittedAt = this.clock.now();
    await manager.insert(ReportAnswerVersion, { periodId, agencyCode, subject, submittedAt, ...version });
  }
}
