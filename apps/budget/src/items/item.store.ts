import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '#libs/auth';
import { Clock, WorkingCalendar } from '#libs/calendar';
import { BUDGET_ITEM, type BudgetItemState, changedFields, problem } from '#libs/contracts';
import { type Author, type Ground, History } from '#libs/history';
import { assertVersion } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { maySeeItem } from '../access/budget-access.js';
import { type ItemRecord, SELECT_ITEMS, toState } from './item-state.js';

/** What a change of an item is, beside the work itself. */
export interface ItemChange extends Ground {
  /** Type of the event that tells of it. */
  type: string;
  /** Version that the caller last read; undefined: whatever is current. */
  ifMatch?: number;
  /** Whether the caller may do this to an item of that owner, before anything is done to it. */
  allowed: (ownerCode: string | null) => boolean;
}

/** Items as a whole: read in one statement, changed under their lock with version, line of history and event. */
@Injectable()
export class ItemStore {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly history: History,
    private readonly calendar: WorkingCalendar,
    private readonly clock: Clock,
  ) {}

  /** In the order of their ids, which is the order of entry. */
  async all(ids: readonly string[]): Promise<BudgetItemState[]> {
    const records = await this.transactions.manager.query<ItemRecord[]>(
      `${SELECT_ITEMS} WHERE item.id = ANY($1) ORDER BY item.id`,
      [ids],
    );
    return records.map((record) => toState(record, this.calendar));
  }

  async find(id: string): Promise<BudgetItemState | null> {
    return (await this.all([id]))[0] ?? null;
  }

  /** @throws problem `not-found`, also for an item that the actor may not see */
  async read(actor: Pick<Actor, 'agency'>, id: string): Promise<BudgetItemState> {
    const item = await this.find(id);
    if (!item || !maySeeItem(actor, item.owner.code)) throw problem('not-found');
    return item;
  }

  /**
   * The item as it was in the evening of a day (yyyy-MM-dd, Asia/Ho_Chi_Minh).
   *
   * @throws problem `not-found`, also where the actor may not see the item, and for a day before its first kept state
   */
  async readOn(actor: Pick<Actor, 'agency'>, id: string, day: string): Promise<BudgetItemState> {
    const present = await this.read(actor, id);
    if (day >= this.clock.today()) return present;
    const [past] = await this.transactions.manager.query<{ state: BudgetItemState }[]>(
      `SELECT state FROM item_release
        WHERE item_id = $1 AND released_at < ($2::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
        ORDER BY version DESC LIMIT 1`,
      [id, day],
    );
    if (!past) throw problem('not-found');
    return past.state;
  }

  /**
   * Does the work under the item's lock. When its state differs afterwards, it gets a version, a line of history and an
   * event; else nothing happened.
   *
   * @param work gets the state before; writes through the manager
   * @throws problem `not-found`, `other-agency`, `stale-version`, and those of the work
   */
  change(
    author: Author,
    id: string,
    change: ItemChange,
    work: (before: BudgetItemState, manager: EntityManager) => Promise<void>,
  ): Promise<BudgetItemState> {
    return this.transactions.run(async (manager) => {
      await manager.query('SELECT 1 FROM budget_item WHERE id = $1 FOR UPDATE', [id]);
      const before = await this.read(author, id);
      if (!change.allowed(before.owner.code)) throw problem('other-agency');
      assertVersion(before.version, change.ifMatch);
      await work(before, manager);
      const changed = changedFields(before, await this.present(id));
      if (changed.length === 0) return before;
      await manager.query('UPDATE budget_item SET version = version + 1, updated_at = $2 WHERE id = $1', [
        id,
        this.clock.now(),
      ]);
      const state = await this.present(id);
      this.record(state, change, changed, author);
      return state;
    });
  }

  /** Event and history of an item's first version. */
  async registered(id: string, type: string, author: Author): Promise<BudgetItemState> {
    const state = await this.present(id);
    this.record(state, { type }, [], author);
    return state;
  }

  private async present(id: string): Promise<BudgetItemState> {
    const state = await this.find(id);
    if (!state) throw new Error(`item ${id} is not in its table`);
    return state;
  }

  private record(
    state: BudgetItemState,
    { type, note, document }: Ground & { type: string },
    changed: string[],
    author: Author,
  ): void {
    this.history.record({ aggregate: BUDGET_ITEM, state, type, changed, author, note, document });
  }
}
