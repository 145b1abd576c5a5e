import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { EntityManager } from 'typeorm';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import {
  BUDGET_ITEM_CHANGED,
  BUDGET_ITEM_REGISTERED,
  BUDGET_ITEM_STATUS_CHANGED,
  type BudgetItemState,
  changedFields,
  type ItemStatus,
  problem,
} from '#libs/contracts';
import type { Author } from '#libs/history';
import { TransactionScope } from '#libs/persistence';
import { mayWriteItem } from '../access/budget-access.js';
import { SERVICE } from '../history/service-author.js';
import { budgetProblem } from '../problems.js';
import { BudgetItem, BudgetItemPlan } from './item.entity.js';
import { brokenRules } from './item-rules.js';
import { type ItemContent, toColumns, toPlans } from './item-state.js';
import { ItemStore } from './item.store.js';

/** Fields to change; the kind and the origin of an item never change. */
export type ItemChanges = Partial<Omit<ItemContent, 'kind' | 'origin'>>;

/** Once an item's money is kept in lines, these follow from them. */
const FOLLOW_FROM_LINES = {
  project: ['totalCost', 'plannedByYear'],
  activity: ['requested', 'allocated'],
} as const;

/** The budget list: every change is one transaction with its line of history and its event. */
@Injectable()
export class ItemsService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly items: ItemStore,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `other-agency`, `validation-failed`, `code-taken` */
  create(actor: Actor, content: ItemContent): Promise<BudgetItemState> {
    if (!mayWriteItem(actor, content.owner.code)) throw problem('other-agency');
    return this.register(content, actor);
  }

  /**
   * Enters an item without asking who does it: for the service's own loading, and for what an approved procedure brings.
   *
   * @throws problem `validation-failed`, `code-taken`
   */
  register(content: ItemContent, author: Author = SERVICE): Promise<BudgetItemState> {
    const broken = brokenRules(content);
    if (broken) throw broken;
    return this.transactions.run(async (manager) => {
      const now = this.clock.now();
      const id = uuidv7();
      await assertCodeIsFree(manager, id, content.code ?? null);
      this.transactions.insert(BudgetItem, {
        ...toColumns(content),
        id,
        version: 1,
        status: 'active',
        statusReason: null,
        createdAt: now,
        updatedAt: now,
      });
      const plans = toPlans(id, content.plannedByYear);
      if (plans.length > 0) this.transactions.insert(BudgetItemPlan, plans);
      return this.items.registered(id, BUDGET_ITEM_REGISTERED, author);
    });
  }

  /**
   * Changes what is given and leaves the rest; nothing happens, and no event, when it is all the same.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `validation-failed`, `code-taken`, `money-has-lines`
   */
  change(
    actor: Actor,
    id: string,
    changes: ItemChanges,
    ifMatch: number | undefined,
  ): Promise<BudgetItemState> {
    const allowed = (owner: string | null) => mayWriteItem(actor, owner);
    const change = { type: BUDGET_ITEM_CHANGED, ifMatch, allowed };
    return this.items.change(actor, id, change, async (before, manager) => {
      const content: ItemContent = { ...before, ...changes };
      if (!allowed(content.owner.code)) throw problem('other-agency');
      const broken = brokenRules(content);
      if (broken) throw broken;
      assertMoneyIsFree(before, content);
      await assertCodeIsFree(manager, id, content.code ?? null);
      await manager.update(BudgetItem, { id }, toColumns(content));
      await manager.delete(BudgetItemPlan, { itemId: id });
      await manager.insert(BudgetItemPlan, toPlans(id, content.plannedByYear));
    });
  }

  /**
   * Suspends, resumes, cancels or completes an item. Cancelled and completed items stay so.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `status-not-allowed`
   */
  setStatus(
    actor: Actor,
    id: string,
    { status, reason, document }: { status: ItemStatus; reason: string | null; document: string | null },
    ifMatch: number | undefined,
  ): Promise<BudgetItemState> {
    const allowed = (owner: string | null) => mayWriteItem(actor, owner);
    const change = { type: BUDGET_ITEM_STATUS_CHANGED, ifMatch, allowed, note: reason, document };
    return this.items.change(actor, id, change, async (before, manager) => {
      if (before.status === 'cancelled' || before.status === 'completed' || before.status === status) {
        throw budgetProblem('status-not-allowed', { status: before.status });
      }
      await manager.update(BudgetItem, { id }, { status, statusReason: status === 'active' ? null : reason });
    });
  }
}

function assertMoneyIsFree(before: BudgetItemState, content: ItemContent): void {
  if (before.lines.length === 0) return;
  const changed = changedFields<object>(before, { ...before, ...content });
  const field = FOLLOW_FROM_LINES[before.kind].find((name) => changed.includes(name));
  if (field) throw budgetProblem('money-has-lines', { field });
}

async function assertCodeIsFree(manager: EntityManager, id: string, code: string | null): Promise<void> {
  if (code === null) return;
  const owner = await manager.findOne(BudgetItem, { where: { code }, select: { id: true } });
  if (owner && owner.id !== id) throw budgetProblem('code-taken', { code });
}
