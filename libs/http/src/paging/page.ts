import type { Type } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { encodeCursor, type Position } from './cursor.js';

/** Answer of a list. */
export interface Page<Item> {
  items: Item[];
  /** Cursor of the next page; null on the last one. */
  nextCursor: string | null;
}

/**
 * Makes a page out of `limit + 1` rows: the one too many only tells that there is a next page.
 *
 * @example
 * const rows = await select.limit(query.limit + 1).getMany();
 * return toPage(rows, query.limit, (row) => [row.dueDate, row.id], filters);
 */
export function toPage<Item>(
  rows: readonly Item[],
  limit: number,
  positionOf: (item: Item) => Position,
  filters: object = {},
): Page<Item> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor(positionOf(last), filters) : null };
}

/** Class of a page of items, for the documentation: `@ApiOkResponse({ type: PageOf(TaskView) })`. */
export function PageOf<Item extends object>(item: Type<Item>): Type<Page<Item>> {
  class PageOfItems implements Page<Item> {
    @ApiProperty({ type: item, isArray: true, description: 'Items of this page' })
    items!: Item[];

    @ApiProperty({
      type: 'string',
      nullable: true,
      description: 'cursor of the next page; null on the last one',
    })
    nextCursor!: string | null;
  }
  Object.defineProperty(PageOfItems, 'name', { value: `PageOf${item.name}` });
  return PageOfItems;
}
