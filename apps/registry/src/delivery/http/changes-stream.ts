import type { ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { whenClosed } from '#libs/http';
import type { RecordedMessage } from '../../exchange-log/records.js';
import { type FeedEvent, recordOf, structuredForm } from '../sources/feed-event.js';
import { FeedBroken } from '../sources/feed-reader.js';
import { LiveWatch } from '../sources/live-watch.js';
import { type Sending, Sendings } from '../sources/sendings.js';
import type { OpenFeed } from './feeds.js';

/** Events that leave by one permission. */
const BATCH = 100;
/** An empty line now and then, so that both sides notice when the other is gone. */
const PULSE_MILLISECONDS = 10_000;
/** One record of the exchange log tells of what was written within this time, or of so many events. */
const RECORD_MILLISECONDS = 1_000;
const RECORD_EVENTS = 500;
/** A reader that takes nothing for so long is cut off. */
const STUCK_MILLISECONDS = 30_000;

/** An answer without end: one event a line, until the receiver leaves, the grant ends, or the bus or service stops. */
@Injectable()
export class ChangesStream {
  constructor(
    private readonly sendings: Sendings,
    private readonly watch: LiveWatch,
  ) {}

  /** Resolves when the stream has ended and everything that was written is on record. */
  async run(feed: OpenFeed, response: ServerResponse): Promise<void> {
    const over = new AbortController();
    const end = () => {
      over.abort();
    };
    const unfollow = this.watch.follow(feed.grant.id, end);
    whenClosed(response, end);
    // A connection that breaks is no failure of ours: what was not written is recorded as that.
    response.on('error', end);
    const ledger = new Ledger(this.sendings);
    try {
      await this.write(feed, response, AbortSignal.any([over.signal, feed.ending]), ledger);
    } catch (error) {
      // The receiver comes back with its last cursor.
      if (!(error instanceof FeedBroken)) throw error;
    } finally {
      unfollow();
      // The end of the answer lets the service end, and the database with it.
      await ledger.flush().finally(() => response.end());
    }
  }

  private async write(
    feed: OpenFeed,
    response: ServerResponse,
    over: AbortSignal,
    ledger: Ledger,
  ): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      whenClosed(response, resolve);
    });
    while (!over.aborted) {
      const patience = ledger.isEmpty ? PULSE_MILLISECONDS : RECORD_MILLISECONDS;
      const events = await feed.reader.next(BATCH, patience, over);
      if (events.length === 0) {
        if (ledger.isEmpty && !response.destroyed) response.write('\n');
        await ledger.flush();
        continue;
      }
      const records = events.map(recordOf);
      const sending = await this.sendings.open(feed.grant.id, 'http', feed.source.stream, records);
      if (!sending) return;
      ledger.add(sending, records, await writeAll(response, events, feed, closed));
      await ledger.flushWhenDue();
    }
  }
}

/** Whether each event was handed to the network; cuts off a reader that is stuck. */
async function writeAll(
  response: ServerResponse,
  events: readonly FeedEvent[],
  feed: OpenFeed,
  closed: Promise<unknown>,
): Promise<boolean[]> {
  const written = events.map(() => false);
  const stuck = setTimeout(() => response.destroy(), STUCK_MILLISECONDS);
  const writing = events.map((event, index) => {
    const line = `${structuredForm(event, { cursor: feed.cursorOf(event) })}\n`;
    return new Promise<void>((resolve) => {
      response.write(line, (error) => {
        written[index] = !error;
        resolve();
      });
    });
  });
  await Promise.race([Promise.all(writing), closed]);
  clearTimeout(stuck);
  return written;
}

/** What was written since the last record. */
class Ledger {
  private open: Sending[] = [];
  private delivered: RecordedMessage[] = [];
  private uncertain: RecordedMessage[] = [];
  private since = 0;

  constructor(private readonly sendings: Sendings) {}

  get isEmpty(): boolean {
    return this.open.length === 0;
  }

  add(sending: Sending, records: readonly RecordedMessage[], written: readonly boolean[]): void {
    if (this.isEmpty) this.since = performance.now();
    this.open.push(sending);
    records.forEach((record, index) => {
      (written[index] ? this.delivered : this.uncertain).push(record);
    });
  }

  async flushWhenDue(): Promise<void> {
    const old = performance.now() - this.since >= RECORD_MILLISECONDS;
    if (old || this.delivered.length >= RECORD_EVENTS) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.isEmpty) return;
    const { open, delivered, uncertain } = this;
    [this.open, this.delivered, this.uncertain] = [[], [], []];
    await this.sendings.close(open, { delivered, uncertain });
  }
}
