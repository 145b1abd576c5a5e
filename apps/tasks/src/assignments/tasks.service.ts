import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { problem, type TaskDue, type TaskEventState } from '#libs/contracts';
import { assertVersion, fieldProblem, type KnownAgency } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { mayAssign } from '../access/tasks-access.js';
import type { Directive } from '../directives/directive.entity.js';
import { readDirective } from '../directives/read-directive.js';
import { ExtensionRequests } from '../due-dates/extension-requests.js';
import { NewTasks } from './new-tasks.js';
import type { TaskChange } from './task-change.entity.js';
import type { Evidence, TaskRow } from './task.entity.js';
import { type Author, type LockedTask, TaskLedger } from './task-ledger.js';
import { nextState, type TaskAction } from './task-lifecycle.js';
import { TaskNotices } from './task-notices.js';
import { TaskParts } from './task-parts.js';
import { TaskPermissions } from './task-permissions.js';

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
  /**
   * Day from which "as of" knows the task: the day it is entered, or for documents of the past that are loaded once
   * the day of the assignment, where that is known. Default `entry`.
   */
  knownSince?: 'entry' | 'assignment';
}

/** Actions that are only a matter of the state; splitting and due dates have services of their own. */
export type StateAction = Extract<
  TaskAction,
  'progress' | 'submission' | 'confirmation' | 'return' | 'suspension' | 'resumption' | 'cancellation'
>;

/** What an action brings with it. */
export interface ActionDetails {
  progressPercent?: number;
  note?: string | null;
  evidence?: Omit<Evidence, 'submittedOn'>;
}

/** A task as it was just assigned, with the first line of its history. */
export interface AssignedTask {
  row: TaskRow;
  state: TaskEventState;
  description: string | null;
  change: TaskChange;
}

/** Tasks: every change is one transaction with its line of history and its event. */
@Injectable()
export class TasksService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly ledger: TaskLedger,
    private readonly permissions: TaskPermissions,
    private readonly parts: TaskParts,
    private readonly newTasks: NewTasks,
    private readonly requests: ExtensionRequests,
    private readonly notices: TaskNotices,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `validation-failed` for an unknown directive or a contradictory due date, `other-agency` */
  create(actor: Actor, content: TaskContent): Promise<AssignedTask> {
    return this.transactions.run(async () => {
      const assigned = await this.createOneOf(actor, content);
      this.notices.assigned([assigned.state], actor);
      return assigned;
    });
  }

  /** As `create`, but the caller tells the agencies: of all tasks of a document together. */
  createOneOf(actor: Actor, content: TaskContent): Promise<AssignedTask> {
    return this.transactions.run(async () => {
      const directive = await readDirective(this.transactions, content.directiveId);
      if (!directive) throw unknownDirective();
      if (!mayAssign(actor, directive.issuerCode)) throw problem('other-agency');
      return this.assign(directive, content, actor);
    });
  }

  /** Assigns a task without asking who does it, and tells nobody. */
  assign(directive: Directive, content: TaskContent, author: Author): Promise<AssignedTask> {
    return this.transactions.run(() => Promise.resolve(this.newTasks.open(directive, content, author)));
  }

  /**
   * Carries out an action of the task's life; suspending, resuming and cancelling take its parts along.
   *
   * @param ifMatch version that the caller last read; undefined: whatever is current
   * @throws problem `not-found`, `other-agency`, `own-work`, `stale-version`, `transition-not-allowed`,
   *   `parts-unfinished`, `suspended-with-parent`, `validation-failed`
   */
  act(
    actor: Actor,
    id: string,
    ifMatch: number | undefined,
    action: StateAction,
    details: ActionDetails = {},
  ): Promise<TaskEventState> {
    return this.transactions.run(async () => {
      const task = await this.ledger.lock(id);
      this.permissions.require(actor, action, task);
      assertVersion(task.row.version, ifMatch);
      const state = this.permissions.requireState(action, task.row);
      if (action === 'submission') await this.parts.requireFinished(id);
      if (action === 'resumption') await this.parts.requireParentNotSuspended(task.row);
      if (action === 'submission' || action === 'cancellation') this.requests.lapse(task.row);
      const effect = this.effectOf(action, task.row, actor, details);
      const { row } = this.ledger.enter(task, {
        action,
        author: actor,
        columns: { ...effect, state },
        published: action === 'submission' || action === 'cancellation' ? { extensionRequest: null } : {},
        note: details.note,
        evidence: action === 'submission' ? effect.evidence : null,
      });
      await this.takeParts(task, action, actor, details.note);
      return row.publicState;
    });
  }

  /** What is suspended, resumed or cancelled above is so below. */
  private async takeParts(
    above: LockedTask,
    action: StateAction,
    author: Author,
    note: string | null | undefined,
  ): Promise<void> {
    if (action !== 'suspension' && action !== 'resumption' && action !== 'cancellation') return;
    const root = above.row.id;
    for (const part of await this.parts.lockBelow(root)) {
      const { row } = part;
      // One that was suspended for itself stays so.
      if (action === 'resumption' && row.suspendedWith !== root) continue;
      const state = nextState(action, row.state, row.suspendedIn, true);
      if (state === null) continue;
      if (action === 'cancellation') this.requests.lapse(row);
      const effect = this.effectOf(action, row, author, {});
      this.ledger.enter(part, {
        action,
        author,
        columns: { ...effect, state, suspendedWith: action === 'suspension' ? root : null },
        published: action === 'cancellation' ? { extensionRequest: null } : {},
        note,
      });
    }
  }

  /** What an action changes besides the state. */
  private effectOf(
    action: StateAction,
    task: TaskRow,
    author: Author,
    details: ActionDetails,
  ): Partial<TaskRow> {
    switch (action) {
      case 'progress':
        return { progressPercent: details.progressPercent ?? task.progressPercent };
      case 'submission':
        return { evidence: this.checkedEvidence(details.evidence), submittedBy: author.agency };
      case 'confirmation':
        return {
          completedOn: task.evidence?.date ?? task.evidence?.submittedOn ?? null,
          progressPercent: 100,
        };
      case 'return':
        // It stays in the history.
        return { evidence: null, submittedBy: null };
      case 'suspension':
        return { suspendedIn: task.state };
      case 'resumption':
        return { suspendedIn: null, suspendedWith: null };
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
