import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import type { Actor } from '#libs/auth';
import { type BudgetItemState, problem } from '#libs/contracts';
import { decodeCursor, likeFolded, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { maySeeItem, visibleOwner } from '../access/budget-access.js';
import { BudgetItem } from './item.entity.js';
import type { ListItemsQuery } from './item.requests.js';
import { toState } from './item-state.js';

@Injectable()
export class ItemsQueries {
  constructor(private readonly transactions: TransactionScope) {}

  /** What the actor may see, in the order of entry, which for the loaded report is the order of its rows. */
  async list(actor: Actor, query: ListItemsQuery): Promise<Page<BudgetItemState>> {
    const { kind, owner, year, q } = query;
    const filters = { kind, owner, year, q };
    const [after] = decodeCursor<[string]>(query.cursor, filters, ['uuid']) ?? [];
    const page = this.transactions.manager.createQueryBuilder(BudgetItem, 'listed').select('listed.id');
    const visible = visibleOwner(actor);
    if (visible !== null) page.andWhere('listed.ownerCode = :visible', { visible });
    if (kind !== undefined) page.andWhere('listed.kind = :kind', { kind });
    if (owner !== undefined) page.andWhere('listed.ownerCode = :owner', { owner });
    if (year !== undefined) page.andWhere('listed.fiscalYear = :year', { year });
    if (q !== undefined) page.andWhere('listed.searchText LIKE :q', { q: likeFolded(q) });
    if (after !== undefined) page.andWhere('listed.id > :after', { after });
    page.orderBy('listed.id').limit(query.limit + 1);

    const items = await this.selectItems()
      .where(`item.id IN (${page.getQuery()})`)
      .setParameters(page.getParameters())
      .getMany();
    return toPage(items.map(stateOf), query.limit, (state) => [state.id], filters);
  }

  /** @throws problem `not-found`, also for an item that the actor may not see */
  async read(actor: Actor, id: string): Promise<BudgetItemState> {
    const item = await this.selectItems().where('item.id = :id', { id }).getOne();
    if (!item || !maySeeItem(actor, item.ownerCode)) throw problem('not-found');
    return stateOf(item);
  }

  /** Items and their plans in one statement, so that a version is never answered with another version's plan. */
  private selectItems(): SelectQueryBuilder<BudgetItem> {
    return this.transactions.manager
      .createQueryBuilder(BudgetItem, 'item')
      .leftJoinAndSelect('item.plans', 'plan')
      .orderBy('item.id')
      .addOrderBy('plan.year');
  }
}

function stateOf(item: BudgetItem): BudgetItemState {
  return toState(item, item.plans ?? []);
}
