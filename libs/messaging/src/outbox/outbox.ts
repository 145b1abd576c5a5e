import { Inject, Injectable } from '@nestjs/common';
import { context, propagation } from '@opentelemetry/api';
import type { QueryConfig } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '#libs/calendar';
import { parseEventType, type ServiceName } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { MESSAGING_OPTIONS, type MessagingOptions, requirePublishingService } from '../messaging-options.js';
import type { NewEvent, StoredEvent } from '../event.js';
import { Relay } from '../relay/relay.js';

/** nats-server's default limit is 1 MiB for headers and data together. */
const MAX_DATA_BYTES = 900_000;

const APPEND = `
  INSERT INTO outbox (event_id, aggregate, aggregate_id, sequence, type, occurred_at, traceparent, data)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  RETURNING id`;

/** Where a service puts its events: rows beside the change itself, in the same transaction. */
@Injectable()
export class Outbox {
  private readonly service: ServiceName;

  constructor(
    private readonly transactions: TransactionScope,
    private readonly clock: Clock,
    private readonly relay: Relay,
    @Inject(MESSAGING_OPTIONS) options: MessagingOptions,
  ) {
    this.service = requirePublishingService(options);
  }

  /**
   * Stores the events; they leave after the commit and never without it. In the order given, which must be the order
   * of the versions within an aggregate. Does not wait for the database: a row that it refuses (a second event of the
   * same version) fails the transaction.
   *
   * @throws Error outside `TransactionScope.run`, for a type that is not this service's, or for data over 900,000 bytes
   */
  append(...events: NewEvent[]): void {
    if (events.length === 0) return;
    if (!this.transactions.active) throw new Error('events are appended inside TransactionScope.run only');
    const { claims } = this.relay;
    for (const event of events.map((event) => this.stored(event))) {
      this.transactions.send(appending(event), ([row]) => {
        event.id = row!['id'] as string;
      });
      if (event.sequence === 1)
        this.transactions.afterCommit(() => {
          this.relay.offer(event, claims);
        });
    }
    this.transactions.afterCommit(() => {
      this.relay.wake();
    });
  }

  private stored(event: NewEvent): StoredEvent {
    const parts = parseEventType(event.type);
    if (parts?.service !== this.service || parts.aggregate !== event.aggregate) {
      throw new Error(`${event.type} is no event of ${this.service}/${event.aggregate}`);
    }
    const data = JSON.stringify({ ...event.state, changed: event.changed });
    if (Buffer.byteLength(data) > MAX_DATA_BYTES) {
      throw new Error(`the state of ${event.aggregate} ${event.aggregateId} is too large for an event`);
    }
    const carrier: { traceparent?: string } = {};
    propagation.inject(context.active(), carrier);
    return {
      id: '',
      event_id: uuidv7(),
      aggregate: event.aggregate,
      aggregate_id: event.aggregateId,
      sequence: event.sequence,
      type: event.type,
      occurred_at: this.clock.now(),
      traceparent: carrier.traceparent ?? null,
      data,
    };
  }
}

function appending(event: StoredEvent): QueryConfig {
  const values = [
    event.event_id,
    event.aggregate,
    event.aggregate_id,
    event.sequence,
    event.type,
    event.occurred_at.toISOString(),
    event.traceparent,
    event.data,
  ];
  return { name: 'append-to-outbox', text: APPEND, values };
}
