import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import type { AgencyRef, DirectiveState, TaskDue, TaskEventState } from '#libs/contracts';
import { Agencies, fieldProblem, type KnownAgency } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { TaskNotices } from '../assignments/task-notices.js';
import { TasksService } from '../assignments/tasks.service.js';
import { symbolOf } from '../directives/directive-state.js';
import { DirectivesService } from '../directives/directives.service.js';
import type { AcceptDraftBody, AcceptedHeaderBody, AcceptedTaskBody } from './acceptance.requests.js';

const LONGEST_TITLE = 500;
const LONGEST_DESCRIPTION = 4_000;

export interface AcceptedDraft {
  directive: DirectiveState;
  /** Identifiers of the tasks, in the order of the draft. */
  taskIds: string[];
}

/** Makes a directive and all its tasks out of a draft that somebody checked. */
@Injectable()
export class Acceptance {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly directives: DirectivesService,
    private readonly tasks: TasksService,
    private readonly agencies: Agencies,
    private readonly notices: TaskNotices,
  ) {}

  /**
   * All in one transaction: one task that cannot be assigned, and nothing is.
   *
   * @throws problem `validation-failed`, `other-agency`, `directive-exists`
   */
  accept(actor: Actor, { header, tasks }: AcceptDraftBody): Promise<AcceptedDraft> {
    return this.transactions.run(async () => {
      const directive = await this.directives.create(actor, this.directiveOf(header));
      const assigned: TaskEventState[] = [];
      for (const [index, task] of tasks.entries()) {
        assigned.push(await this.assign(actor, directive.id, task, `tasks[${index}]`));
      }
      this.notices.assigned(assigned, actor);
      return { directive, taskIds: assigned.map(({ id }) => id) };
    });
  }

  private directiveOf(header: AcceptedHeaderBody): Parameters<DirectivesService['create']>[1] {
    const { number, symbol, kind, issuer, date, meetingOn, subject } = header;
    return {
      number,
      symbol: symbol ?? (number === null ? null : symbolOf(number)),
      kind,
      issuer: this.known(issuer.code, issuer.name, 'header.issuer'),
      issuedOn: date,
      meetingOn,
      subject,
    };
  }

  private async assign(
    actor: Actor,
    directiveId: string,
    task: AcceptedTaskBody,
    field: string,
  ): Promise<TaskEventState> {
    const leads = this.partOf(task.leads, `${field}.leads`);
    if (leads.length === 0) throw unknownAgency(`${field}.leads[0].code`, task.leads[0]?.name ?? null);
    const collaborators = this.partOf(task.collaborators, `${field}.collaborators`);
    const { state } = await this.tasks.createOneOf(actor, {
      directiveId,
      clause: task.clause,
      ...wording(task),
      leads,
      collaborators: collaborators.filter(({ code }) => !leads.some((lead) => lead.code === code)),
      due: dueOf(task, `${field}.due`),
    });
    return state;
  }

  /** Those with a code, each once. */
  private partOf(named: readonly AgencyRef[], field: string): KnownAgency[] {
    const known = new Map<string, KnownAgency>();
    for (const [index, { code }] of named.entries()) {
      if (code !== null) known.set(code, this.agencies.requirePresent(code, `${field}[${index}].code`));
    }
    return [...known.values()];
  }

  private known(code: string | null, name: string | null, field: string): KnownAgency {
    if (code === null) throw unknownAgency(`${field}.code`, name);
    return this.agencies.requirePresent(code, `${field}.code`);
  }
}

/** Title and description; agencies that the list does not know are kept in words. */
function wording(task: AcceptedTaskBody): { title: string; description: string | null } {
  const { text, leads, collaborators } = task;
  const title = task.title ?? shortened(text.replace(/\s+/g, ' '), LONGEST_TITLE);
  const notes = [unlisted('Cơ quan chủ trì', leads), unlisted('Cơ quan phối hợp', collaborators)].filter(
    (note) => note !== null,
  );
  const details = title === text ? notes : [text, ...notes];
  return {
    title,
    description: details.length === 0 ? null : shortened(details.join('\n'), LONGEST_DESCRIPTION),
  };
}

function unlisted(role: string, agencies: readonly AgencyRef[]): string | null {
  const names = agencies.filter(({ code }) => code === null).map(({ name }) => name);
  return names.length === 0 ? null : `${role} theo văn bản, chưa có trong danh mục: ${names.join('; ')}.`;
}

function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), longest / 2)).trimEnd()}…`;
}

function dueOf({ due, extendable }: AcceptedTaskBody, field: string): TaskDue {
  const { date = null, lastDay = null, phrase = null, recurrence = null } = due ?? {};
  if ((date === null) !== (lastDay === null) || (date !== null && lastDay !== null && lastDay > date)) {
    const texts = {
      vi: 'Cần cả ngày ghi trong văn bản và ngày cuối cùng còn đúng hạn, không muộn hơn ngày đó.',
      en: 'Needs both the date as written and the last day in time, which is not later.',
    };
    throw fieldProblem({ field: `${field}.lastDay`, code: 'last-day-after-date', texts });
  }
  return { date, lastDay, phrase, extendable, recurrence };
}

function unknownAgency(field: string, name: string | null): Error {
  const texts = {
    vi: `"${name ?? ''}" chưa có trong danh mục dùng chung; chọn một cơ quan có mã.`,
    en: `"${name ?? ''}" is not in the reference list; choose an agency with a code.`,
  };
  return fieldProblem({ field, code: 'unknown-agency', texts });
}
