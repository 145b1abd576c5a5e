import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { problem, type TaskDue, type TaskEventState } from '#libs/contracts';
import { assertVersion, type KnownAgency } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { Directive } from '../directives/directive.entity.js';
import { beyondParent } from '../due-dates/due-rules.js';
import { taskProblem } from '../problems.js';
import { NewTasks } from './new-tasks.js';
import { type LockedTask, TaskLedger } from './task-ledger.js';
import { TaskNotices } from './task-notices.js';
import { MAX_DEPTH } from './task-lifecycle.js';
import { codesOf, TaskPermissions } from './task-permissions.js';

/** A part that a task is split into. */
export interface PartContent {
  title: string;
  description: string | null;
  leads: readonly KnownAgency[];
  collaborators: readonly KnownAgency[];
  /** How to work out its due date from the day of the split; null: that of the whole. */
  due: ((reference: string) => TaskDue) | null;
}

/** The whole after the split, and its new parts in the order given. */
export interface SplitTask {
  whole: TaskEventState;
  parts: TaskEventState[];
}

/** Splits tasks among other agencies, or forwards them whole: that is a split into one part. */
@Injectable()
export class Splitting {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly ledger: TaskLedger,
    private readonly permissions: TaskPermissions,
    private readonly newTasks: NewTasks,
    private readonly notices: TaskNotices,
    private readonly reference: ReferenceData,
    private readonly clock: Clock,
  ) {}

  /**
   * The caller's agency becomes the assigning side of the parts: it confirms, returns and extends them. A part without
   * a date of its own is due with the whole, and none is due later.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `transition-not-allowed`, `split-too-deep`,
   *   `validation-failed`
   */
  split(
    actor: Actor,
    id: string,
    ifMatch: number | undefined,
    contents: readonly PartContent[],
    note: string | null,
  ): Promise<SplitTask> {
    return this.transactions.run(async () => {
      const directive = await this.holdDirective(id);
      const task = await this.ledger.lock(id);
      const { row } = task;
      this.permissions.require(actor, 'split', task);
      assertVersion(row.version, ifMatch);
      const state = this.permissions.requireState('split', row);
      if (row.depth >= MAX_DEPTH) throw taskProblem('split-too-deep', { depth: row.depth, max: MAX_DEPTH });

      const above = { task, assigner: this.assignerOf(actor, task) };
      const parts = contents.map(({ due, ...stated }) =>
        this.newTasks.open(
          directive,
          { ...stated, directiveId: directive.id, clause: row.clause, due: this.dueOf(task, due) },
          actor,
          above,
        ),
      );
      this.notices.assigned(
        parts.map((part) => part.state),
        actor,
      );
      const after = this.ledger.enter(task, { action: 'split', author: actor, columns: { state }, note });
      return { whole: after.row.publicState, parts: parts.map((part) => part.state) };
    });
  }

  /**
   * The directive of a task, whose threshold must not change before the parts take it over. Locked before the task, as
   * those do who change it.
   *
   * @throws problem `not-found`
   */
  private async holdDirective(taskId: string): Promise<Directive> {
    const directive = await this.transactions.manager
      .createQueryBuilder(Directive, 'directive')
      .where('directive.id = (SELECT task.directive_id FROM task WHERE task.id = :taskId)', { taskId })
      .setLock('pessimistic_read')
      .getOne();
    if (!directive) throw problem('not-found');
    return directive;
  }

  private dueOf({ row }: LockedTask, due: PartContent['due']): TaskDue {
    const whole = { ...row.publicState.due, extendable: true };
    if (due === null) return whole;
    const own = due(this.clock.today());
    if (own.lastDay === null && row.lastDay !== null) return { ...whole, phrase: own.phrase };
    if (own.lastDay !== null && row.lastDay !== null && own.lastDay > row.lastDay)
      throw beyondParent(row.lastDay);
    return own;
  }

  /** A caller of no agency acts for the assigning side of the whole. */
  private assignerOf({ agency }: Actor, { agencies }: LockedTask): KnownAgency {
    const code = agency ?? codesOf(agencies, 'assigner')[0] ?? '';
    const known = this.reference.agency(code);
    return { code, name: known?.name ?? code };
  }
}
