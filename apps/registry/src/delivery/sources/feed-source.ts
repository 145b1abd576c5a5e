import { DiscardPolicy, type JetStreamManager, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { FEED_STREAM } from '#libs/contracts';
import { ensureStream, MESSAGES_PER_SUBJECT } from '#libs/messaging';
import type { LiveGrant } from '../../sharing/grants/live-grants.js';

const DUPLICATE_WINDOW_MILLISECONDS = 2_000;

/** Where the events of a grant lie. */
export interface FeedSource {
  stream: string;
  /** One subject for each aggregate matches it. */
  subject: string;
}

export function sourceOf(grant: Pick<LiveGrant, 'stream' | 'subject' | 'view'>): FeedSource {
  if (grant.view === null) return { stream: grant.stream, subject: grant.subject };
  return { stream: FEED_STREAM, subject: viewSubject(grant.view, '*') };
}

export function viewSubject(view: string, aggregateId: string): string {
  return `feed.${view}.${aggregateId}`;
}

/**
 * Before anything is read by MSG.GET: nats-server 2.9 crashes when a stream is asked that another replica is just making.
 * DIRECT.GET is answered by the stream itself, once it is whole.
 *
 * @throws Error until then
 */
export async function requireWhole(manager: JetStreamManager, stream: string): Promise<void> {
  await manager.direct.getMessage(stream, { seq: 1 });
}

/** Makes the stream of the views where it is missing; unlike those of services it may be purged: views come and go. */
export async function ensureFeeds(manager: JetStreamManager, replicas: number): Promise<void> {
  await ensureStream(manager, {
    name: FEED_STREAM,
    subjects: ['feed.>'],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.Old,
    max_msgs_per_subject: MESSAGES_PER_SUBJECT,
    duplicate_window: nanos(DUPLICATE_WINDOW_MILLISECONDS),
    num_replicas: replicas,
    allow_direct: true,
    deny_delete: true,
    deny_purge: false,
  });
}
