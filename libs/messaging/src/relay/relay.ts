import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { type Bus, BusConnection } from '../bus/bus-connection.js';
import type { StoredEvent } from '../event.js';
import { ensureStream, eventStream } from '../bus/streams.js';
import { relayMetrics } from '../messaging-metrics.js';
import { MESSAGING_OPTIONS, type MessagingOptions, publishingService } from '../messaging-options.js';
import { delay } from '../delay.js';
import { OutboxStore } from './outbox-store.js';
import { publishBatch } from './publish-batch.js';

const BATCH = 1_000;
const FIRST_RETRY_MILLISECONDS = 100;
const LONGEST_RETRY_MILLISECONDS = 5_000;
const VERIFY_STREAM_MILLISECONDS = 30_000;
const PRUNE_MILLISECONDS = 3_600_000;
const NEVER = Number.NEGATIVE_INFINITY;

/**
 * Carries the outbox to the stream. One at work per service, a standby of another replica takes over at once when it
 * ends. Woken after each commit of this process, by a plain message after another replica's, and by a slow poll.
 */
@Injectable()
export class Relay implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Relay');
  private readonly service;
  private readonly stop = new AbortController();
  private finished: Promise<void> = Promise.resolve();
  private leading = false;
  private woken = false;
  private wakeUp: () => void = () => undefined;
  private claimed = 0;
  private offered: { event: StoredEvent; claims: number }[] = [];
  private streamVerifiedAt = NEVER;
  private keptHouseAt = NEVER;
  private prunedAt = NEVER;
  private readonly pollMilliseconds: number;

  constructor(
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
    private readonly bus: BusConnection,
  ) {
    this.service = publishingService(options);
    this.pollMilliseconds = options.relayPollMilliseconds ?? 2_000;
  }

  onApplicationBootstrap(): void {
    if (!this.service) return;
    this.bus.onConnected(() => {
      // What the broker still has is looked at before anything new is sent to it.
      this.streamVerifiedAt = NEVER;
      this.wakeLocally();
    });
    this.bus.subscribe({
      subject: `wake.${this.service}`,
      receive: () => {
        if (this.leading) this.wakeLocally();
      },
    });
    this.finished = this.run();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stop.abort();
    this.wakeLocally();
    await this.finished;
  }

  /** How often events were claimed: with it {@link offer} is told since when an event exists. */
  get claims(): number {
    return this.claimed;
  }

  /**
   * Hands over the first event of an aggregate, committed just now, so that it need not be read back. Only a first one:
   * any other could overtake one that another replica has written. To be followed by {@link wake}.
   *
   * @param claims {@link claims} before the event was written; when events were claimed since, this may have been among
   *   them, and sent again it could end up behind a newer one
   */
  offer(event: StoredEvent, claims: number): void {
    if (this.leading && this.offered.length < BATCH) this.offered.push({ event, claims });
  }

  /** Says that there is something to send; cheap, any number of times. */
  wake(): void {
    if (this.leading) this.wakeLocally();
    else void this.wakeLeader();
  }

  private wakeLocally(): void {
    this.woken = true;
    this.wakeUp();
  }

  private async wakeLeader(): Promise<void> {
    if (!this.bus.connected) return;
    const { connection } = await this.bus.whenConnected();
    connection.publish(`wake.${this.service ?? ''}`);
  }

  private async run(): Promise<void> {
    let retry = FIRST_RETRY_MILLISECONDS;
    while (!this.stop.signal.aborted) {
      let store: OutboxStore | null = null;
      try {
        store = await OutboxStore.lead(this.options.databaseUrl, this.onConnectionLost, this.stop.signal);
        // Whoever led before may have claimed what was written until now.
        this.claimed += 1;
        this.leading = true;
        this.streamVerifiedAt = NEVER;
        retry = FIRST_RETRY_MILLISECONDS;
        await this.lead(store);
      } catch (error) {
        if (this.isStopping()) break;
        this.logger.warn(`relay interrupted: ${(error as Error).message}`);
        await delay(retry, this.stop.signal);
        retry = Math.min(retry * 2, LONGEST_RETRY_MILLISECONDS);
      } finally {
        this.leading = false;
        await store?.close();
      }
    }
  }

  private isStopping(): boolean {
    return this.stop.signal.aborted;
  }

  private readonly onConnectionLost = (error: Error): void => {
    this.logger.warn(`the relay's database connection is lost: ${error.message}`);
    this.wakeLocally();
  };

  private async lead(store: OutboxStore): Promise<void> {
    let retry = FIRST_RETRY_MILLISECONDS;
    while (!this.stop.signal.aborted) {
      this.woken = false;
      try {
        await this.sendRound(store);
        retry = FIRST_RETRY_MILLISECONDS;
      } catch (error) {
        // Anything but the bus is the database: its connection may be gone, and the lock with it.
        if (!(error instanceof BusRefusal)) throw error;
        this.streamVerifiedAt = NEVER;
        this.logger.warn(`the bus refused: ${error.message}; trying again in ${retry} ms`);
        await delay(retry, this.stop.signal);
        retry = Math.min(retry * 2, LONGEST_RETRY_MILLISECONDS);
      }
    }
  }

  /** Sends one batch, or waits for a wake-up when there is none. @throws BusRefusal */
  private async sendRound(store: OutboxStore): Promise<void> {
    const bus = await this.bus.whenConnected();
    if (this.streamVerifiedAt === NEVER) await this.verifyStream(store);
    const events = this.takeOffered() ?? (await this.claim(store));
    if (events.length > 0) await this.send(bus, store, events);
    else if (await this.isWokenWithinPoll()) return;
    // Behind the events, so that a fresh one never waits for it.
    await this.keepHouse(store);
  }

  private takeOffered(): StoredEvent[] | null {
    const fresh = this.offered.filter(({ claims }) => claims === this.claimed);
    this.offered = [];
    return fresh.length > 0 ? fresh.map(({ event }) => event) : null;
  }

  private claim(store: OutboxStore): Promise<StoredEvent[]> {
    this.claimed += 1;
    return store.claim(BATCH);
  }

  private async send(bus: Bus, store: OutboxStore, events: readonly StoredEvent[]): Promise<void> {
    // Never into a connection that is down: what the client buffers could overtake what was lost.
    if (!this.bus.connected) return;
    const { acknowledged, error } = await publishBatch(bus, this.service!, events);
    if (acknowledged.length > 0) {
      await store.mark(acknowledged);
      relayMetrics.published.add(acknowledged.length);
    }
    if (error) throw new BusRefusal(error);
  }

  private async isWokenWithinPoll(): Promise<boolean> {
    if (this.woken) return true;
    let timer: NodeJS.Timeout | undefined;
    const woken = await new Promise<boolean>((resolve) => {
      timer = setTimeout(() => {
        resolve(false);
      }, this.pollMilliseconds);
      this.wakeUp = () => {
        resolve(true);
      };
    });
    clearTimeout(timer);
    this.wakeUp = () => undefined;
    return woken;
  }

  private async keepHouse(store: OutboxStore): Promise<void> {
    if (performance.now() - this.keptHouseAt < this.pollMilliseconds) return;
    this.keptHouseAt = performance.now();
    const resent = await store.applyReplayRequests();
    if (resent > 0) this.logger.log(`sending ${resent} events again, as an operator asked`);
    if (performance.now() - this.streamVerifiedAt > VERIFY_STREAM_MILLISECONDS)
      await this.verifyStream(store);
    if (performance.now() - this.prunedAt > PRUNE_MILLISECONDS) {
      const pruned = await store.prune(this.options.outboxRetentionDays ?? 30);
      if (pruned === 0) this.prunedAt = performance.now();
    }
  }

  /**
   * Compares the stream with what it once acknowledged. A broker that was set up anew, or that lost its unsynced tail
   * in a crash, gets back from the outbox what it no longer has.
   */
  private async verifyStream(store: OutboxStore): Promise<void> {
    const { manager, broken } = await this.bus.whenConnected();
    const info = await ensureStream(manager, eventStream(this.service!, this.options.replicas ?? 1)).catch(
      (error: unknown) => {
        throw new BusRefusal(error);
      },
    );
    const mark = await store.streamMark();
    const isOtherStream = mark.created !== null && mark.created !== info.created;
    const kept = isOtherStream ? 0 : info.state.last_seq;
    if (isOtherStream || kept < mark.lastSequence) {
      const resent = await store.unpublishAfter(kept);
      const loss = isOtherStream
        ? 'its stream was made anew'
        : `its last is ${kept}, acknowledged was ${mark.lastSequence}`;
      this.logger.error(`the broker lost events it had acknowledged (${loss}); sending ${resent} again`);
    }
    // The mark follows the loss only after the rows are unpublished: a crash in between repeats this, which is harmless.
    if (mark.created !== info.created || kept < mark.lastSequence)
      await store.setStreamMark(info.created, kept);
    // What a broker said before it went away says nothing of the one that came back.
    if (!broken.aborted) this.streamVerifiedAt = performance.now();
  }
}

/** The broker is away, or said no. */
class BusRefusal extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
