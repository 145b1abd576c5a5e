import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import {
  AckPolicy,
  type Consumer,
  type ConsumerMessages,
  DeliverPolicy,
  JetStreamApiError,
  type JsMsg,
} from '@nats-io/jetstream';
import { headers as natsHeaders, type MsgHdrs, nanos } from '@nats-io/transport-node';
import { EVENT_HEADERS, FEED_STREAM } from '#libs/contracts';
import { type Bus, type BusConnection, isNotFound } from '#libs/messaging';
import { requireWhole, viewSubject } from '../sources/feed-source.js';
import { nextOfView } from './reduce.js';

/** A dataset as grants of some fields see it. */
export interface View {
  /** 16 hex digits. */
  id: string;
  stream: string;
  subject: string;
  fields: readonly string[];
}

/** Events handed out to this process and not passed on yet. */
const AT_WORK = 128;
const ANSWER_SECONDS = 30;
const RETRY_MILLISECONDS = 1_000;
/** Broker's code: the subject has another last message than the publisher expected. */
const WRONG_LAST_SEQUENCE = 10_071;
const DUPLICATE_PAUSE_MILLISECONDS = 250;
const MISSED_HEARTBEATS = 3;

/** What the feed last said of an aggregate. */
interface LastSaid {
  /** Place in the stream of the feeds; 0: nothing yet. */
  place: number;
  /** Version of the aggregate. */
  sequence: number;
  state: Record<string, unknown> | null;
}

export function viewConsumer(view: string): string {
  return `view-${view}`;
}

/**
 * Carries the events of a dataset into FEED_STREAM, reduced to a view's fields, through a durable consumer that all replicas
 * share. Each publication names the message that it follows, so that the broker refuses one that would put an older
 * state behind a newer one; neither a crash nor a second replica can do that. Acknowledged once it is stored.
 */
export class ViewWorker {
  private readonly logger: Logger;
  private readonly stopping = new AbortController();
  private readonly turns = new Map<string, Promise<void>>();
  private messages: ConsumerMessages | null = null;
  private finished: Promise<void> = Promise.resolve();

  constructor(
    readonly view: View,
    private readonly bus: BusConnection,
  ) {
    this.logger = new Logger(`View ${view.id}`);
  }

  start(): void {
    this.finished = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.messages?.stop();
    await Promise.race([this.finished, sleep(1_000)]);
  }

