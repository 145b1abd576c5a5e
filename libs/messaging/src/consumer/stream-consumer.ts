import { Logger } from '@nestjs/common';
import {
  AckPolicy,
  type Consumer,
  type ConsumerMessages,
  DeliverPolicy,
  type JetStreamManager,
  type JsMsg,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { type ServiceName, streamOf } from '#libs/contracts';
import type { BusConnection } from '../bus/bus-connection.js';
import { isNotFound } from '../bus/streams.js';
import { delay } from '../delay.js';
import type { MessagingOptions } from '../messaging-options.js';
import type { DeliverySettlement } from './delivery-settlement.js';

/** Messages of one transaction of inbox and effect. */
const BATCH = 500;
/** Messages handed out and not answered; bounds what this process holds. */
const MAX_UNANSWERED = 2_000;
const ANSWER_SECONDS = 60;
const RETRY_MILLISECONDS = 1_000;
const DATABASE_RETRY_MILLISECONDS = 1_000;

/** One durable pull consumer: keeps it in being, takes its messages in batches, one batch at a time. */
export class StreamConsumer {
  private readonly logger: Logger;
  private readonly stopping = new AbortController();
  private readonly stream: string;
  private readonly durable: string;
  private queue: JsMsg[] = [];
  private messages: ConsumerMessages | null = null;
  private finished: Promise<void> = Promise.resolve();
  private working: Promise<void> | null = null;

  constructor(
    readonly service: ServiceName,
    /** What of the stream is wanted. */
    private readonly subjects: string,
    options: MessagingOptions,
    private readonly bus: BusConnection,
    private readonly settlement: DeliverySettlement,
  ) {
    this.stream = streamOf(service);
    this.durable = options.process;
    this.logger = new Logger(`Consumer ${this.stream}`);
  }

  start(): void {
    this.finished = this.run();
  }

  /** Finishes the batch at work; what else was handed out goes back, so that nobody waits for its time to run out. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.messages?.stop();
    await this.working;
    this.tell(this.queue.splice(0), (message) => {
      message.nak();
    });
    // run() may be waiting for a bus that never comes.
    await Promise.race([this.finished, delay(1_000, AbortSignal.timeout(1_000))]);
  }

  private isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  /** Messages not answered yet; null while the bus or the consumer is away. */
  async lag(): Promise<number | null> {
    if (!this.bus.connected) return null;
    try {
      const { manager } = await this.bus.whenConnected();
      const info = await manager.consumers.info(this.stream, this.durable);
      return info.num_pending + info.num_ack_pending;
    } catch {
      return null;
    }
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        const { jetstream, manager } = await this.bus.whenConnected();
        await this.ensureConsumer(manager);
        await this.consume(await jetstream.consumers.get(this.stream, this.durable));
      } catch (error) {
        if (this.isStopping()) return;
        // A publisher that has not started yet has not made its stream: that is no news.
        if (!isNotFound(error)) this.logger.warn(`consuming interrupted: ${(error as Error).message}`);
      }
      await delay(RETRY_MILLISECONDS, this.stopping.signal);
    }
  }

  /** Starts from the current state of everything ("last of each subject"): a consumer needs no earlier event. */
  private async ensureConsumer(manager: JetStreamManager): Promise<void> {
    try {
      const { config } = await manager.consumers.info(this.stream, this.durable);
      // Another release of this process wanted more, or less.
      if (config.filter_subject !== this.subjects || config.max_ack_pending !== MAX_UNANSWERED) {
        await manager.consumers.update(this.stream, this.durable, {
          filter_subject: this.subjects,
          max_ack_pending: MAX_UNANSWERED,
        });
      }
    } catch (error) {
      if (!isNotFound(error)) throw error;
      await manager.consumers.add(this.stream, {
        durable_name: this.durable,
        ack_policy: AckPolicy.Explicit,
        deliver_policy: DeliverPolicy.LastPerSubject,
        filter_subject: this.subjects,
        ack_wait: nanos(ANSWER_SECONDS * 1_000),
        max_ack_pending: MAX_UNANSWERED,
        // The number of tries is counted here, so that an outage of the database costs none.
        max_deliver: -1,
      });
      this.logger.log(`made consumer ${this.durable}`);
    }
  }

  /** Returns or rejects when the consumer has to be looked at anew. */
  private async consume(consumer: Consumer): Promise<void> {
    const messages = await consumer.consume({
      max_messages: MAX_UNANSWERED,
      idle_heartbeat: 2_000,
      abort_on_missing_resource: true,
      callback: (message) => {
        this.queue.push(message);
        this.working ??= this.work();
      },
    });
    this.messages = messages;
    if (this.stopping.signal.aborted) messages.stop();
    void this.watch(messages);
    const reason = await messages.closed();
    this.messages = null;
    if (reason) throw reason;
  }

  private async watch(messages: ConsumerMessages): Promise<void> {
    for await (const status of messages.status()) {
      if (
        status.type === 'consumer_deleted' ||
        status.type === 'consumer_not_found' ||
        status.type === 'stream_not_found'
      ) {
        this.logger.warn(`${status.type}: the consumer is made again`);
        messages.stop();
      } else if (status.type === 'heartbeats_missed' && status.count >= 3) {
        messages.stop();
      }
    }
  }

  private async work(): Promise<void> {
    try {
      while (this.queue.length > 0 && !this.isStopping()) {
        await this.settleWhenPossible(this.queue.splice(0, BATCH));
      }
    } finally {
      this.working = null;
    }
  }

  /**
   * While the database is away nothing can be applied and no message is to blame. They are kept here rather than handed
   * back, since the broker would count each time it delivers them as a try of their handler.
   */
  private async settleWhenPossible(messages: readonly JsMsg[]): Promise<void> {
    while (!this.isStopping()) {
      try {
        await this.settlement.settle(messages);
        return;
      } catch (error) {
        this.logger.warn(`the database is away: ${(error as Error).message}; ${this.stream} waits`);
        // The time to answer is counted from now on.
        this.tell([...messages, ...this.queue], (message) => {
          message.working();
        });
        await delay(DATABASE_RETRY_MILLISECONDS, this.stopping.signal);
      }
    }
    this.queue.unshift(...messages);
  }

  /** Without effect on messages that were answered before. */
  private tell(messages: readonly JsMsg[], what: (message: JsMsg) => void): void {
    try {
      messages.forEach(what);
    } catch (error) {
      this.logger.warn(`the bus was not told about waiting messages: ${(error as Error).message}`);
    }
  }
}
