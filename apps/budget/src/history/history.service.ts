import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import { parseEventType } from '#libs/contracts';
import { decodeCursor, type Page, toPage } from '#libs/http';
import { Outbox } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import type { Author, Ground } from './change.js';

/** A line of an aggregate's history as it is answered. */
export interface HistoryLine {
  version: number;
  action: string;
  changed: string[];
  note: string | null;
  document: string | null;
  agency: string | null;
  at: string;
}

/** What happened to an aggregate: its new state, for the event and the line of history. */
export interface Happened extends Ground {
  aggregate: string;
  state: { id: string; version: number };
  type: string;
  changed: string[];
  author: Author;
}

const RECORD = `
  INSERT INTO budget_change (aggregate, aggregate_id, version, action, changed, note, document, author, author_agency, at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;

/** Event and line of history of a change, always both, in the transaction of the change. */
@Injectable()
export class History {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Does not wait for the database: what it refuses fails the transaction. */
  record({ aggregate, state, type, changed, author, note, document }: Happened): void {
    const values = [
      aggregate,
      state.id,
      state.version,
      parseEventType(type)?.verb,
      changed,
      note ?? null,
      document ?? null,
      author.subject,
      author.agency,
      this.clock.now(),
    ];
    this.transactions.send({ name: 'record-change', text: RECORD, values });
    this.outbox.append({
      aggregate,
      aggregateId: state.id,
      sequence: state.version,
      type,
      state,
      changed,
    });
  }

  /** Newest last. Who did it stays inside: only the agency is answered. */
  async of(
    aggregate: string,
    id: string,
    page: { limit: number; cursor?: string },
  ): Promise<Page<HistoryLine>> {
    const filters = { aggregate, id };
    const [after = 0] = decodeCursor<[number]>(page.cursor, filters, ['integer']) ?? [];
    const lines = await this.transactions.manager.query<(Omit<HistoryLine, 'at'> & { at: Date })[]>(
      `SELECT version, action, changed, note, document, author_agency AS agency, at FROM budget_change
        WHERE aggregate = $1 AND aggregate_id = $2 AND version > $3 ORDER BY version LIMIT $4`,
      [aggregate, id, after, page.limit + 1],
    );
    return toPage(
      lines.map((line) => ({ ...line, at: line.at.toISOString() })),
      page.limit,
      (line) => [line.version],
      filters,
    );
  }
}
