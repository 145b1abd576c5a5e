import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { type AgencyRef, type DirectiveState, problem, type ReportFigure } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { Task } from '../../assignments/task.entity.js';
import { Directive } from '../../directives/directive.entity.js';
import { toDirectiveState } from '../../directives/directive-state.js';
import type { ReportContent } from '../answers/answer.entity.js';
import { DutiesQueries } from '../duties/duties.queries.js';
import type { Duty } from '../duties/duty.entity.js';
import { instantOf } from '../periods/as-of.js';
import type { AsOfQuery } from '../periods/period.requests.js';
import { PeriodsQueries } from '../periods/periods.queries.js';
import { overseesReports } from '../report-access.js';
import {
  type AgencyPoints,
  type Consolidation,
  exactSum,
  type FigureSummary,
  type TaskSummary,
} from './consolidation.js';

/** A report that was submitted, with who did. */
interface Submitted {
  agency: AgencyRef;
  content: ReportContent;
}

/** Takes the reports of a period together, for those who oversee the duty. */
@Injectable()
export class ConsolidationService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly duties: DutiesQueries,
    private readonly periods: PeriodsQueries,
    private readonly reference: ReferenceData,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `not-found`, `other-agency` for an agency that only reports */
  async consolidate(
    actor: Actor,
    dutyId: string,
    periodId: string,
    query: AsOfQuery,
  ): Promise<Consolidation> {
    const duty = await this.duties.find(actor, dutyId);
    if (!overseesReports(actor, duty, this.reference)) throw problem('other-agency');
    const at = instantOf(query.asOf, this.clock);
    const { version: _, timeline: __, ...detail } = await this.periods.detailOf(actor, duty, periodId, at);
    const { answers, counts, form, graceWorkingDays: ___, escalation: ____, ...period } = detail;
    const contents = await this.contentsOf(periodId, at);
    const submitted = answers.flatMap(({ agency }): Submitted[] => {
      const content = contents.get(agency.code ?? '');
      return content ? [{ agency, content }] : [];
    });
    return {
      asOf: at,
      preparedBy: this.preparedBy(actor, duty),
      duty: { id: duty.id, title: duty.title, clause: duty.clause, recipients: duty.recipients },
      directive: await this.directiveOf(duty),
      period,
      form,
      counts,
      agencies: answers,
      results: submitted.flatMap(({ agency, content: { results } }) =>
        results === null ? [] : [{ agency, text: results }],
      ),
      figures: form.figures.map((figure) => summaryOf(figure, submitted)),
      obstacles: pointsOf(submitted, ({ obstacles }) => obstacles),
      proposals: pointsOf(submitted, ({ proposals }) => proposals),
      tasks: await this.tasksOf(submitted),
    };
  }

  /** The newest version of each agency's report, by agency code. */
  private async contentsOf(periodId: string, at: string): Promise<Map<string, ReportContent>> {
    const rows: { code: string; content: ReportContent }[] = await this.transactions.manager.query(
      `SELECT DISTINCT ON (agency_code) agency_code AS code, content FROM report_answer_version
       WHERE period_id = $1 AND submitted_at <= $2
       ORDER BY agency_code, number DESC`,
      [periodId, at],
    );
    return new Map(rows.map(({ code, content }) => [code, content]));
  }

  private async directiveOf({ directiveId }: Duty): Promise<DirectiveState | null> {
    if (directiveId === null) return null;
    return toDirectiveState(await this.transactions.manager.findOneByOrFail(Directive, { id: directiveId }));
  }

  /** The caller's agency; for one without, the first that receives the reports. */
  private preparedBy(actor: Actor, duty: Duty): AgencyRef {
    const own = actor.agency === null ? null : this.reference.agency(actor.agency);
    if (own) return { code: own.code, name: own.name };
    return duty.recipients[0] ?? { code: null, name: 'Chưa xác định' };
  }

  /** In the order of their last days. */
  private async tasksOf(submitted: readonly Submitted[]): Promise<TaskSummary[]> {
    const stated = submitted.flatMap(({ agency, content }) =>
      content.taskPercents.map(({ taskId, percent, note }) => ({ taskId, line: { agency, percent, note } })),
    );
    if (stated.length === 0) return [];
    const tasks = await this.transactions.manager
      .createQueryBuilder(Task, 'task')
      .select(['task.id', 'task.title', 'task.lastDay'])
      .where('task.id IN (:...ids)', { ids: [...new Set(stated.map(({ taskId }) => taskId))] })
      .orderBy('task.sort_day')
      .addOrderBy('task.id')
      .getMany();
    return tasks.map(({ id, title, lastDay }) => ({
      taskId: id,
      title,
      lastDay,
      byAgency: stated.filter(({ taskId }) => taskId === id).map(({ line }) => line),
    }));
  }
}

function summaryOf(figure: ReportFigure, submitted: readonly Submitted[]): FigureSummary {
  const byAgency = submitted.map(({ agency, content }) => {
    const stated = content.figures.find(({ key }) => key === figure.key);
    return { agency, value: stated?.value ?? null, note: stated?.note ?? null };
  });
  const values = byAgency.map(({ value }) => value).filter((value) => value !== null);
  const total = figure.summable && values.length > 0 ? exactSum(values) : null;
  return { ...figure, total, given: values.length, byAgency };
}

function pointsOf(submitted: readonly Submitted[], of: (content: ReportContent) => string[]): AgencyPoints[] {
  return submitted
    .map(({ agency, content }) => ({ agency, points: of(content) }))
    .filter(({ points }) => points.length > 0);
}
