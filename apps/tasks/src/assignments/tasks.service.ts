import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import {
  changedFields,
  problem,
  TASK_ASSIGNED,
  type TaskDue,
  type TaskEventState,
  TASKS_TASK,
} from '#libs/contracts';
import { assertVersion, fieldProblem, type KnownAgency } from '#libs/http';
import { Outbox } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { mayAssign, mayReport, visibleAgencies } from '../access/tasks-access.js';
import { Directive } from '../directives/directive.entity.js';
import { taskProblem } from '../problems.js';
import { type AgencyRole, TaskAgency, type TaskAgencyRow } from './task-agency.entity.js';
import { TaskChange } from './task-change.entity.js';
import { type Evidence, Task, type TaskRow } from './task.entity.js';
import { LIFECYCLE, nextState, type TaskAction } from './task-lifecycle.js';
import { taskSearchText, toTaskState } from './task-state.js';

/** What somebody states about a new task. */
export interface TaskContent {
  directiveId: string;
  clause: string | null;
  title: string;
  description: string | null;
  leads: readonly KnownAgency[];
  collaborators: readonly KnownAgency[];
  /** The due date, or how to work it out from the directive's day. */
  due: TaskDue | ((reference: string) => TaskDue);
}

/** What an action brings with it. */
export interface ActionDetails {
  progressPercent?: number;
  note?: string | null;
  evidence?: Omit<Evidence, 'submittedOn'>;
}

/** A task as it was just assigned, with the first line of its history. */
export interface AssignedTask {
  state: TaskEventState;
  description: string | null;
  change: TaskChange;
}

/** Who did something, for the history. */
type Author = Pick<Actor, 'subject' | 'agency'>;

