import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Actor } from '#libs/auth';
import { DIRECTIVE_CHANGED, type DirectiveState, problem, TASKS_DIRECTIVE } from '#libs/contracts';
import { assertVersion } from '#libs/http';
import { Outbox } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import { mayAssign } from '../access/tasks-access.js';
import { Task } from '../assignments/task.entity.js';
import { TaskLedger } from '../assignments/task-ledger.js';
import { LIFECYCLE } from '../assignments/task-lifecycle.js';
import { Directive } from './directive.entity.js';
import { toDirectiveState } from './directive-state.js';

/** The thresholds of "due soon": of a directive, and so of its unfinished tasks, which tell it in their events. */
@Injectable()
export class Thresholds {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly ledger: TaskLedger,
    private readonly outbox: Outbox,
  ) {}

  /**
   * @param ifMatch version of the directive that the caller last read
   * @param dueSoonWorkingDays working days, 0–60
   * @throws problem `not-found`, `other-agency`, `stale-version`
   */
  change(
    actor: Actor,
    id: string,
    ifMatch: number | undefined,
    dueSoonWorkingDays: number,
  ): Promise<DirectiveState> {
    return this.transactions.run(async (manager) => {
      const lock = { mode: 'pessimistic_write' } as const;
      const directive = await manager.findOne(Directive, { where: { id }, lock });
      if (!directive) throw problem('not-found');
      if (!mayAssign(actor, directive.issuerCode)) throw problem('other-agency');
      assertVersion(directive.version, ifMatch);
      if (directive.dueSoonWorkingDays === dueSoonWorkingDays) return toDirectiveState(directive);
      const changed = { version: directive.version + 1, dueSoonWorkingDays };
      await manager.update(Directive, { id }, changed);
      const state = toDirectiveState(Object.assign(directive, changed));
      this.outbox.append({
        aggregate: TASKS_DIRECTIVE,
        aggregateId: id,
        sequence: state.version,
        type: DIRECTIVE_CHANGED,
        state,
        changed: ['dueSoonWorkingDays'],
      });
      await this.changeTasks(actor, id, dueSoonWorkingDays);
      return state;
    });
  }

  private async changeTasks(author: Actor, directiveId: string, dueSoonWorkingDays: number): Promise<void> {
    const tasks = await this.transactions.manager.find(Task, {
      where: { directiveId, state: In([...LIFECYCLE.threshold.from]) },
      order: { depth: 'ASC', id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    for (const row of tasks) {
      this.ledger.enter(
        { row, agencies: [] },
        {
          action: 'threshold',
          author,
          columns: { dueSoonWorkingDays },
          published: { directive: { ...row.publicState.directive, dueSoonWorkingDays } },
        },
      );
    }
  }
}