  private isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private async run(): Promise<void> {
    while (!this.isStopping()) {
      try {
        const bus = await this.bus.whenConnected();
        await requireWhole(bus.manager, FEED_STREAM);
        await this.consume(bus, await this.consumerOf(bus));
      } catch (error) {
        if (this.isStopping()) return;
        // A service that has not started yet has not made its stream: that is no news.
        if (!isNotFound(error)) this.logger.warn(`interrupted: ${(error as Error).message}`);
      }
      await sleep(RETRY_MILLISECONDS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  private async consumerOf({ manager, jetstream }: Bus): Promise<Consumer> {
    const { id, stream, subject } = this.view;
    const durable = viewConsumer(id);
    try {
      await manager.consumers.info(stream, durable);
    } catch (error) {
      if (!isNotFound(error)) throw error;
      await manager.consumers.add(stream, {
        durable_name: durable,
        ack_policy: AckPolicy.Explicit,
        deliver_policy: DeliverPolicy.LastPerSubject,
        filter_subject: subject,
        ack_wait: nanos(ANSWER_SECONDS * 1_000),
        max_ack_pending: AT_WORK * 4,
        max_deliver: -1,
      });
    }
    return jetstream.consumers.get(stream, durable);
  }

  private async consume(bus: Bus, consumer: Consumer): Promise<void> {
    const messages = await consumer.consume({
      max_messages: AT_WORK,
      idle_heartbeat: 2_000,
      abort_on_missing_resource: true,
    });
    this.messages = messages;
    if (this.isStopping()) messages.stop();
    void this.watch(messages);
    try {
      for await (const message of messages) {
        // An aggregate's events one after the other; of others at the same time.
        const turn = this.takeTurn(bus, message);
        if (this.turns.size >= AT_WORK) await turn;
      }
    } finally {
      this.messages = null;
      await Promise.all(this.turns.values());
    }
  }

  private async watch(messages: ConsumerMessages): Promise<void> {
    for await (const status of messages.status()) {
      const missed = status.type === 'heartbeats_missed' && status.count >= MISSED_HEARTBEATS;
      if (missed || status.type === 'consumer_deleted' || status.type === 'consumer_not_found')
        messages.stop();
    }
  }

  private takeTurn(bus: Bus, message: JsMsg): Promise<void> {
    const before = this.turns.get(message.subject) ?? Promise.resolve();
    const turn = before
      .then(() => this.settle(bus, message))
      .finally(() => {
        if (this.turns.get(message.subject) === turn) this.turns.delete(message.subject);
      });
    this.turns.set(message.subject, turn);
    return turn;
  }

  private async settle(bus: Bus, message: JsMsg): Promise<void> {
    try {
      await this.pass(bus, message);
      message.ack();
    } catch (error) {
      this.logger.warn(`${message.subject} waits: ${(error as Error).message}`);
      giveBack(message);
    }
  }

  private async pass(bus: Bus, message: JsMsg): Promise<void> {
    const event = decode(message);
    if (!event) return;
    const subject = viewSubject(this.view.id, message.subject.slice(message.subject.lastIndexOf('.') + 1));
    for (;;) {
      const last = await lastSaid(bus, subject);
      if (last.sequence >= event.sequence) return;
      const data = nextOfView(last.state, event.data, this.view.fields);
      if (!data) return;
      try {
        const { duplicate } = await bus.jetstream.publish(subject, JSON.stringify(data), {
          headers: headersOf(this.view.id, event.headers),
          expect: { streamName: FEED_STREAM, lastSubjectSequence: last.place },
        });
        if (!duplicate) return;
        // It was said a moment ago; and perhaps purged since, as the view was given up: then it is said again.
        await sleep(DUPLICATE_PAUSE_MILLISECONDS);
      } catch (error) {
        // Another replica said something of it meanwhile.
        if (!(error instanceof JetStreamApiError) || error.code !== WRONG_LAST_SEQUENCE) throw error;
      }
    }
  }
}

/** Over a connection that is gone nothing can be said: the broker hands it out again by itself. */
function giveBack(message: JsMsg): void {
  try {
    message.nak(RETRY_MILLISECONDS);
  } catch {
    return;
  }
}

interface SourceEvent {
  headers: MsgHdrs;
  sequence: number;
  data: Record<string, unknown>;
}

/** Null for what is no event: it is in no feed. */
function decode(message: JsMsg): SourceEvent | null {
  const { headers } = message;
  const sequence = Number(headers?.get(EVENT_HEADERS.sequence));
  if (!headers || !Number.isSafeInteger(sequence) || sequence < 1) return null;
  try {
    const data: unknown = message.json();
    if (typeof data !== 'object' || data === null || Array.isArray(data)) return null;
    return { headers, sequence, data: data as Record<string, unknown> };
  } catch {
    return null;
  }
}

async function lastSaid({ manager }: Bus, subject: string): Promise<LastSaid> {
  const message = await manager.streams.getMessage(FEED_STREAM, { last_by_subj: subject });
  if (!message) return { place: 0, sequence: 0, state: null };
  const sequence = Number(message.header.get(EVENT_HEADERS.sequence));
  return { place: message.seq, sequence, state: message.json() };
}

/** The event's own headers; the identifier by which the broker knows a repetition is the view's. */
function headersOf(view: string, source: MsgHdrs): MsgHdrs {
  const headers = natsHeaders();
  for (const key of source.keys()) {
    if (!key.toLowerCase().startsWith('nats-')) headers.set(key, source.get(key));
  }
  headers.set('Nats-Msg-Id', `${view}:${source.get(EVENT_HEADERS.id)}`);
  return headers;
}
