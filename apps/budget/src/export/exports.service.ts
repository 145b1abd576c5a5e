import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { type BudgetItemState, defineProblems } from '#libs/contracts';
import { MAX_LIMIT } from '#libs/http';
import type { ListItemsQuery } from '../items/item.requests.js';
import { ItemsQueries } from '../items/items.queries.js';

/** What an export leaves out of the list's parameters: it has no pages. */
export type ExportFilters = Omit<ListItemsQuery, 'limit' | 'cursor'>;

/** Items of one file; a province has some hundred in a year. */
const MAX_ITEMS = 3_000;

const exportProblem = defineProblems({
  'export-too-large': {
    status: 409,
    vi: { title: 'Quá nhiều mục', detail: 'Mỗi tệp không quá {max} mục. Lọc theo năm, loại hoặc cơ quan.' },
    en: {
      title: 'Too many items',
      detail: 'A file holds at most {max} items. Filter by year, kind or agency.',
    },
  },
});

@Injectable()
export class ExportsService {
  constructor(private readonly queries: ItemsQueries) {}

  /**
   * All items that pass the filters and that the actor may see, in the order of entry.
   *
   * @throws problem `export-too-large`
   */
  async collect(actor: Actor, filters: ExportFilters): Promise<BudgetItemState[]> {
    const items: BudgetItemState[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.queries.list(actor, { ...filters, limit: MAX_LIMIT, cursor });
      items.push(...page.items);
      if (items.length > MAX_ITEMS) throw exportProblem('export-too-large', { max: MAX_ITEMS });
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return items;
  }
}
