import { Injectable } from '@nestjs/common';
import type { ServiceName } from '#libs/contracts';
import type { ReceivedEvent } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';

/** The newest known state of one aggregate of one service. */
export interface Projection {
  service: ServiceName;
  aggregate: string;
  aggregateId: string;
  sequence: number;
  /** Type of the event that brought this state. */
  type: string;
  /** Time of that event, ISO 8601 UTC. */
  occurredAt: string;
  state: Record<string, unknown>;
}

interface ProjectionRow extends Omit<Projection, 'state' | 'occurredAt'> {
  occurredAt: Date;
  state: string;
}

const TAKE_OVER = `
  INSERT INTO projection (service, aggregate, aggregate_id, sequence, type, occurred_at, state)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::text[], $6::timestamptz[], $7::text[])
  ON CONFLICT (service, aggregate, aggregate_id) DO UPDATE
    SET sequence = excluded.sequence, type = excluded.type, occurred_at = excluded.occurred_at, state = excluded.state
    WHERE projection.sequence < excluded.sequence`;

const PAGE_SIZE = 2_000;
const PAGE = `
  SELECT service, aggregate, aggregate_id AS "aggregateId", sequence, type, occurred_at AS "occurredAt", state
  FROM projection WHERE (service, aggregate, aggregate_id) > ($1, $2, $3)
  ORDER BY service, aggregate, aggregate_id LIMIT $4`;

/** What the gateway has taken over from the services' events. The newer version of an aggregate wins, whatever the order. */
@Injectable()
export class ProjectionStore {
  constructor(private readonly transactions: TransactionScope) {}

  /** Takes over the newest event of each aggregate, in one statement that leaves with the commit. */
  apply(events: readonly ReceivedEvent[]): void {
    const newest = newestOfEach(events);
    this.transactions.send({
      name: 'take-over-states',
      text: TAKE_OVER,
      values: [
        newest.map((event) => event.service),
        newest.map((event) => event.aggregate),
        newest.map((event) => event.aggregateId),
        newest.map((event) => event.sequence),
        newest.map((event) => event.type),
        newest.map((event) => event.time),
        newest.map((event) => JSON.stringify(event.data)),
      ],
    });
  }

  /** Every one, some thousand at a time: together they need not fit into memory. */
  async *all(): AsyncGenerator<Projection> {
    let after: string[] | null = ['', '', ''];
    while (after) {
      const rows: ProjectionRow[] = await this.transactions.manager.query(PAGE, [...after, PAGE_SIZE]);
      for (const { state, occurredAt, ...row } of rows) {
        const parsed = JSON.parse(state) as Record<string, unknown>;
        yield { ...row, occurredAt: occurredAt.toISOString(), state: parsed };
      }
      const last = rows.length < PAGE_SIZE ? undefined : rows.at(-1);
      after = last ? [last.service, last.aggregate, last.aggregateId] : null;
    }
  }
}

function newestOfEach(events: readonly ReceivedEvent[]): ReceivedEvent[] {
  const newest = new Map<string, ReceivedEvent>();
  for (const event of events) {
    const known = newest.get(event.subject);
    if (!known || known.sequence < event.sequence) newest.set(event.subject, event);
  }
  return [...newest.values()];
}
