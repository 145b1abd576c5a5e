import { setTimeout as sleep } from 'node:timers/promises';
import {
  AckPolicy,
  type ConsumerInfo,
  DeliverPolicy,
  type JsMsg,
  JetStreamApiError,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { GRANT_STREAMS, grantConsumer, grantOfConsumer } from '#libs/contracts';
import { type Bus, isNotFound } from '#libs/messaging';
import { consumerNames } from '../../sources/consumer-names.js';
import type { FeedSource } from '../../sources/feed-source.js';

/** Messages that an agency may hold without having acknowledged them. */
const MOST_UNANSWERED = 1_000;
/** Seconds after which a message that was not acknowledged is sent again, for ever. */
const ANSWER_SECONDS = 30;
/** Time for an agency to acknowledge what is on its way when its grant ends, milliseconds. */
const GRACE_MILLISECONDS = 500;
const LOOK_MILLISECONDS = 20;
/** Broker's code: another consumer of this name has another configuration. */
const CONSUMER_EXISTS = new Set([10_013, 10_148]);

/** The durable consumer of a grant, by settings that nats-server 2.9 knows as well as newer ones. */
export class GrantConsumers {
  constructor(private readonly bus: Bus) {}

  /** Makes the consumer where it is missing: the current state of everything first, then what follows. */
  async ensure(grantId: string, { stream, subject }: FeedSource): Promise<void> {
    const durable = grantConsumer(grantId);
    try {
      await this.bus.manager.consumers.add(stream, {
        durable_name: durable,
        ack_policy: AckPolicy.Explicit,
        deliver_policy: DeliverPolicy.LastPerSubject,
        filter_subject: subject,
        ack_wait: nanos(ANSWER_SECONDS * 1_000),
        max_ack_pending: MOST_UNANSWERED,
        max_deliver: -1,
        // Every acknowledgement is reported by the broker: the exchange log is made from these reports.
        sample_freq: '100',
      });
    } catch (error) {
      if (!(error instanceof JetStreamApiError) || !CONSUMER_EXISTS.has(error.code)) throw error;
    }
  }

  /** Null when there is none. Not to be asked often: see consumerNames. */
  async info(grantId: string, stream: string): Promise<ConsumerInfo | null> {
    try {
      return await this.bus.manager.consumers.info(stream, grantConsumer(grantId));
    } catch (error) {
      if (isNotFound(error)) return null;
      throw error;
    }
  }

  /** Grants that have a consumer on the bus, with its stream. */
  async present(): Promise<Map<string, string>> {
    const present = new Map<string, string>();
    for (const stream of GRANT_STREAMS) {
      for (const name of await consumerNames(this.bus, stream)) {
        const grantId = grantOfConsumer(name);
        if (grantId !== null) present.set(grantId, stream);
      }
    }
    return present;
  }

  /**
   * Sends nothing more. The consumer gets a subject that no event has: 2.9 takes no other, and nothing that was sent is
   * forgotten by that.
   *
   * @returns false when there is no consumer
   */
  async silence(grantId: string, { stream, subject }: FeedSource): Promise<boolean> {
    const silent = `${subject.slice(0, subject.lastIndexOf('.'))}.-`;
    try {
      await this.bus.manager.consumers.update(stream, grantConsumer(grantId), { filter_subject: silent });
      return true;
    } catch (error) {
      if (isNotFound(error)) return false;
      throw error;
    }
  }

  /** Lets the agency acknowledge what is on its way, for a while. */
  async untilAnswered(grantId: string, stream: string): Promise<void> {
    const end = performance.now() + GRACE_MILLISECONDS;
    while (performance.now() < end) {
      const info = await this.info(grantId, stream);
      if (!info || info.num_ack_pending === 0) return;
      await sleep(LOOK_MILLISECONDS);
    }
  }

  /**
   * What was sent and never acknowledged. Whoever could acknowledge it must have been cut off before: the consumer is
   * told to send it again at once, and sends it here; nothing is acknowledged by that.
   */
  async unacknowledged(grantId: string, stream: string): Promise<JsMsg[]> {
    const pending = (await this.info(grantId, stream))?.num_ack_pending ?? 0;
    if (pending === 0) return [];
    const durable = grantConsumer(grantId);
    await this.bus.manager.consumers.update(stream, durable, { ack_wait: nanos(100) });
    const consumer = await this.bus.jetstream.consumers.get(stream, durable);
    const found = new Map<number, JsMsg>();
    const messages = await consumer.fetch({ max_messages: pending, expires: 1_000 });
    for await (const message of messages) {
      found.set(message.seq, message);
      if (found.size >= pending) break;
    }
    return [...found.values()].sort((a, b) => a.seq - b.seq);
  }

  async remove(grantId: string, stream: string): Promise<void> {
    try {
      await this.bus.manager.consumers.delete(stream, grantConsumer(grantId));
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
}
