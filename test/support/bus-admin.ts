import { readFileSync } from 'node:fs';
import {
  jetstream,
  type JetStreamClient,
  jetstreamManager,
  type JetStreamManager,
  type StoredMsg,
} from '@nats-io/jetstream';
import { connect, credsAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import type { BusUser } from '../../deploy/bus/permissions.js';
import type { TestNats } from './nats.js';

/** A connection to the broker as one of its users, kept over restarts of the broker. */
export async function connectAs(nats: TestNats, user: BusUser): Promise<NatsConnection> {
  const credentials = nats.credentials(user);
  return connect({
    servers: nats.url,
    inboxPrefix: `_INBOX.${user}`,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 50,
    ...(credentials !== undefined && { authenticator: credsAuthenticator(readFileSync(credentials)) }),
  });
}

/** An event as it lies in a stream. */
export interface StreamedEvent {
  eventId: string;
  subject: string;
  aggregateId: string;
  sequence: number;
  streamSequence: number;
}

/** What an administrator of the bus sees and does. */
export class BusAdmin {
  private constructor(
    readonly connection: NatsConnection,
    readonly jetstream: JetStreamClient,
    readonly manager: JetStreamManager,
  ) {}

  static async connect(nats: TestNats): Promise<BusAdmin> {
    const connection = await connectAs(nats, 'admin');
    return new BusAdmin(connection, jetstream(connection), await jetstreamManager(connection));
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  async lastSequence(stream: string): Promise<number> {
    return (await this.manager.streams.info(stream)).state.last_seq;
  }

  /** The events behind the given place of the stream, in its order. */
  async eventsAfter(stream: string, streamSequence: number): Promise<StreamedEvent[]> {
    const last = await this.lastSequence(stream);
    const places = Array.from({ length: last - streamSequence }, (_, index) => streamSequence + 1 + index);
    const messages = await Promise.all(places.map((seq) => this.manager.streams.getMessage(stream, { seq })));
    return messages.filter((message) => message !== null).map(toEvent);
  }

  /** The last event of a subject; null when there is none. */
  async lastEvent(stream: string, subject: string): Promise<StreamedEvent | null> {
    const message = await this.manager.streams.getMessage(stream, { last_by_subj: subject });
    return message && toEvent(message);
  }
}

function toEvent(message: StoredMsg): StreamedEvent {
  return {
    eventId: message.header.get('ce-id'),
    subject: message.subject,
    aggregateId: message.header.get('ce-subject'),
    sequence: Number(message.header.get('ce-sequence')),
    streamSequence: message.seq,
  };
}
