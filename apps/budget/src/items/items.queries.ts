import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { BUDGET_ITEM, type BudgetItemState } from '#libs/contracts';
import { History, type HistoryLineView } from '#libs/history';
import { decodeCursor, likeFolded, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { visibleOwner } from '../access/budget-access.js';
import { BudgetItem } from './item.entity.js';
import type { ListItemsQuery } from './item.requests.js';
import { ItemStore } from './item.store.js';

@Injectable()
export class ItemsQueries {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly items: ItemStore,
    private readonly changes: History,
  ) {}

  /** What the actor may see, in the order of entry, which for the loaded report is the order of its rows. */
  async list(actor: Actor, query: ListItemsQuery): Promise<Page<BudgetItemState>> {
    const { kind, owner, year, q, stage, status, partnership } = query;
    const filters = { kind, owner, year, q, stage, status, partnership };
    const [after] = decodeCursor<[string]>(query.cursor, filters, ['uuid']) ?? [];
    const page = this.transactions.manager.createQueryBuilder(BudgetItem, 'listed').select('listed.id', 'id');
    const visible = visibleOwner(actor);
    if (visible !== null) page.andWhere('listed.ownerCode = :visible', { visible });
    if (kind !== undefined) page.andWhere('listed.kind = :kind', { kind });
    if (owner !== undefined) page.andWhere('listed.ownerCode = :owner', { owner });
    if (year !== undefined) page.andWhere('listed.fiscalYear = :year', { year });
    if (q !== undefined) page.andWhere('listed.searchText LIKE :q', { q: likeFolded(q) });
    if (status !== undefined) page.andWhere('listed.status = :status', { status });
    if (stage !== undefined) page.andWhere(`${CURRENT_STAGE} = :stage`, { stage });
    if (partnership !== undefined) page.andWhere(`${IN_PARTNERSHIP} = :partnership`, { partnership });
    if (after !== undefined) page.andWhere('listed.id > :after', { after });
    const ids = await page
      .orderBy('listed.id')
      .limit(query.limit + 1)
      .getRawMany<{ id: string }>();

    const items = await this.items.all(ids.map(({ id }) => id));
    return toPage(items, query.limit, (state) => [state.id], filters);
  }

  /** @throws problem `not-found`, also for an item that the actor may not see */
  read(actor: Actor, id: string): Promise<BudgetItemState> {
    return this.items.read(actor, id);
  }

  /** @throws problem `not-found`, also for an item that the actor may not see */
  async history(
    actor: Actor,
    id: string,
    page: { limit: number; cursor?: string },
  ): Promise<Page<HistoryLineView>> {
    await this.items.read(actor, id);
    return this.changes.of(BUDGET_ITEM, id, page);
  }
}

const CURRENT_STAGE = `(SELECT entered.stage FROM item_stage entered
  WHERE entered.item_id = listed.id AND NOT entered.passed_over ORDER BY entered.position DESC LIMIT 1)`;
const IN_PARTNERSHIP = `EXISTS (SELECT 1 FROM partnership WHERE partnership.item_id = listed.id)`;
