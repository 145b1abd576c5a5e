import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { parseEventType } from '#libs/contracts';
import { type CursorQuery, decodeCursor, type Page, toPage } from '#libs/http';
import { Outbox } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import { RegistryChange } from './change.entity.js';

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

/** A line of history as it is answered. */
export interface HistoryLine {
  version: number;
  action: string;
  changed: string[];
  note: string | null;
  document: string | null;
  /** null: a token without an agency, or the service itself. */
  agency: string | null;
  /** ISO 8601 UTC. */
  at: string;
}

/** Event and line of history of a change: always both, in the transaction of the change. */
@Injectable()
export class History {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Inside `TransactionScope.run`. */
  record({ aggregate, state, type, changed, author, note, document }: Happened): void {
    this.transactions.insert(RegistryChange, {
      aggregate,
      aggregateId: state.id,
      version: state.version,
      action: parseEventType(type)?.verb ?? type,
      changed,
      note: note ?? null,
      document: document ?? null,
      author: author.subject,
      authorAgency: author.agency,
      at: this.clock.now(),
    });
    this.outbox.append({ aggregate, aggregateId: state.id, sequence: state.version, type, state, changed });
  }

  /** Newest line first. Who did it in person stays inside: only the agency is answered. */
  async of(aggregate: string, id: string, query: CursorQuery): Promise<Page<HistoryLine>> {
    const filters = { aggregate, id };
    const [before] = decodeCursor<[number]>(query.cursor, filters, ['integer']) ?? [];
    const select = this.transactions.manager
      .createQueryBuilder(RegistryChange, 'line')
      .where('line.aggregate = :aggregate AND line.aggregateId = :id', { aggregate, id });
    if (before !== undefined) select.andWhere('line.version < :before', { before });
    const rows = await select
      .orderBy('line.version', 'DESC')
      .limit(query.limit + 1)
      .getMany();
    return toPage(rows.map(toLine), query.limit, (line) => [line.version], filters);
  }
}

function toLine({
  version,
  action,
  changed,
  note,
  document,
  authorAgency: agency,
  at,
}: RegistryChange): HistoryLine {
  return { version, action, changed, note, document, agency, at: at.toISOString() };
}
