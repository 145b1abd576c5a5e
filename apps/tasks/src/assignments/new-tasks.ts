import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock, type Day } from '#libs/calendar';
import type { TaskDue } from '#libs/contracts';
import type { KnownAgency } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import type { Directive } from '../directives/directive.entity.js';
import { DueChange } from '../due-dates/due-change.entity.js';
import type { AgencyRole, TaskAgencyRow } from './task-agency.entity.js';
import type { TaskRow } from './task.entity.js';
import { type Author, type LockedTask, TaskLedger } from './task-ledger.js';
import { newTaskState, type NewTaskRow, taskSearchText } from './task-state.js';
import type { AssignedTask, TaskContent } from './tasks.service.js';
import { wordsSignature } from './words-signature.js';

/** The task that a part is split off from, and who does it. */
export interface Above {
  task: LockedTask;
  assigner: KnownAgency;
}

/** What tasks without a last day are ordered by; the same as in the table's definition. */
export const END_OF_TIME: Day = '9999-12-31';

/** Enters new tasks, of a directive or split off another one, in the caller's transaction. Waits for no answer. */
@Injectable()
export class NewTasks {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly ledger: TaskLedger,
    private readonly clock: Clock,
  ) {}

  open(directive: Directive, content: TaskContent, author: Author, above?: Above): AssignedTask {
    const task = this.newRow(directive, content, above);
    const agencies = agenciesOf(task, directive, content, above);
    const state = newTaskState(task, directive, agencies);
    const searchText = taskSearchText(state, task.description);
    const signature = wordsSignature(searchText);
    const row: TaskRow = {
      ...task,
      publicState: state,
      searchText,
      wordsSignature: signature,
      parties: [...new Set(agencies.map(({ agencyCode }) => agencyCode))],
    };
    const signed = agencies.map((agency) => ({ ...agency, wordsSignature: signature }));
    const change = this.ledger.open(row, signed, author);
    this.setDue(row, author);
    return { row, state, description: row.description, change };
  }

  private newRow(directive: Directive, content: TaskContent, above?: Above): NewTaskRow {
    const now = this.clock.now();
    const today = this.clock.today();
    const assignedOn = above ? today : (directive.issuedOn ?? directive.meetingOn);
    const due = typeof content.due === 'function' ? content.due(assignedOn ?? today) : content.due;
    const knownSince = content.knownSince === 'assignment' ? (assignedOn ?? today) : today;
    return {
      id: uuidv7(),
      version: 1,
      directiveId: directive.id,
      parentId: above?.task.row.id ?? null,
      depth: (above?.task.row.depth ?? 0) + 1,
      clause: content.clause,
      title: content.title,
      description: content.description,
      ...dueColumns(due),
      forbiddenBy: null,
      extensions: 0,
      dueSoonWorkingDays: directive.dueSoonWorkingDays,
      state: 'assigned',
      suspendedIn: null,
      suspendedWith: null,
      progressPercent: 0,
      evidence: null,
      submittedBy: null,
      assignedOn,
      givenOn: assignedOn ?? today,
      completedOn: null,
      searchText: '',
      parties: [],
      validFrom: knownSince < today ? knownSince : today,
      createdAt: now,
      updatedAt: now,
    };
  }

  private setDue(task: TaskRow, author: Author): void {
    if (task.dueDate === null && task.duePhrase === null) return;
    this.transactions.insert(DueChange, {
      taskId: task.id,
      version: task.version,
      kind: 'set',
      at: task.createdAt,
      subject: author.subject,
      agencyCode: author.agency,
      before: null,
      after: { date: task.dueDate, lastDay: task.lastDay, phrase: task.duePhrase },
      reason: null,
      document: null,
    });
  }
}

function dueColumns(due: TaskDue) {
  return {
    dueDate: due.date,
    lastDay: due.lastDay,
    duePhrase: due.phrase,
    extendable: due.extendable,
    recurrence: due.recurrence,
  };
}

function agenciesOf(
  task: NewTaskRow,
  directive: Directive,
  content: TaskContent,
  above?: Above,
): TaskAgencyRow[] {
  const part = (role: AgencyRole, agencies: readonly KnownAgency[]): TaskAgencyRow[] =>
    agencies.map(({ code, name }, position) => ({
      taskId: task.id,
      role,
      agencyCode: code,
      agencyName: name,
      position,
      sortDay: task.lastDay ?? END_OF_TIME,
      state: task.state,
      completedOn: task.completedOn,
      givenOn: task.givenOn,
      dueSoonWorkingDays: task.dueSoonWorkingDays,
      extensions: task.extensions,
      validFrom: task.validFrom,
    }));
  const issuer = { code: directive.issuerCode, name: directive.issuerName };
  return [
    ...part('lead', content.leads),
    ...part('collaborator', content.collaborators),
    ...part('assigner', [above?.assigner ?? issuer]),
    ...part('chain', above ? leadsAbove(above.task) : []),
  ];
}

/** The leads of the task above and of all that are above that one. */
function leadsAbove({ agencies }: LockedTask): KnownAgency[] {
  const names = new Map<string, string>();
  for (const { role, agencyCode, agencyName } of agencies) {
    if (role === 'lead' || role === 'chain') names.set(agencyCode, agencyName);
  }
  return [...names].map(([code, name]) => ({ code, name }));
}
