import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { parseEventType } from '#libs/contracts';
import { type CursorQuery, decodeCursor, type Page, toPage } from '#libs/http';
import { Outbox } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import type { HistoryLineView } from './history.view.js';

/** Who did something; the service itself for its first data and for what other services' events bring. */
export type Author = Pick<Actor, 'subject' | 'agency'>;

/** Why something was done. */
export interface Ground {
  note?: string | null;
  document?: string | null;
}

/** What happened to an aggregate. */
export interface Happened extends Ground {
  aggregate: string;
  /** Its state afterwards, as the event carries it. */
  state: { id: string; version: number };
  type: string;
  changed: string[];
  author: Author;
}

/** A line of history. */
export interface Noted extends Ground {
  aggregate: string;
  aggregateId: string;
  version: number;
  action: string;
  changed: string[];
  author: Author;
}

/** Where a service keeps its histories. */
export interface HistoryOptions {
  /**
   * Table with aggregate, aggregate_id, version (together its key), action, changed, note, document, author,
   * author_agency, at.
   */
  table: string;
  /** How the lines of an aggregate are answered. */
  order: 'newest-first' | 'oldest-first';
}

export const HISTORY_OPTIONS = Symbol('HistoryOptions');

/** Event and line of history of a change: always both, in the transaction of the change. */
@Injectable()
export class History {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    @Inject(HISTORY_OPTIONS) private readonly options: HistoryOptions,
  ) {}

  /** Inside `TransactionScope.run`. Does not wait for the database: what it refuses fails the transaction. */
  record({ aggregate, state, type, changed, author, ...ground }: Happened): void {
    const { id: aggregateId, version } = state;
    const action = parseEventType(type)?.verb ?? type;
    this.note({ aggregate, aggregateId, version, action, changed, author, ...ground });
    this.outbox.append({ aggregate, aggregateId, sequence: version, type, state, changed });
  }

  /** A line of history alone, of what is nobody else's concern. Inside `TransactionScope.run`. */
  note({ aggregate, aggregateId, version, action, changed, author, note, document }: Noted): void {
    const { subject, agency } = author;
    const ground = [note ?? null, document ?? null];
    this.transactions.send({
      name: 'note-change',
      text: `INSERT INTO ${this.options.table}
               (aggregate, aggregate_id, version, action, changed, note, document, author, author_agency, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      values: [
        aggregate,
        aggregateId,
        version,
        action,
        changed,
        ...ground,
        subject,
        agency,
        this.clock.now(),
      ],
    });
  }

  /**
   * For what has no version of its own, or is removed and made again: its line goes on where the last one ended. Inside
   * `TransactionScope.run`, with the aggregate held, or two take the same one and the second fails.
   */
  async nextVersion(aggregate: string, id: string): Promise<number> {
    const [row] = await this.transactions.manager.query<{ next: number }[]>(
      `SELECT coalesce(max(version), 0) + 1 AS next FROM ${this.options.table} WHERE aggregate = $1 AND aggregate_id = $2`,
      [aggregate, id],
    );
    return row!.next;
  }

  /** Who did it in person stays inside: only the agency is answered. */
  async of(aggregate: string, id: string, { limit, cursor }: CursorQuery): Promise<Page<HistoryLineView>> {
    const { table, order } = this.options;
    const filters = { aggregate, id };
    const [last = null] = decodeCursor<[number]>(cursor, filters, ['integer']) ?? [];
    const [further, direction] = order === 'newest-first' ? ['<', 'DESC'] : ['>', 'ASC'];
    const rows = await this.transactions.manager.query<(Omit<HistoryLineView, 'at'> & { at: Date })[]>(
      `SELECT version, action, changed, note, document, author_agency AS agency, at FROM ${table}
        WHERE aggregate = $1 AND aggregate_id = $2 AND ($3::int IS NULL OR version ${further} $3)
        ORDER BY version ${direction} LIMIT $4`,
      [aggregate, id, last, limit + 1],
    );
    const lines = rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    return toPage(lines, limit, ({ version }) => [version], filters);
  }
}
