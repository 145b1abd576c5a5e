import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import {
  BUDGET_ITEM_ENTRY_REVERSED,
  BUDGET_STEP_EVENTS,
  type BudgetItemState,
  problem,
} from '#libs/contracts';
import { fieldProblem } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { assertMayEnter } from '../access/ledger-access.js';
import { ItemStore } from '../items/item.store.js';
import { BudgetEntry } from './entry.entity.js';
import { type EntryGround, LedgerBooks, type NewEntry } from './ledger.books.js';

/** Entering money and taking entries back, for those who may; see access/ledger-access.ts. */
@Injectable()
export class LedgerService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly items: ItemStore,
    private readonly books: LedgerBooks,
    private readonly clock: Clock,
  ) {}

  /**
   * Enters money into a line of an item.
   *
   * @throws problem `not-found`, `no-such-line`, `insufficient-scope`, `other-agency`, `stale-version`, `validation-failed`
   *   (a day in the future), and those of {@link LedgerBooks.enter}
   */
  enter(
    actor: Actor,
    itemId: string,
    lineId: string,
    entry: NewEntry,
    ifMatch: number | undefined,
  ): Promise<BudgetItemState> {
    this.assertPast(entry.effectiveOn);
    const change = {
      type: BUDGET_STEP_EVENTS[entry.step],
      ifMatch,
      note: entry.reason,
      document: entry.document,
      allowed: (owner: string | null) => assertMayEnter(actor, entry.step, owner),
    };
    return this.items.change(actor, itemId, change, (item) =>
      this.books.enter(this.books.lineOf(item, lineId), entry, actor),
    );
  }

  /**
   * Takes a whole entry back; who may enter its step may take it back.
   *
   * @param ifMatch version of the item that the caller last read; undefined: whatever is current
   * @throws problem `not-found`, `insufficient-scope`, `other-agency`, `stale-version`, and those of {@link LedgerBooks.reverse}
   */
  reverse(
    actor: Actor,
    entryId: string,
    ground: EntryGround,
    ifMatch: number | undefined,
  ): Promise<BudgetItemState> {
    this.assertPast(ground.effectiveOn);
    return this.transactions.run(async (manager) => {
      const original = await manager.findOneBy(BudgetEntry, { id: entryId });
      if (!original) throw problem('not-found');
      const [line] = await manager.query<{ itemId: string }[]>(
        'SELECT item_id AS "itemId" FROM budget_line WHERE id = $1',
        [original.lineId],
      );
      const change = {
        type: BUDGET_ITEM_ENTRY_REVERSED,
        ifMatch,
        note: ground.reason,
        document: ground.document,
        allowed: (owner: string | null) => assertMayEnter(actor, original.step, owner),
      };
      return this.items.change(actor, line?.itemId ?? '', change, (item) =>
        this.books.reverse(this.books.lineOf(item, original.lineId), original, ground, actor),
      );
    });
  }

  /** What has not happened yet cannot be in the books. */
  private assertPast(effectiveOn: string | undefined): void {
    const today = this.clock.today();
    if (effectiveOn !== undefined && effectiveOn > today) {
      throw fieldProblem({ field: 'effectiveOn', code: 'too-large', parameters: { max: today } });
    }
  }
}
