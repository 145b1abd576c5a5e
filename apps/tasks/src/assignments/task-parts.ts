import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { TransactionScope } from '#libs/persistence';
import { taskProblem } from '../problems.js';
import { TaskAgency } from './task-agency.entity.js';
import { Task, type TaskRow } from './task.entity.js';
import type { LockedTask } from './task-ledger.js';

/** The parts that a task was split into, and the parts of these. */
@Injectable()
export class TaskParts {
  constructor(private readonly transactions: TransactionScope) {}

  /**
   * Locks everything below a locked task, level by level: a part that is being split meanwhile is waited for, and what
   * it was split into is found afterwards.
   */
  async lockBelow(id: string): Promise<LockedTask[]> {
    const { manager } = this.transactions;
    const found: TaskRow[] = [];
    const lock = { mode: 'pessimistic_write' } as const;
    let above = [id];
    while (above.length > 0) {
      const level = await manager.find(Task, { where: { parentId: In(above) }, order: { id: 'ASC' }, lock });
      found.push(...level);
      above = level.map((row) => row.id);
    }
    if (found.length === 0) return [];
    const agencies = await manager.findBy(TaskAgency, { taskId: In(found.map((row) => row.id)) });
    return found.map((row) => ({ row, agencies: agencies.filter(({ taskId }) => taskId === row.id) }));
  }

  /** A whole is done when all its parts are, or were taken away. @throws problem `parts-unfinished` that names them */
  async requireFinished(id: string): Promise<void> {
    const parts = await this.transactions.manager.findBy(Task, { parentId: id });
    const unfinished = parts.filter(({ state }) => state !== 'completed' && state !== 'cancelled');
    if (unfinished.length === 0) return;
    const children = unfinished.map(({ id: childId, title, state }) => ({ id: childId, title, state }));
    throw taskProblem(
      'parts-unfinished',
      { count: unfinished.length, titles: unfinished.map(({ title }) => title).join('; ') },
      { children },
    );
  }

  /** @throws problem `suspended-with-parent` */
  async requireParentNotSuspended({ parentId }: TaskRow): Promise<void> {
    if (parentId === null) return;
    const parent = await this.transactions.manager.findOneByOrFail(Task, { id: parentId });
    if (parent.state === 'suspended') throw taskProblem('suspended-with-parent', { title: parent.title });
  }
}
