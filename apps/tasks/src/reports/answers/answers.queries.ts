import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { type AgencyRef, problem, type ReportForm, type ReportState, reportStateOf } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { Duty } from '../duties/duty.entity.js';
import { Period } from '../periods/period.entity.js';
import { mayReportAs, overseesReports } from '../report-access.js';
import { ReportAnswer, ReportAnswerVersion, type ReportContent } from './answer.entity.js';
import type { AnswerPlace } from './answers.service.js';

/** A report as it was submitted (number 1) or corrected. */
export interface AnswerVersion {
  number: number;
  /** ISO 8601 UTC. */
  submittedAt: string;
  /** Day on which it came on paper; null for one that was sent here. */
  receivedOn: string | null;
  reason: string | null;
  content: ReportContent;
}

/** The report of an agency in a period, whole. */
export interface AnswerDetail {
  version: number;
  dutyId: string;
  periodId: string;
  agency: AgencyRef;
  state: ReportState;
  /** First instant that is too late, ISO 8601 UTC. */
  deadline: string;
  form: ReportForm;
  /** Null for everybody but the agency itself. */
  draft: ReportContent | null;
  /** Oldest first; the last one is what the agency reports. */
  versions: AnswerVersion[];
}

@Injectable()
export class AnswersQueries {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly reference: ReferenceData,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `not-found`, also for a report that the caller may not see */
  async read(actor: Actor, { dutyId, periodId, agencyCode }: AnswerPlace): Promise<AnswerDetail> {
    const { manager } = this.transactions;
    const period = await manager.findOneBy(Period, { id: periodId, dutyId });
    const answer = await manager.findOneBy(ReportAnswer, { periodId, agencyCode });
    const duty = await manager.findOneBy(Duty, { id: dutyId });
    if (!period || !answer || !duty) throw problem('not-found');
    const own = mayReportAs(actor, agencyCode);
    if (!own && !overseesReports(actor, duty, this.reference)) throw problem('not-found');
    const versions = await manager.find(ReportAnswerVersion, {
      where: { periodId, agencyCode },
      order: { number: 'ASC' },
    });
    const facts = {
      deadline: period.deadline.toISOString(),
      beforeStart: period.beforeStart,
      withdrawnAt: period.withdrawnAt?.toISOString() ?? null,
      submittedAt: answer.submittedAt?.toISOString() ?? null,
      receivedAt: answer.receivedAt?.toISOString() ?? null,
      draftedAt: answer.draftedAt?.toISOString() ?? null,
    };
    return {
      version: answer.version,
      dutyId,
      periodId,
      agency: { code: agencyCode, name: answer.agencyName },
      state: reportStateOf(facts, this.clock.now().toISOString()),
      deadline: facts.deadline,
      form: period.form,
      draft: own ? answer.draft : null,
      versions: versions.map(({ number, submittedAt, receivedOn, reason, content }) => ({
        number,
        submittedAt: submittedAt.toISOString(),
        receivedOn,
        reason,
        content,
      })),
    };
  }
}
