import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { type BusConnection, isNotFound } from '#libs/messaging';
import type { TransactionScope } from '#libs/persistence';
import type { LiveGrant } from '../../sharing/grants/live-grants.js';
import { type FeedEvent, recordOf } from '../sources/feed-event.js';
import { FeedBroken, type FeedPosition, FeedReader } from '../sources/feed-reader.js';
import { sourceOf } from '../sources/feed-source.js';
import type { Sending, Sendings } from '../sources/sendings.js';
import type { Poster, PostResult } from './poster.js';
import type { ClaimedWebhook, DeadEvent, WebhookBook } from './webhook-book.js';

/** Events of one round. */
const BATCH = 50;
const LOOK_MILLISECONDS = 2_000;
const REOPEN_MILLISECONDS = 1_000;

/** What a worker works with. */
export interface WebhookTools {
  bus: BusConnection;
  book: WebhookBook;
  sendings: Sendings;
  transactions: TransactionScope;
  /** Identifies this process among the replicas. */
  replica: string;
  /** Pauses after the first, second … round in which nothing was taken, milliseconds. */
  pauses: readonly number[];
}

/** Thrown where nothing more may be sent: the grant ended, or another replica serves the webhook. */
class Dismissed extends Error {}

/**
 * Serves one webhook: reads the grant's feed with a consumer of its own and posts it, so that no receiver waits for
 * another. Its position moves on in the transaction that records what was taken: an event is never passed over, and
 * comes again, under the same identifier, only when a process ended between the call and that record.
 */
export class WebhookWorker {
  /** Somebody asked for a dead letter to be sent again. */
  replaysAsked = true;
  private readonly logger: Logger;
  private readonly stopping = new AbortController();
  private finished: Promise<void> = Promise.resolve();
  private position: FeedPosition | null;

  constructor(
    readonly webhook: ClaimedWebhook,
    private readonly grant: LiveGrant,
    private readonly poster: Poster,
    private readonly tools: WebhookTools,
  ) {
    this.position = webhook.position;
    this.logger = new Logger(`Webhook ${grant.id}`);
  }

  /** @param onEnd called once it has stopped, whoever stopped it */
  start(onEnd: () => void): void {
    this.finished = this.run().finally(() => {
      this.poster.close();
      onEnd();
    });
  }

  /** Ends after the calls under way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.finished;
  }

  private isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private async run(): Promise<void> {
    while (!this.isStopping()) {
      try {
        await this.follow();
      } catch (error) {
        if (error instanceof Dismissed) return;
        const expected = error instanceof FeedBroken || isNotFound(error);
        if (!expected && !this.isStopping()) this.logger.warn(`interrupted: ${(error as Error).message}`);
      }
      await this.pause(REOPEN_MILLISECONDS);
    }
  }

  private async follow(): Promise<void> {
    const bus = await this.tools.bus.whenConnected();
    const reader = await FeedReader.open(bus, sourceOf(this.grant), this.position);
    try {
      while (!this.isStopping()) {
        if (this.replaysAsked) await this.replay();
        const events = await reader.next(BATCH, LOOK_MILLISECONDS, this.stopping.signal);
        if (events.length > 0) await this.settle(events, reader);
      }
    } finally {
      await reader.close();
    }
  }

  /** Until each of them was taken or given up. */
  private async settle(events: readonly FeedEvent[], reader: FeedReader): Promise<void> {
    const attempts = new Map<FeedEvent, number>();
    let waiting = [...events];
    let fruitless = 0;
    while (waiting.length > 0 && !this.isStopping()) {
      // One event is enough to find out whether the receiver is back.
      const tried = fruitless > 0 ? waiting.slice(0, 1) : waiting;
      const sending = await this.openSending(tried);
      const results = await this.poster.post(tried, this.stopping.signal);
      const dead = this.deadOf(results, attempts);
      const settled = new Set([...takenOf(results), ...dead.map(({ event }) => event)]);
      waiting = waiting.filter((event) => !settled.has(event));
      const before = events[events.indexOf(waiting[0] ?? events[0]!) - 1];
      const last = waiting.length === 0 ? events.at(-1) : before;
      if (last) this.position = reader.positionOf(last);
      await this.record(
        sending,
        results,
        dead,
        this.position ?? { ...reader.positionOf(events[0]!), sequence: 0 },
      );
      fruitless = settled.size > 0 ? 0 : fruitless + 1;
      if (waiting.length > 0)
        await this.pause(this.tools.pauses.at(fruitless - 1) ?? this.tools.pauses.at(-1)!);
    }
  }

  /** Results of calls that failed for the event's own sake too often. */
  private deadOf(results: ReadonlyMap<FeedEvent, PostResult>, attempts: Map<FeedEvent, number>): DeadEvent[] {
    return [...results].flatMap(([event, result]) => {
      if (result.taken || !result.aboutTheEvent) return [];
      const tries = (attempts.get(event) ?? 0) + 1;
      attempts.set(event, tries);
      return tries > this.tools.pauses.length ? [{ event, attempts: tries, error: result.error }] : [];
    });
  }

  private async openSending(events: readonly FeedEvent[]): Promise<Sending> {
    const { stream } = sourceOf(this.grant);
    const sending = await this.tools.sendings.open(this.grant.id, 'webhook', stream, events.map(recordOf));
    if (!sending) throw new Dismissed();
    return sending;
  }

  private async record(
    sending: Sending,
    results: ReadonlyMap<FeedEvent, PostResult>,
    dead: readonly DeadEvent[],
    position: FeedPosition,
  ): Promise<void> {
    const { book, sendings, transactions, replica } = this.tools;
    const failures = [...results.values()].filter((result) => !result.taken);
    const stillOurs = await transactions.run(async () => {
      await sendings.close([sending], outcomeOf(results));
      for (const event of dead) book.bury(this.grant.id, event);
      const failure = takenOf(results).length > 0 ? null : (failures[0]?.error ?? null);
      return book.moveOn(replica, this.webhook, {
        position,
        failure,
        gone: failures.some(({ gone }) => gone),
      });
    });
    if (!stillOurs || failures.some(({ gone }) => gone)) throw new Dismissed();
  }

  /** Each once: one that fails again stays a dead letter. */
  private async replay(): Promise<void> {
    this.replaysAsked = false;
    const events = await this.tools.book.replays(this.grant.id, BATCH);
    if (events.length === 0) return;
    const sending = await this.openSending(events);
    const results = await this.poster.post(events, this.stopping.signal);
    const { book, sendings, transactions } = this.tools;
    await transactions.run(async () => {
      await sendings.close([sending], outcomeOf(results));
      for (const [event, result] of results) {
        if (result.taken) book.raise(this.grant.id, event);
        else book.bury(this.grant.id, { event, attempts: 1, error: result.error });
      }
    });
  }

  private async pause(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}

function takenOf(results: ReadonlyMap<FeedEvent, PostResult>): FeedEvent[] {
  return [...results].flatMap(([event, { taken }]) => (taken ? [event] : []));
}

function outcomeOf(results: ReadonlyMap<FeedEvent, PostResult>) {
  const uncertain = [...results].flatMap(([event, result]) => (!result.taken && result.left ? [event] : []));
  return { delivered: takenOf(results).map(recordOf), uncertain: uncertain.map(recordOf) };
}
