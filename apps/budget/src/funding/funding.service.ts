import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import {
  BUDGET_ITEM_FUNDING_PLANNED,
  type BudgetItemState,
  type BudgetLineState,
  type MoneySource,
} from '#libs/contracts';
import type { Author } from '#libs/history';
import { TransactionScope } from '#libs/persistence';
import { mayWriteItem } from '../access/budget-access.js';
import { BudgetItem, BudgetItemPlan } from '../items/item.entity.js';
import { toPlans } from '../items/item-state.js';
import { ItemStore } from '../items/item.store.js';
import { LedgerBooks } from '../ledger/ledger.books.js';
import { budgetProblem } from '../problems.js';
import { checkedTotal, hasEntries, placeOf, plannedByYear, type PlannedLine } from './funding-plan.js';

export interface Funding {
  totalCost?: number;
  lines: readonly PlannedLine[];
  /** State-budget source of the figures that an activity has as reported. */
  statedSource?: MoneySource;
}

/** Where the money of an item comes from: its lines, source by year. */
@Injectable()
export class FundingService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly items: ItemStore,
    private readonly books: LedgerBooks,
    private readonly clock: Clock,
  ) {}

  /**
   * Replaces the plan of an item's money. The first lines of an activity with figures as reported take those over into the
   * ledger, under the document that reported them.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `validation-failed`, `line-has-entries`, `stated-money`
   */
  plan(actor: Actor, id: string, funding: Funding, ifMatch: number | undefined): Promise<BudgetItemState> {
    const change = {
      type: BUDGET_ITEM_FUNDING_PLANNED,
      ifMatch,
      allowed: (owner: string | null) => mayWriteItem(actor, owner),
    };
    return this.items.change(actor, id, change, async (item, manager) => {
      const total = checkedTotal(item, funding.lines, funding.totalCost);
      if (funding.lines.length > 0) await this.takeOverStated(manager, item, funding.statedSource, actor);
      await this.replaceLines(manager, id, funding.lines);
      if (item.kind === 'project' && funding.lines.length > 0) {
        await manager.update(BudgetItem, { id }, { totalCost: total });
        await manager.delete(BudgetItemPlan, { itemId: id });
        await manager.insert(BudgetItemPlan, toPlans(id, plannedByYear(funding.lines)));
      }
    });
  }

  /**
   * The line of that place, made when there is none yet. Under the item's lock.
   *
   * @throws problem `stated-money` when the item has figures as reported and no line
   */
  async lineFor(item: BudgetItemState, line: PlannedLine, author: Author): Promise<BudgetLineState> {
    const existing = item.lines.find((one) => placeOf(one) === placeOf(line));
    if (existing) return existing;
    const { manager } = this.transactions;
    await this.takeOverStated(manager, item, undefined, author);
    await this.open(manager, item.id, line);
    const opened = (await this.items.find(item.id))?.lines.find((one) => placeOf(one) === placeOf(line));
    if (!opened) throw new Error('a line that was just made is not there');
    return opened;
  }

  private async replaceLines(
    manager: EntityManager,
    itemId: string,
    lines: readonly PlannedLine[],
  ): Promise<void> {
    const present = (await this.items.find(itemId))?.lines ?? [];
    const wanted = new Map(lines.map((line) => [placeOf(line), line]));
    for (const line of present) {
      const plan = wanted.get(placeOf(line));
      wanted.delete(placeOf(line));
      if (plan) {
        await manager.query('UPDATE budget_line SET planned = $2 WHERE id = $1', [line.id, plan.planned]);
      } else {
        await this.drop(manager, line);
      }
    }
    for (const line of wanted.values()) await this.open(manager, itemId, line);
  }

  /** A line with history stays: even when all was taken back its entries tell what happened. */
  private async drop(manager: EntityManager, line: BudgetLineState): Promise<void> {
    const [entry] = await manager.query<unknown[]>('SELECT 1 FROM budget_entry WHERE line_id = $1 LIMIT 1', [
      line.id,
    ]);
    if (entry !== undefined || hasEntries(line)) {
      throw budgetProblem('line-has-entries', { source: line.source, year: line.year ?? '—' });
    }
    await manager.query('DELETE FROM budget_line WHERE id = $1', [line.id]);
  }

  private async open(manager: EntityManager, itemId: string, line: PlannedLine): Promise<void> {
    await manager.query(
      `INSERT INTO budget_line (id, item_id, source, year, form, planned, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [uuidv7(), itemId, line.source, line.year, line.form, line.planned, this.clock.now()],
    );
  }

  /** Figures as reported become opening entries, so that an item's money is in one place only. */
  private async takeOverStated(
    manager: EntityManager,
    item: BudgetItemState,
    source: MoneySource | undefined,
    author: Author,
  ): Promise<void> {
    const { requested, allocated } = item;
    if (item.lines.length > 0 || (requested === null && allocated === null)) return;
    if (source === undefined) {
      throw budgetProblem('stated-money', { requested: requested ?? '—', allocated: allocated ?? '—' });
    }
    await manager.update(BudgetItem, { id: item.id }, { requested: 0, allocated: 0, supplement: 0 });
    const place = { source, year: item.fiscalYear, form: 'cash', planned: requested ?? 0 } as const;
    await this.open(manager, item.id, place);
    const line = (await this.items.find(item.id))?.lines[0];
    if (!line) throw new Error('a line that was just made is not there');
    const ground = {
      document: item.sourceDocument?.document ?? 'Số liệu đã báo cáo trong danh mục',
      documentDate: null,
      effectiveOn: item.sourceDocument?.asOf ?? undefined,
      reason: 'Số liệu đã báo cáo, đưa vào sổ',
    };
    if (requested) await this.books.enter(line, { ...ground, step: 'requested', amount: requested }, author);
    if (allocated) {
      // The report says that it was granted; which approval it rests on is not in our documents.
      await this.books.enter(
        line,
        { ...ground, step: 'allocated', amount: allocated, overGrant: true },
        author,
      );
    }
  }
}
