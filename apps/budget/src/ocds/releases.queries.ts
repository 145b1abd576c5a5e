import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import type { BudgetItemState } from '#libs/contracts';
import { decodeCursor, type Page, toPage } from '#libs/http';
import { TransactionScope, wholeNumber } from '#libs/persistence';
import { visibleOwner } from '../access/budget-access.js';
import type { Payment } from './contracting.js';
import type { ItemRelease } from './release.js';

/** What a package is made of. */
export interface ReleaseFilters {
  /** Only what was released on or after this instant. */
  from?: string;
  /** Only what was released before this instant. */
  to?: string;
  item?: string;
  version?: number;
}

interface Paging {
  limit: number;
  cursor?: string;
}

interface StoredRelease {
  itemId: string;
  version: number;
  releasedAt: Date;
  state: BudgetItemState;
  stateBefore: BudgetItemState | null;
  releasedBefore: Date | null;
}

/** Each release with the one before; ends before its WHERE. */
const RELEASES = `
  SELECT release.item_id AS "itemId", release.version, release.released_at AS "releasedAt", release.state,
    earlier.state AS "stateBefore", earlier.released_at AS "releasedBefore"
  FROM item_release release
  JOIN budget_item item ON item.id = release.item_id
  LEFT JOIN LATERAL (
    SELECT before.state, before.released_at FROM item_release before
     WHERE before.item_id = release.item_id AND before.version < release.version
     ORDER BY before.version DESC LIMIT 1) earlier ON true`;

const PAYMENTS = `
  SELECT line.item_id AS "itemId", entry.id, entry.effective_on::text AS "effectiveOn", entry.recorded_at AS "recordedAt",
    entry.amount
  FROM budget_entry entry JOIN budget_line line ON line.id = entry.line_id
  WHERE line.item_id = ANY($1) AND entry.step = 'disbursed'
  ORDER BY entry.number`;

/** The states in which items were published; of items that the actor may see. */
@Injectable()
export class ReleasesQueries {
  constructor(private readonly transactions: TransactionScope) {}

  /** In the order of their publication. */
  async list(actor: Actor, filters: ReleaseFilters, { limit, cursor }: Paging): Promise<Page<ItemRelease>> {
    const { from, to, item, version } = filters;
    const place = { from, to, item, version };
    const [time = null, afterItem = null, afterVersion = null] =
      decodeCursor<[string, string, number]>(cursor, place, ['instant', 'uuid', 'integer']) ?? [];
    const rows = await this.transactions.manager.query<StoredRelease[]>(
      `${RELEASES}
        WHERE ($1::text IS NULL OR item.owner_code = $1)
          AND ($2::timestamptz IS NULL OR release.released_at >= $2)
          AND ($3::timestamptz IS NULL OR release.released_at < $3)
          AND ($4::uuid IS NULL OR release.item_id = $4)
          AND ($5::integer IS NULL OR release.version = $5)
          AND ($6::timestamptz IS NULL
            OR (release.released_at, release.item_id, release.version) > ($6, $7::uuid, $8::integer))
        ORDER BY release.released_at, release.item_id, release.version LIMIT $9`,
      [
        visibleOwner(actor),
        from ?? null,
        to ?? null,
        item ?? null,
        version ?? null,
        time,
        afterItem,
        afterVersion,
        limit + 1,
      ],
    );
    const releases = await this.withPayments(rows);
    return toPage(releases, limit, ({ releasedAt, state }) => [releasedAt, state.id, state.version], place);
  }

  /**
   * All releases of each item that was changed in the time, items in the order of entry.
   *
   * @returns for each item its releases, oldest first
   */
  async byItem(
    actor: Actor,
    filters: ReleaseFilters,
    { limit, cursor }: Paging,
  ): Promise<Page<ItemRelease[]>> {
    const { from, to, item } = filters;
    const place = { from, to, item };
    const [after = null] = decodeCursor<[string]>(cursor, place, ['uuid']) ?? [];
    const ids = await this.transactions.manager.query<{ id: string }[]>(
      `SELECT item.id FROM budget_item item
        WHERE ($1::text IS NULL OR item.owner_code = $1) AND ($4::uuid IS NULL OR item.id = $4)
          AND ($5::uuid IS NULL OR item.id > $5)
          AND EXISTS (SELECT 1 FROM item_release release WHERE release.item_id = item.id
            AND ($2::timestamptz IS NULL OR release.released_at >= $2)
            AND ($3::timestamptz IS NULL OR release.released_at < $3))
        ORDER BY item.id LIMIT $6`,
      [visibleOwner(actor), from ?? null, to ?? null, item ?? null, after, limit + 1],
    );
    const { items, nextCursor } = toPage(ids, limit, ({ id }) => [id], place);
    const rows = await this.transactions.manager.query<StoredRelease[]>(
      `${RELEASES} WHERE release.item_id = ANY($1) ORDER BY release.item_id, release.version`,
      [items.map(({ id }) => id)],
    );
    const releases = await this.withPayments(rows);
    return { items: [...Map.groupBy(releases, ({ state }) => state.id).values()], nextCursor };
  }

  private async withPayments(rows: readonly StoredRelease[]): Promise<ItemRelease[]> {
    const ids = [...new Set(rows.map(({ itemId }) => itemId))];
    const stored = await this.transactions.manager.query<
      (Omit<Payment, 'amount' | 'recordedAt'> & { itemId: string; amount: string; recordedAt: Date })[]
    >(PAYMENTS, [ids]);
    const payments = Map.groupBy(stored, ({ itemId }) => itemId);
    return rows.map(({ itemId, releasedAt, state, stateBefore, releasedBefore }) => ({
      state,
      releasedAt: releasedAt.toISOString(),
      before: stateBefore &&
        releasedBefore && { state: stateBefore, releasedAt: releasedBefore.toISOString() },
      payments: (payments.get(itemId) ?? []).map(({ id, effectiveOn, recordedAt, amount }) => ({
        id,
        effectiveOn,
        recordedAt: recordedAt.toISOString(),
        amount: wholeNumber.from(amount) as number,
      })),
    }));
  }
}
