import { Injectable } from '@nestjs/common';
import type { ReportForm } from '#libs/contracts';
import { fieldProblem, type Texts } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import type { ReportContent } from './answer.entity.js';

/** What an agency states, and what it is checked against. */
export interface StatedContent {
  content: ReportContent;
  form: ReportForm;
  agencyCode: string;
  /** Where the content stands in the request, for the errors: "" or "content.". */
  path: string;
}

/** Checks a report against the form of its period. */
@Injectable()
export class ContentChecks {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly reference: ReferenceData,
  ) {}

  /**
   * Nothing that the form does not ask for; tasks are those that the agency leads, itself or as one of a group.
   *
   * @throws problem `validation-failed`
   */
  async check({ content, form, agencyCode, path }: StatedContent): Promise<void> {
    const { results, obstacles, proposals, figures, taskPercents } = content;
    refuseUnasked(`${path}results`, form.results || results === null);
    refuseUnasked(`${path}obstacles`, form.obstacles || obstacles.length === 0);
    refuseUnasked(`${path}proposals`, form.proposals || proposals.length === 0);
    refuseUnasked(`${path}taskPercents`, form.taskPercents || taskPercents.length === 0);
    const keys = form.figures.map(({ key }) => key);
    for (const [index, { key }] of figures.entries())
      refuseUnasked(`${path}figures[${index}].key`, keys.includes(key));
    refuseTwice(
      `${path}figures`,
      figures.map(({ key }) => key),
    );
    refuseTwice(
      `${path}taskPercents`,
      taskPercents.map(({ taskId }) => taskId),
    );
    await this.checkTasks(content, agencyCode, path);
  }

  /**
   * The same, and everything is there that the form asks for. Obstacles and proposals are "if any"; a figure needs its
   * value, or a note that says why there is none.
   *
   * @throws problem `validation-failed`
   */
  async checkComplete(stated: StatedContent): Promise<void> {
    await this.check(stated);
    const { content, form, path } = stated;
    if (form.results && content.results === null)
      throw fieldProblem({ field: `${path}results`, code: 'required' });
    for (const { key } of form.figures) {
      const figure = content.figures.find((stated) => stated.key === key);
      if (!figure || (figure.value === null && figure.note === null))
        throw fieldProblem({ field: `${path}figures[${key}]`, code: 'required' });
    }
  }

  private async checkTasks({ taskPercents }: ReportContent, agencyCode: string, path: string): Promise<void> {
    if (taskPercents.length === 0) return;
    const codes = [agencyCode, ...this.reference.groupsOf(agencyCode).map(({ code }) => code)];
    const led: { id: string }[] = await this.transactions.manager.query(
      `SELECT DISTINCT task_id AS id FROM task_agency
       WHERE task_id = ANY($1::uuid[]) AND role = 'lead' AND agency_code = ANY($2)`,
      [taskPercents.map(({ taskId }) => taskId), codes],
    );
    const foreign = taskPercents.findIndex(({ taskId }) => !led.some(({ id }) => id === taskId));
    if (foreign >= 0)
      throw fieldProblem({
        field: `${path}taskPercents[${foreign}].taskId`,
        code: 'not-led',
        texts: NOT_LED,
      });
  }
}

function refuseUnasked(field: string, isFine: boolean): void {
  if (!isFine) throw fieldProblem({ field, code: 'not-asked', texts: NOT_ASKED });
}

function refuseTwice(field: string, names: readonly string[]): void {
  if (new Set(names).size < names.length) throw fieldProblem({ field, code: 'duplicate' });
}

const NOT_ASKED: Texts = {
  vi: 'Mẫu báo cáo của kỳ này không yêu cầu nội dung này.',
  en: 'The form of this period does not ask for this.',
};
const NOT_LED: Texts = {
  vi: 'Cơ quan không chủ trì nhiệm vụ này.',
  en: 'The agency does not lead this task.',
};
