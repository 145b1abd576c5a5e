import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import {
  BUDGET_ITEM,
  BUDGET_ITEM_CHANGED,
  BUDGET_ITEM_REGISTERED,
  type BudgetItemState,
  changedFields,
  problem,
} from '#libs/contracts';
import { assertVersion } from '#libs/http';
import { Outbox } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import { maySeeItem, mayWriteItem } from '../access/budget-access.js';
import { BudgetItem, BudgetItemPlan, type ItemRow, type PlanRow } from './item.entity.js';
import { brokenRules } from './item-rules.js';
import { type ItemContent, toColumns, toPlans, toState } from './item-state.js';

/** Fields to change; the kind of an item never changes. */
export type ItemChanges = Partial<Omit<ItemContent, 'kind'>>;

/** The budget list: every change is one transaction with its event. */
@Injectable()
export class ItemsService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `other-agency`, `validation-failed` */
  create(actor: Actor, content: ItemContent): Promise<BudgetItemState> {
    if (!mayWriteItem(actor, content.owner.code)) throw problem('other-agency');
    return this.register(content);
  }

  /**
   * Enters an item without asking who does it: for the service's own loading.
   *
   * @throws problem `validation-failed`
   */
  register(content: ItemContent): Promise<BudgetItemState> {
    const broken = brokenRules(content);
    if (broken) throw broken;
    return this.transactions.run(async (manager) => {
      const now = this.clock.now();
      const item = { ...toColumns(content), id: uuidv7(), version: 1, createdAt: now, updatedAt: now };
      const plans = toPlans(item.id, content.plannedByYear);
      await manager.insert(BudgetItem, item);
      await manager.insert(BudgetItemPlan, plans);
      const state = toState(item, plans);
      this.publish(BUDGET_ITEM_REGISTERED, state, []);
      return state;
    });
  }

  /**
   * Changes what is given and leaves the rest; nothing happens, and no event, when it is all the same.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `validation-failed`
   */
  change(
    actor: Actor,
    id: string,
    changes: ItemChanges,
    ifMatch: number | undefined,
  ): Promise<BudgetItemState> {
    return this.transactions.run(async (manager) => {
      const item: ItemRow | null = await manager.findOne(BudgetItem, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!item || !maySeeItem(actor, item.ownerCode)) throw problem('not-found');
      if (!mayWriteItem(actor, item.ownerCode)) throw problem('other-agency');
      assertVersion(item.version, ifMatch);
      const before = toState(item, await plansOf(manager, [id]));
      const content: ItemContent = { ...before, ...changes };
      if (!mayWriteItem(actor, content.owner.code)) throw problem('other-agency');
      const broken = brokenRules(content);
      if (broken) throw broken;

      const next = { ...item, ...toColumns(content), version: item.version + 1, updatedAt: this.clock.now() };
      const plans = toPlans(id, content.plannedByYear);
      const state = toState(next, plans);
      const changed = changedFields(before, state);
      if (changed.length === 0) return before;
      await manager.update(BudgetItem, { id }, next);
      await manager.delete(BudgetItemPlan, { itemId: id });
      await manager.insert(BudgetItemPlan, plans);
      this.publish(BUDGET_ITEM_CHANGED, state, changed);
      return state;
    });
  }

  private publish(type: string, state: BudgetItemState, changed: string[]): void {
    this.outbox.append({
      aggregate: BUDGET_ITEM,
      aggregateId: state.id,
      sequence: state.version,
      type,
      state,
      changed,
    });
  }
}

function plansOf(manager: EntityManager, ids: readonly string[]): Promise<PlanRow[]> {
  return manager.find(BudgetItemPlan, { where: { itemId: In(ids) }, order: { itemId: 'ASC', year: 'ASC' } });
}
