import { randomUUID } from 'node:crypto';
import { setImmediate, setTimeout } from 'node:timers/promises';
import {
  AckPolicy,
  type ConsumerMessages,
  DeliverPolicy,
  type JsMsg,
  type StreamInfo,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import type { Bus } from '#libs/messaging';
import { type FeedEvent, toFeedEvent } from './feed-event.js';
import type { FeedSource } from './feed-source.js';

/** How far a receiver is. */
export interface FeedPosition {
  /** When the stream was made: a stream made anew counts from 1 again. */
  created: string;
  /** Place of the last event that it has; 0: none, it is to begin with the state. */
  sequence: number;
}

/** With the current state; behind the position that was asked for; or with the state since that position is no more. */
export const FEED_STARTS = ['state', 'resumed', 'restarted'] as const;
export type FeedStart = (typeof FEED_STARTS)[number];

/** Messages that the broker may send ahead of the reader. */
const AHEAD = 64;
/** The broker forgets a reader that went away without a word. */
const FORGOTTEN_SECONDS = 60;
const HEARTBEAT_MILLISECONDS = 2_000;
const MISSED_HEARTBEATS = 3;

/** The bus broke off, or a message was lost on the way: to be opened again at the last position. */
export class FeedBroken extends Error {}

/**
 * Reads the events of a grant from a position on, or the current state of everything first (the last event of each
 * subject) and then what follows. Each reader has a consumer of its own, which keeps nothing and answers nothing.
 */
export class FeedReader {
  private readonly iterator: AsyncIterator<JsMsg>;
  private waiting: Promise<IteratorResult<JsMsg>> | null = null;
  private delivered = 0;

  private constructor(
    /** How it begins. */
    readonly start: FeedStart,
    /** Events that wait for it as it begins. */
    readonly pending: number,
    private readonly at: { created: string; lastSequence: number; after: number },
    private readonly messages: ConsumerMessages,
    private readonly forget: () => Promise<unknown>,
    private readonly broken: AbortSignal,
  ) {
    this.iterator = messages[Symbol.asyncIterator]();
    broken.addEventListener('abort', this.stop, { once: true });
    void this.watch();
  }

  /** @param after null: begin with the state; @throws the broker's refusal, such as a stream that is not there yet */
  static async open(bus: Bus, source: FeedSource, after: FeedPosition | null): Promise<FeedReader> {
    const info = await bus.manager.streams.info(source.stream);
    const start = startOf(info, after);
    const resumeAt = start === 'resumed' && after ? after.sequence + 1 : null;
    const { name, num_pending: pending } = await bus.manager.consumers.add(source.stream, {
      name: `feed-${randomUUID().replaceAll('-', '')}`,
      ack_policy: AckPolicy.None,
      filter_subject: source.subject,
      inactive_threshold: nanos(FORGOTTEN_SECONDS * 1_000),
      mem_storage: true,
      num_replicas: 1,
      ...(resumeAt === null
        ? { deliver_policy: DeliverPolicy.LastPerSubject }
        : { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: resumeAt }),
    });
    const consumer = await bus.jetstream.consumers.get(source.stream, name);
    const messages = await consumer.consume({
      max_messages: AHEAD,
      idle_heartbeat: HEARTBEAT_MILLISECONDS,
      abort_on_missing_resource: true,
    });
    const at = {
      created: info.created,
      lastSequence: info.state.last_seq,
      after: resumeAt === null ? 0 : resumeAt - 1,
    };
    const forget = () => consumer.delete();
    return new FeedReader(start, pending, at, messages, forget, bus.broken);
  }

  /** Messages so far, also those that are no events. */
  get received(): number {
    return this.delivered;
  }

  /** The stream as it was at the opening. */
  get stream(): { created: string; lastSequence: number } {
    const { created, lastSequence } = this.at;
    return { created, lastSequence };
  }

  /** Where the next reader goes on that has everything up to this event. */
  positionOf(event: FeedEvent): FeedPosition {
    return { created: this.at.created, sequence: event.sequence };
  }

  /** Where the next reader goes on when nothing came: behind what was there at the opening, if nothing of it waited. */
  get restingPosition(): FeedPosition {
    const { created, lastSequence, after } = this.at;
    return { created, sequence: this.pending === 0 ? lastSequence : after };
  }

  /**
   * The next events, as soon as there is one: none when the time is over.
   * @throws FeedBroken
   */
  async next(limit: number, milliseconds: number, signal?: AbortSignal): Promise<FeedEvent[]> {
    const events: FeedEvent[] = [];
    let message = await this.message(milliseconds, signal);
    while (message) {
      const event = toFeedEvent(message);
      if (event) events.push(event);
      if (events.length >= limit) break;
      message = await this.message(0);
    }
    return events;
  }

  async close(): Promise<void> {
    this.stop();
    this.broken.removeEventListener('abort', this.stop);
    // The broker forgets it by itself when it cannot be told.
    await this.forget().catch(() => undefined);
  }

  private readonly stop = (): void => {
    this.messages.stop();
  };

  private async message(milliseconds: number, signal?: AbortSignal): Promise<JsMsg | null> {
    this.waiting ??= this.iterator.next();
    const result = await within(this.waiting, milliseconds, signal).catch((error: unknown) => {
      throw new FeedBroken((error as Error).message);
    });
    if (result === null) return null;
    this.waiting = null;
    if (result.done) throw new FeedBroken('the bus broke off');
    this.delivered += 1;
    const { deliverySequence } = result.value.info;
    if (deliverySequence !== this.delivered) throw new FeedBroken('a message was lost on the way');
    return result.value;
  }

  private async watch(): Promise<void> {
    for await (const status of this.messages.status()) {
      const missed = status.type === 'heartbeats_missed' && status.count >= MISSED_HEARTBEATS;
      if (missed || status.type === 'consumer_deleted' || status.type === 'consumer_not_found') this.stop();
    }
  }
}

function startOf({ created, state }: StreamInfo, after: FeedPosition | null): FeedStart {
  if (after === null) return 'state';
  const known = after.created === created && after.sequence <= state.last_seq;
  if (!known) return 'restarted';
  return after.sequence === 0 ? 'state' : 'resumed';
}

/** What comes of the work within the time; null when it is over, or the signal aborts. */
async function within<T>(work: Promise<T>, milliseconds: number, signal?: AbortSignal): Promise<T | null> {
  if (milliseconds === 0) return Promise.race([work, setImmediate(null)]);
  const over = new AbortController();
  const end = signal ? AbortSignal.any([over.signal, signal]) : over.signal;
  try {
    const time = setTimeout(milliseconds, null, { signal: end }).catch(() => null);
    return await Promise.race([work, time]);
  } finally {
    over.abort();
  }
}
