import { Injectable } from '@nestjs/common';
import { MoreThan, Not } from 'typeorm';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import type { TaskEventState } from '#libs/contracts';
import { assertVersion, fieldProblem } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { Task, type TaskRow } from '../assignments/task.entity.js';
import { type LockedTask, type TaskChangeContent, TaskLedger } from '../assignments/task-ledger.js';
import type { TaskAction } from '../assignments/task-lifecycle.js';
import { TaskNotices } from '../assignments/task-notices.js';
import { TaskPermissions } from '../assignments/task-permissions.js';
import { Directive } from '../directives/directive.entity.js';
import { taskProblem } from '../problems.js';
import { DueChange } from './due-change.entity.js';
import type { DueChangeKind } from './due-lines.js';
import {
  banOf,
  banOfDirective,
  beyondParent,
  columnsOf,
  dayOfDirective,
  type NewDue,
  noFurtherExtension,
  notLifting,
  tooEarly,
} from './due-rules.js';
import { type AskedDay, ExtensionRequests } from './extension-requests.js';

/** What a change of a due date does to the task. */
type Effect = Pick<TaskChangeContent, 'columns' | 'published' | 'note'>;

/** Due dates and their history: who moved them, when, why and by which document. */
@Injectable()
export class DueDatesService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly ledger: TaskLedger,
    private readonly permissions: TaskPermissions,
    private readonly requests: ExtensionRequests,
    private readonly notices: TaskNotices,
    private readonly clock: Clock,
  ) {}

  /** A lead asks for more time. @throws problem `no-further-extension`, `extension-request-waits` and those of `act` */
  request(actor: Actor, id: string, ifMatch: number | undefined, asked: AskedDay): Promise<TaskEventState> {
    return this.change(actor, id, ifMatch, 'extension-request', (task) => {
      this.requireLater(task.row, asked.lastDay);
      const extensionRequest = this.requests.ask(task.row, actor, asked);
      return { published: { extensionRequest }, note: asked.reason };
    });
  }

  /**
   * Grants a request, perhaps with another day than was asked for.
   *
   * @throws problem `not-found`, `extension-request-decided`, `no-further-extension` and those of `act`
   */
  grant(
    actor: Actor,
    id: string,
    requestId: string,
    ifMatch: number | undefined,
    granted: (asked: AskedDay) => NewDue,
  ): Promise<TaskEventState> {
    return this.change(actor, id, ifMatch, 'extension', async (task) => {
      const { dueDate, lastDay, reason } = await this.requests.requireOpen(task.row, requestId);
      const to = granted({ date: dueDate, lastDay, reason });
      this.requests.decide(task.row, requestId, { kind: 'granted', author: actor, reason: to.reason });
      return this.extended(task, actor, { ...to, reason: to.reason ?? reason });
    });
  }

  /** @throws problem `not-found`, `extension-request-decided` and those of `act` */
  refuse(
    actor: Actor,
    id: string,
    requestId: string,
    ifMatch: number | undefined,
    reason: string,
  ): Promise<TaskEventState> {
    return this.change(actor, id, ifMatch, 'extension-refusal', async (task) => {
      await this.requests.requireOpen(task.row, requestId);
      this.requests.decide(task.row, requestId, { kind: 'refused', author: actor, reason });
      return { published: { extensionRequest: null }, note: reason };
    });
  }

  /** The assigning side extends without being asked; an open request lapses. @throws as `grant` */
  extend(actor: Actor, id: string, ifMatch: number | undefined, to: NewDue): Promise<TaskEventState> {
    return this.change(actor, id, ifMatch, 'extension', (task) => {
      this.requests.lapse(task.row);
      return this.extended(task, actor, to);
    });
  }

  /**
   * Puts right a date that was entered wrongly; no extension, and never a way around "no further extension".
   *
   * @param corrected the right date, from the phrase as it is
   * @throws problem `no-further-extension` for a later day of such a task, `parts-due-later` and those of `act`
   */
  correct(
    actor: Actor,
    id: string,
    ifMatch: number | undefined,
    corrected: (phrase: string | null) => NewDue,
  ): Promise<TaskEventState> {
    return this.change(actor, id, ifMatch, 'due-correction', async ({ row }) => {
      const to = corrected(row.duePhrase);
      const later = row.lastDay !== null && to.due.lastDay > row.lastDay;
      if (later && !row.extendable) throw await this.noFurtherExtension(row);
      await this.requireWithinParent(row, to.due.lastDay);
      await this.requireNotBeforeParts(row, to.due.lastDay);
      this.record(row, 'corrected', actor, to);
      return { columns: columnsOf(to.due), note: to.reason };
    });
  }

  /**
   * A new directive of the same issuer allows extensions again.
   *
   * @param directiveId the directive that lifts the ban, registered, not the one of the task, and not older
   * @throws problem `validation-failed`, `extendable-already` and those of `act`
   */
  lift(
    actor: Actor,
    id: string,
    ifMatch: number | undefined,
    directiveId: string,
    note: string | null,
  ): Promise<TaskEventState> {
    return this.change(actor, id, ifMatch, 'extension-lift', async ({ row }) => {
      if (row.extendable) throw taskProblem('extendable-already');
      const lifting = await this.requireLifting(row, directiveId);
      const named = lifting.number ?? lifting.symbol ?? lifting.subject;
      return {
        columns: { extendable: true, forbiddenBy: null },
        note: note === null ? named : `${named}: ${note}`,
      };
    });
  }

  private change(
    actor: Actor,
    id: string,
    ifMatch: number | undefined,
    action: TaskAction,
    work: (task: LockedTask) => Effect | Promise<Effect>,
  ): Promise<TaskEventState> {
    return this.transactions.run(async () => {
      await this.holdParent(id);
      const task = await this.ledger.lock(id);
      this.permissions.require(actor, action, task);
      assertVersion(task.row.version, ifMatch);
      this.permissions.requireState(action, task.row);
      const moves = action === 'extension-request' || action === 'extension';
      if (moves && !task.row.extendable) throw await this.noFurtherExtension(task.row);
      const effect = await work(task);
      const after = this.ledger.enter(task, { action, author: actor, ...effect });
      this.notices.extension(action, after, effect.note ?? null);
      return after.row.publicState;
    });
  }

  /** Its date must not move while one of a part is measured by it. Before the part is locked: above before below. */
  private async holdParent(id: string): Promise<void> {
    await this.transactions.manager.query(
      `SELECT 1 FROM task WHERE id = (SELECT parent_id FROM task WHERE id = $1) FOR SHARE`,
      [id],
    );
  }

  private async extended(task: LockedTask, actor: Actor, to: NewDue): Promise<Effect> {
    const { row } = task;
    this.requireLater(row, to.due.lastDay);
    await this.requireWithinParent(row, to.due.lastDay);
    this.record(row, 'extended', actor, to);
    const ban = to.noFurtherExtension ? { extendable: false, forbiddenBy: banOf(to.document) } : {};
    return {
      columns: { ...columnsOf(to.due), ...ban, extensions: row.extensions + 1 },
      published: { extensionRequest: null },
      note: to.reason,
    };
  }

  private requireLater(row: TaskRow, lastDay: string): void {
    if (row.lastDay === null) throw taskProblem('nothing-to-extend');
    if (lastDay <= row.lastDay) throw fieldProblem(tooEarly(row.lastDay));
  }

  private async requireWithinParent(row: TaskRow, lastDay: string): Promise<void> {
    if (row.parentId === null) return;
    const parent = await this.transactions.manager.findOneByOrFail(Task, { id: row.parentId });
    if (parent.lastDay !== null && lastDay > parent.lastDay) throw beyondParent(parent.lastDay);
  }

  private async requireNotBeforeParts(row: TaskRow, lastDay: string): Promise<void> {
    const later = { parentId: row.id, lastDay: MoreThan(lastDay), state: Not('cancelled' as const) };
    const parts = await this.transactions.manager.findBy(Task, later);
    if (parts.length === 0) return;
    const titles = parts.map(({ title }) => title).join('; ');
    throw taskProblem('parts-due-later', { titles });
  }

  private async requireLifting(row: TaskRow, directiveId: string): Promise<Directive> {
    const { manager } = this.transactions;
    const own = await manager.findOneByOrFail(Directive, { id: row.directiveId });
    const banned = row.forbiddenBy?.date ?? dayOfDirective(own);
    const lifting = await manager.findOneBy(Directive, { id: directiveId, issuerCode: own.issuerCode });
    const day = lifting && dayOfDirective(lifting);
    if (!lifting || lifting.id === own.id || !day || (banned !== null && day < banned))
      throw fieldProblem(notLifting());
    return lifting;
  }

  private record(row: TaskRow, kind: DueChangeKind, actor: Actor, to: NewDue): void {
    this.transactions.insert(DueChange, {
      taskId: row.id,
      version: row.version + 1,
      kind,
      at: this.clock.now(),
      subject: actor.subject,
      agencyCode: actor.agency,
      before: { date: row.dueDate, lastDay: row.lastDay, phrase: row.duePhrase },
      after: to.due,
      reason: to.reason,
      document: to.document,
    });
  }

  private async noFurtherExtension(row: TaskRow): Promise<Error> {
    const own = await this.transactions.manager.findOneByOrFail(Directive, { id: row.directiveId });
    return noFurtherExtension(row.forbiddenBy ?? banOfDirective(own, row.clause));
  }
}
