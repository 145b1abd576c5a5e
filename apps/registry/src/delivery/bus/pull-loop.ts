import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { AckPolicy, type Consumer, type JsMsg, type StreamConfig } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { type Bus, type BusConnection, ensureStream, isNotFound } from '#libs/messaging';

/** A stream that the registry keeps and reads, and what becomes of its messages. */
export interface PulledStream {
  stream: Partial<StreamConfig> & { name: string };
  /** Has the effect of the messages, in their order. Those that it does not answer itself are acknowledged afterwards. */
  handle: (messages: JsMsg[], bus: Bus, created: string) => Promise<void>;
}

/** Durable consumer of the registry on its own streams; its replicas share it. */
const DURABLE = 'registry';
const BATCH = 200;
/** Messages that come when a fetch has just ended are lost to this process: they are sent again after this time. */
const ANSWER_SECONDS = 10;
const GATHER_MILLISECONDS = 1_000;
const RETRY_MILLISECONDS = 1_000;

/**
 * Takes the messages of a stream batch by batch. A batch that fails is sent again after a while; what must not happen
 * twice is for the handler to see to.
 */
export class PullLoop {
  private readonly logger: Logger;
  private readonly stopping = new AbortController();
  private finished: Promise<void> = Promise.resolve();

  constructor(
    private readonly pulled: PulledStream,
    private readonly bus: BusConnection,
  ) {
    this.logger = new Logger(`Stream ${pulled.stream.name}`);
  }

  start(): void {
    this.finished = this.run();
  }

  /** Finishes the batch at work. Where the bus is away there is none. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.race([this.finished, sleep(RETRY_MILLISECONDS)]);
  }

  private async run(): Promise<void> {
    while (!this.isStopping()) {
      try {
        await this.visit(await this.bus.whenConnected());
      } catch (error) {
        if (this.isStopping()) return;
        this.logger.warn(`interrupted: ${(error as Error).message}`);
        await sleep(RETRY_MILLISECONDS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }

  private async visit(bus: Bus): Promise<void> {
    const { created } = await ensureStream(bus.manager, this.pulled.stream);
    const consumer = await this.consumer(bus);
    while (!this.isStopping() && !bus.broken.aborted) {
      const messages = await this.next(consumer);
      if (messages.length === 0) continue;
      try {
        await this.pulled.handle(messages, bus, created);
      } catch (error) {
        for (const message of messages) message.nak(RETRY_MILLISECONDS);
        throw error;
      }
      for (const message of messages) message.ack();
    }
  }

  private async consumer({ manager, jetstream }: Bus): Promise<Consumer> {
    const { name } = this.pulled.stream;
    try {
      await manager.consumers.info(name, DURABLE);
    } catch (error) {
      if (!isNotFound(error)) throw error;
      await manager.consumers.add(name, {
        durable_name: DURABLE,
        ack_policy: AckPolicy.Explicit,
        ack_wait: nanos(ANSWER_SECONDS * 1_000),
        max_ack_pending: BATCH,
        max_deliver: -1,
      });
    }
    return jetstream.consumers.get(name, DURABLE);
  }

  /** What is there, or comes within a second; as soon as there is something nothing more is waited for. */
  private async next(consumer: Consumer): Promise<JsMsg[]> {
    const first = await this.fetch(consumer, 1);
    if (first.length === 0) return [];
    const waiting = Math.min((await consumer.info()).num_pending, BATCH - 1);
    return waiting === 0 ? first : [...first, ...(await this.fetch(consumer, waiting))];
  }

  private async fetch(consumer: Consumer, most: number): Promise<JsMsg[]> {
    const messages = await consumer.fetch({ max_messages: most, expires: GATHER_MILLISECONDS });
    const end = (): void => {
      messages.stop();
    };
    this.stopping.signal.addEventListener('abort', end, { once: true });
    try {
      const taken: JsMsg[] = [];
      for await (const message of messages) taken.push(message);
      return taken;
    } finally {
      this.stopping.signal.removeEventListener('abort', end);
    }
  }

  private isStopping(): boolean {
    return this.stopping.signal.aborted;
  }
}
