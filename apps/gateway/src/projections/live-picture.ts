import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type RecentChange,
  REGISTRY_QUALITY_STANDING_CHANGED,
  REGISTRY_QUALITY_UPDATED,
  type ServiceName,
  SHARING_GRANT_GRANTED,
  SHARING_GRANT_OPENED,
} from '#libs/contracts';
import type { ReceivedEvent } from '#libs/messaging';
import { type Projection, ProjectionStore } from './projection-store.js';

/** Called after a change, with the services concerned and the traces of the events that caused it. */
export type PictureListener = (services: ReadonlySet<ServiceName>, traceparents: readonly string[]) => void;

/** What is kept of an aggregate. */
interface Held {
  sequence: number;
  state: object;
}

const RECENT = 20;
/** What happens by itself and all the time, or is told by another event beside it: it would drive out what people did. */
const NO_NEWS: ReadonlySet<string> = new Set([
  REGISTRY_QUALITY_UPDATED,
  REGISTRY_QUALITY_STANDING_CHANGED,
  SHARING_GRANT_GRANTED,
  SHARING_GRANT_OPENED,
]);

/** The projections in memory, from which every answer is made without asking the database. */
@Injectable()
export class LivePicture implements OnModuleInit {
  private readonly aggregates = new Map<string, Map<string, Held>>();
  private readonly newest = new Map<string, string>();
  private readonly listeners = new Set<PictureListener>();
  private readonly followers = new Map<string, (state: object) => object>();
  private recentChanges: RecentChange[] = [];

  constructor(private readonly store: ProjectionStore) {}

  async onModuleInit(): Promise<void> {
    const changes: RecentChange[] = [];
    for await (const projection of this.store.all()) {
      this.take(projection);
      changes.push(...toRecentChange(projection));
    }
    this.recentChanges = changes.sort(newestFirst).slice(0, RECENT);
  }

  onChange(listener: PictureListener): void {
    this.listeners.add(listener);
  }

  /**
   * For what keeps count of one kind of aggregate, and where there are very many: calls it with each new state, and
   * keeps what it answers instead of that state. One follower for each kind, before the picture is filled.
   */
  follow(service: ServiceName, aggregate: string, follower: (state: object) => object): void {
    this.followers.set(`${service}/${aggregate}`, follower);
  }

  apply(events: readonly ReceivedEvent[]): void {
    const services = new Set<ServiceName>();
    const changes: RecentChange[] = [];
    const traceparents: string[] = [];
    for (const event of events) {
      const { id: _, time, data, traceparent, subject: __, ...identity } = event;
      const projection = { ...identity, occurredAt: new Date(time).toISOString(), state: data };
      if (!this.take(projection)) continue;
      services.add(event.service);
      changes.push(...toRecentChange(projection));
      if (traceparent) traceparents.push(traceparent);
    }
    if (services.size === 0) return;
    this.recentChanges = [...changes, ...this.recentChanges].sort(newestFirst).slice(0, RECENT);
    for (const listener of this.listeners) listener(services, traceparents);
  }

  /** Every aggregate of a kind. */
  *of<State>(service: ServiceName, aggregate: string): Iterable<State> {
    for (const { state } of this.kind(service, aggregate).values()) yield state as State;
  }

  /** Time of the newest event of some kinds of aggregate, or of a whole service; ISO 8601 UTC, null before the first. */
  sourceTime(service: ServiceName, aggregates?: readonly string[]): string | null {
    const kinds = aggregates?.map((aggregate) => `${service}/${aggregate}`);
    const times = [...this.newest].filter(
      ([kind]) => kinds?.includes(kind) ?? kind.startsWith(`${service}/`),
    );
    return times.reduce<string | null>(
      (newest, [, time]) => (newest === null || newest < time ? time : newest),
      null,
    );
  }

  /** Newest first, at most 20. */
  recent(): RecentChange[] {
    return this.recentChanges;
  }

  /** False when the picture already had this or a newer version. */
  private take(projection: Projection): boolean {
    const kind = this.kind(projection.service, projection.aggregate);
    const known = kind.get(projection.aggregateId);
    if (known && known.sequence >= projection.sequence) return false;
    const name = `${projection.service}/${projection.aggregate}`;
    const state = this.followers.get(name)?.(projection.state) ?? projection.state;
    kind.set(projection.aggregateId, { sequence: projection.sequence, state });
    const newest = this.newest.get(name);
    if (!newest || newest < projection.occurredAt) this.newest.set(name, projection.occurredAt);
    return true;
  }

  private kind(service: ServiceName, aggregate: string): Map<string, Held> {
    const key = `${service}/${aggregate}`;
    let kind = this.aggregates.get(key);
    if (!kind) this.aggregates.set(key, (kind = new Map<string, Held>()));
    return kind;
  }
}

/** One line, or none for what has no name that would tell a reader anything, or happened before we kept books of it. */
function toRecentChange(projection: Projection): RecentChange[] {
  const { service, aggregate, aggregateId, type, occurredAt, state } = projection;
  const subject = (state['database'] ?? state['agency']) as { name?: unknown } | null | undefined;
  const title = state['title'] ?? state['fullName'] ?? state['name'] ?? state['subject'] ?? subject?.name;
  if (typeof title !== 'string' || title === '' || state['beforeStart'] === true) return [];
  if (NO_NEWS.has(type)) return [];
  return [{ service, aggregate, aggregateId, type, title, time: occurredAt }];
}

function newestFirst(one: RecentChange, other: RecentChange): number {
  return other.time.localeCompare(one.time);
}
