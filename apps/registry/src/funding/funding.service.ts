import { Injectable } from '@nestjs/common';
import {
  type BudgetItemState,
  type DatabaseFunding,
  REGISTRY_DATABASE,
  REGISTRY_DATABASE_FUNDING_CHANGED,
  STATE_SOURCES,
} from '#libs/contracts';
import type { Author } from '#libs/history';
import type { ReceivedEvent } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import { DatabasesService } from '../databases/databases.service.js';

const AUTHOR: Author = { subject: 'budget', agency: null };

/** The newer version of an item wins, and keeps which database it was of before, whose funding changes too. */
const TAKE_NEWER = `
  INSERT INTO registry_budget_item (id, sequence, database_id, name, fiscal_year, allocated)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (id) DO UPDATE SET sequence = excluded.sequence, database_id = excluded.database_id,
    database_before = registry_budget_item.database_id,
    name = excluded.name, fiscal_year = excluded.fiscal_year, allocated = excluded.allocated
    WHERE registry_budget_item.sequence < excluded.sequence
  RETURNING database_id AS "now", database_before AS "before"`;

const FUNDING_OF = `
  SELECT COALESCE(jsonb_agg(jsonb_build_object(
           'id', id, 'name', name, 'fiscalYear', fiscal_year, 'allocated', allocated) ORDER BY fiscal_year, id), '[]') AS items,
         COALESCE(sum(allocated), 0)::text AS allocated
    FROM registry_budget_item WHERE database_id = $1`;

/** What the budget allocates for databases, learnt from its events alone. */
@Injectable()
export class FundingService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly databases: DatabasesService,
  ) {}

  /** Inside the transaction of the events; once, whatever the order in which versions arrive. */
  async take(events: readonly ReceivedEvent<BudgetItemState>[]): Promise<void> {
    const touched = new Set<string>();
    for (const event of inOrder(events)) {
      for (const id of await this.takeOver(event)) touched.add(id);
    }
    // In one order everywhere: two replicas must not wait for each other.
    for (const id of [...touched].sort()) await this.tell(id);
  }

  /** Databases whose funding the event may change. */
  private async takeOver({ aggregateId, sequence, data }: ReceivedEvent<BudgetItemState>): Promise<string[]> {
    const rows = await this.transactions.manager.query<{ now: string | null; before: string | null }[]>(
      TAKE_NEWER,
      [aggregateId, sequence, databaseOf(data), data.name, data.fiscalYear, allocatedOf(data)],
    );
    return rows.flatMap(({ now, before }) => [now, before]).filter((id) => id !== null);
  }

  private async tell(databaseId: string): Promise<void> {
    const known = await this.transactions.manager.query<unknown[]>(
      'SELECT 1 FROM registry_database WHERE id = $1',
      [databaseId],
    );
    // An origin that this registry does not have, such as one of a copy that was thrown away.
    if (known.length === 0) return;
    const change = { type: REGISTRY_DATABASE_FUNDING_CHANGED };
    await this.databases.alter(AUTHOR, databaseId, change, async (_, manager) => {
      const [row] = await manager.query<{ items: DatabaseFunding['items']; allocated: string }[]>(
        FUNDING_OF,
        [databaseId],
      );
      return { funding: { items: row?.items ?? [], allocated: Number(row?.allocated ?? 0) } };
    });
  }
}

/** Items in one order everywhere, the versions of each in theirs. */
function inOrder<Event extends { aggregateId: string; sequence: number }>(events: readonly Event[]): Event[] {
  return [...events].sort(
    (one, other) => one.aggregateId.localeCompare(other.aggregateId) || one.sequence - other.sequence,
  );
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Items of before the exchange have no origin, not even null. */
function databaseOf({ origin }: Partial<BudgetItemState>): string | null {
  const own = origin?.service === 'registry' && origin.aggregate === REGISTRY_DATABASE;
  return own && UUID.test(origin.id) ? origin.id : null;
}

/** State-budget money only: what the partners bring is in the split. */
function allocatedOf({ lines = [], allocated = null }: Partial<BudgetItemState>): number {
  if (lines.length === 0) return allocated ?? 0;
  return lines
    .filter(({ source }) => STATE_SOURCES.includes(source))
    .reduce((sum, line) => sum + line.allocated, 0);
}
