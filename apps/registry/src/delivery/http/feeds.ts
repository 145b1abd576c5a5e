import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { decodeCursor, encodeCursor } from '#libs/http';
import { BusConnection } from '#libs/messaging';
import type { LiveGrant } from '../../sharing/grants/live-grants.js';
import { deliveryProblem } from '../problems.js';
import type { FeedEvent } from '../sources/feed-event.js';
import { type FeedPosition, FeedReader } from '../sources/feed-reader.js';
import { type FeedSource, sourceOf } from '../sources/feed-source.js';

/** Readers of one grant at the same time, on each replica: a receiver's systems, and those that it just cut off. */
const MOST_READERS = 8;

/** A feed that somebody reads over HTTP. */
export interface OpenFeed {
  grant: LiveGrant;
  source: FeedSource;
  reader: FeedReader;
  cursorOf(event: FeedEvent): string;
  restingCursor: string;
  /** Aborts when the service stops. */
  ending: AbortSignal;
  close(): Promise<void>;
}

/** The feeds that are being read over HTTP. */
@Injectable()
export class Feeds implements OnModuleDestroy {
  private readonly logger = new Logger('Feeds');
  private readonly readers = new Map<string, number>();
  private readonly ending = new AbortController();

  constructor(private readonly bus: BusConnection) {}

  onModuleDestroy(): void {
    this.ending.abort();
  }

  /** @throws problem `invalid-cursor`, `too-many-readers`, `feed-not-ready` */
  async open(grant: LiveGrant, after: string | undefined): Promise<OpenFeed> {
    const source = sourceOf(grant);
    const filters = { ...source, grant: grant.id };
    const cursorAt = ({ created, sequence }: FeedPosition) => encodeCursor([created, sequence], filters);
    const [created, sequence] = decodeCursor<[string, number]>(after, filters, ['text', 'integer']) ?? [];
    const position = created !== undefined && sequence !== undefined ? { created, sequence } : null;
    const leave = this.enter(grant.id);
    try {
      const reader = await this.read(source, position);
      return {
        grant,
        source,
        reader,
        cursorOf: (event) => cursorAt(reader.positionOf(event)),
        restingCursor: cursorAt(reader.restingPosition),
        ending: this.ending.signal,
        close: async () => {
          leave();
          await reader.close();
        },
      };
    } catch (error) {
      leave();
      throw error;
    }
  }

  private async read(source: FeedSource, position: FeedPosition | null): Promise<FeedReader> {
    if (!this.bus.connected) throw deliveryProblem('feed-not-ready');
    try {
      return await FeedReader.open(await this.bus.whenConnected(), source, position);
    } catch (error) {
      this.logger.warn(`${source.stream} cannot be read: ${(error as Error).message}`);
      throw deliveryProblem('feed-not-ready');
    }
  }

  private enter(grantId: string): () => void {
    const present = this.readers.get(grantId) ?? 0;
    if (present >= MOST_READERS) throw deliveryProblem('too-many-readers', { most: MOST_READERS });
    this.readers.set(grantId, present + 1);
    return () => {
      const left = (this.readers.get(grantId) ?? 1) - 1;
      if (left === 0) this.readers.delete(grantId);
      else this.readers.set(grantId, left);
    };
  }
}