/** Tasks: every change is one transaction with its line of history and its event. */
@Injectable()
export class TasksService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly outbox: Outbox,
    private readonly reference: ReferenceData,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `validation-failed` for an unknown directive or a contradictory due date, `other-agency` */
  create(actor: Actor, content: TaskContent): Promise<AssignedTask> {
    return this.transactions.run(async (manager) => {
      const directive = await manager.findOneBy(Directive, { id: content.directiveId });
      if (!directive) throw unknownDirective();
      if (!mayAssign(actor, directive.issuerCode)) throw problem('other-agency');
      return this.assign(directive, content, actor);
    });
  }

  /** Assigns a task without asking who does it: for the service's own loading. */
  assign(directive: Directive, content: TaskContent, author: Author): Promise<AssignedTask> {
    return this.transactions.run(() => {
      const task = this.newTask(directive, content);
      const agencies = agenciesOf(task.id, directive, content);
      const state = toTaskState(task, directive, agencies);
      task.searchText = taskSearchText(state, task.description);
      this.transactions.insert(Task, task);
      this.transactions.insert(TaskAgency, agencies);
      const change = this.record(task, 'assignment', author, { note: null });
      this.publish(TASK_ASSIGNED, state, []);
      return Promise.resolve({ state, description: task.description, change });
    });
  }

  /**
   * Carries out an action of the task's life.
   *
   * @param ifMatch version that the caller last read; undefined: whatever is current
   * @throws problem `not-found`, `other-agency`, `stale-version`, `transition-not-allowed`, `validation-failed`
   */
  act(
    actor: Actor,
    id: string,
    ifMatch: number | undefined,
    action: TaskAction,
    details: ActionDetails = {},
  ): Promise<TaskEventState> {
    return this.transactions.run(async (manager) => {
      const lock = { mode: 'pessimistic_write' } as const;
      const task: TaskRow | null = await manager.findOne(Task, { where: { id }, lock });
      if (!task) throw problem('not-found');
      const agencies = await manager.findBy(TaskAgency, { taskId: id });
      this.checkAccess(actor, action, agencies);
      assertVersion(task.version, ifMatch);
      const state = nextState(action, task.state, task.suspendedIn);
      if (state === null) throw taskProblem('transition-not-allowed', { state: task.state, action });

      const directive = await manager.findOneByOrFail(Directive, { id: task.directiveId });
      const before = toTaskState(task, directive, agencies);
      const next: TaskRow = { ...task, ...this.effectOf(action, task, details), state };
      next.version = task.version + 1;
      next.updatedAt = this.clock.now();
      const after = toTaskState(next, directive, agencies);
      await manager.update(Task, { id }, next);
      this.record(next, action, actor, details);
      this.publish(LIFECYCLE[action].event, after, changedFields(before, after));
      return after;
    });
  }

  private newTask(directive: Directive, content: TaskContent): TaskRow {
    const now = this.clock.now();
    const assignedOn = directive.issuedOn ?? directive.meetingOn;
    const due =
      typeof content.due === 'function' ? content.due(assignedOn ?? this.clock.today()) : content.due;
    return {
      id: uuidv7(),
      version: 1,
      directiveId: directive.id,
      clause: content.clause,
      title: content.title,
      description: content.description,
      dueDate: due.date,
      lastDay: due.lastDay,
      duePhrase: due.phrase,
      extendable: due.extendable,
      recurrence: due.recurrence,
      state: 'assigned',
      suspendedIn: null,
      progressPercent: 0,
      evidence: null,
      assignedOn,
      completedOn: null,
      searchText: '',
      createdAt: now,
      updatedAt: now,
    };
  }

  /** A task of others does not exist for the caller; one that it only works on may not be changed by it. */
  private checkAccess(actor: Actor, action: TaskAction, agencies: readonly TaskAgencyRow[]): void {
    const visible = visibleAgencies(actor, this.reference);
    if (visible && !agencies.some(({ agencyCode }) => visible.includes(agencyCode)))
      throw problem('not-found');
    const codes = (role: AgencyRole) =>
      agencies.filter((agency) => agency.role === role).map((agency) => agency.agencyCode);
    const allowed =
      LIFECYCLE[action].by === 'lead'
        ? mayReport(actor, codes('lead'), this.reference)
        : codes('assigner').some((issuer) => mayAssign(actor, issuer));
    if (!allowed) throw problem('other-agency');
  }

  /** What an action changes besides the state. */
  private effectOf(action: TaskAction, task: TaskRow, details: ActionDetails): Partial<TaskRow> {
    switch (action) {
      case 'progress':
        return { progressPercent: details.progressPercent ?? task.progressPercent };
      case 'submission':
        return { evidence: this.checkedEvidence(details.evidence) };
      case 'confirmation':
        return {
          completedOn: task.evidence?.date ?? task.evidence?.submittedOn ?? null,
          progressPercent: 100,
        };
      case 'return':
        // It stays in the history.
        return { evidence: null };
      case 'suspension':
        return { suspendedIn: task.state };
      case 'resumption':
        return { suspendedIn: null };
      case 'cancellation':
        return {};
    }
  }

  private checkedEvidence(evidence: ActionDetails['evidence']): Evidence {
    if (!evidence?.documentNumber && !evidence?.link) throw missingEvidence();
    const submittedOn = this.clock.today();
    if (evidence.date !== null && evidence.date > submittedOn) {
      throw fieldProblem({ field: 'evidence.date', code: 'too-large', parameters: { max: submittedOn } });
    }
    return { ...evidence, submittedOn };
  }

  private record(
    task: TaskRow,
    action: TaskChange['action'],
    author: Author,
    details: ActionDetails,
  ): TaskChange {
    const change: TaskChange = {
      taskId: task.id,
      version: task.version,
      action,
      at: task.updatedAt,
      subject: author.subject,
      agencyCode: author.agency,
      state: task.state,
      progressPercent: task.progressPercent,
      note: details.note ?? null,
      evidence: action === 'submission' ? task.evidence : null,
    };
    this.transactions.insert(TaskChange, change);
    return change;
  }

  private publish(type: string, state: TaskEventState, changed: string[]): void {
    this.outbox.append({
      aggregate: TASKS_TASK,
      aggregateId: state.id,
      sequence: state.version,
      type,
      state,
      changed,
    });
  }
}

function agenciesOf(taskId: string, directive: Directive, content: TaskContent): TaskAgencyRow[] {
  const part = (role: AgencyRole, agencies: readonly KnownAgency[]): TaskAgencyRow[] =>
    agencies.map(({ code, name }, position) => ({
      taskId,
      role,
      agencyCode: code,
      agencyName: name,
      position,
    }));
  return [
    ...part('lead', content.leads),
    ...part('collaborator', content.collaborators),
    ...part('assigner', [{ code: directive.issuerCode, name: directive.issuerName }]),
  ];
}

function unknownDirective(): Error {
  const texts = {
    vi: 'Chưa có văn bản này; ghi nhận văn bản trước.',
    en: 'There is no such directive; register it first.',
  };
  return fieldProblem({ field: 'directiveId', code: 'unknown-directive', texts });
}

function missingEvidence(): Error {
  const texts = { vi: 'Cần số hiệu văn bản hoặc đường dẫn.', en: 'Needs a document number or a link.' };
  return fieldProblem({ field: 'evidence', code: 'no-evidence', texts });
}
