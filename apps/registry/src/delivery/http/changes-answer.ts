import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { finished } from 'node:stream/promises';
import { whenClosed } from '#libs/http';
import { deliveryProblem } from '../problems.js';
import { type FeedEvent, recordOf, structuredForm } from '../sources/feed-event.js';
import { type Attempt, GrantAccess } from '../sources/grant-access.js';
import { Sendings } from '../sources/sendings.js';
import type { OpenFeed } from './feeds.js';

/** What already waits at the opening is on its way: it comes within this time, whatever the caller would wait. */
const ON_ITS_WAY_MILLISECONDS = 5_000;

const JSON_TYPE = 'application/json; charset=utf-8';

/** One answer in JSON, at once or as soon as there is an event. */
@Injectable()
export class ChangesAnswer {
  constructor(
    private readonly sendings: Sendings,
    private readonly access: GrantAccess,
  ) {}

  async give(
    feed: OpenFeed,
    { limit, wait }: { limit: number; wait: number },
    attempt: Attempt,
    reply: FastifyReply,
  ): Promise<void> {
    const gone = new AbortController();
    whenClosed(reply.raw, () => {
      gone.abort();
    });
    const events = await this.eventsOf(feed, limit, wait, AbortSignal.any([gone.signal, feed.ending]));
    if (gone.signal.aborted) return;
    const last = events.at(-1);
    const items = events.map((event) => structuredForm(event, { cursor: feed.cursorOf(event) }));
    const nextCursor = last ? feed.cursorOf(last) : feed.restingCursor;
    const text = `{"items":[${items.join(',')}],"nextCursor":"${nextCursor}","start":"${feed.reader.start}"}`;
    if (events.length > 0) {
      await this.send(feed, events, text, attempt, reply);
      return;
    }
    // It may have ended while the caller waited.
    await this.access.live(attempt, [feed.grant.method]);
    void reply.type(JSON_TYPE).send(text);
  }

  private async eventsOf(
    { reader }: OpenFeed,
    limit: number,
    wait: number,
    signal: AbortSignal,
  ): Promise<FeedEvent[]> {
    const least = reader.pending > 0 ? ON_ITS_WAY_MILLISECONDS : 0;
    try {
      return await reader.next(limit, Math.max(wait * 1_000, least), signal);
    } catch {
      throw deliveryProblem('feed-not-ready');
    }
  }

  private async send(
    { grant, source }: OpenFeed,
    events: readonly FeedEvent[],
    text: string,
    attempt: Attempt,
    reply: FastifyReply,
  ): Promise<void> {
    const records = events.map(recordOf);
    const sending = await this.sendings.open(grant.id, 'http', source.stream, records);
    if (!sending) return this.access.ended(attempt);
    const written = finished(reply.raw).then(
      () => true,
      () => false,
    );
    void reply.type(JSON_TYPE).send(text);
    await this.sendings.close(
      [sending],
      (await written) ? { delivered: records } : { delivered: [], uncertain: records },
    );
  }
}
