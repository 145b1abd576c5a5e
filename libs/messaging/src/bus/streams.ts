import { Logger } from '@nestjs/common';
import {
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
  type StreamInfo,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { DEAD_LETTER_STREAM, type ServiceName, streamOf } from '#libs/contracts';
import { DUPLICATE_WINDOW_MILLISECONDS, MESSAGES_PER_SUBJECT } from '../messaging-options.js';

const logger = new Logger('Streams');

type DesiredStream = Partial<StreamConfig> & { name: string };

/** Settings that nats-server 2.9 knows as well as newer ones. */
export function eventStream(service: ServiceName, replicas: number): DesiredStream {
  return {
    name: streamOf(service),
    subjects: [`ioc.${service}.>`],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.Old,
    // No limit by age: it would drop the last state of a quiet aggregate.
    max_msgs_per_subject: MESSAGES_PER_SUBJECT,
    duplicate_window: nanos(DUPLICATE_WINDOW_MILLISECONDS),
    num_replicas: replicas,
    allow_direct: true,
    deny_delete: true,
    deny_purge: true,
  };
}

export function deadLetterStream(replicas: number): DesiredStream {
  return {
    name: DEAD_LETTER_STREAM,
    subjects: ['dlq.>'],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.Old,
    max_bytes: 256 * 1024 * 1024,
    duplicate_window: nanos(DUPLICATE_WINDOW_MILLISECONDS),
    num_replicas: replicas,
    deny_delete: true,
    deny_purge: true,
  };
}

/**
 * The stream as it is, made when it is missing. An existing one is never changed from here: a service may not shrink
 * what others rely on; a difference is named for the administrator.
 */
export async function ensureStream(manager: JetStreamManager, desired: DesiredStream): Promise<StreamInfo> {
  try {
    const info = await manager.streams.info(desired.name);
    warnOfDifferences(desired, info.config);
    return info;
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  logger.log(`making stream ${desired.name}`);
  return manager.streams.add(desired);
}

export function isNotFound(error: unknown): boolean {
  return (
    error instanceof JetStreamApiError &&
    (error.code === JetStreamApiCodes.StreamNotFound || error.code === JetStreamApiCodes.ConsumerNotFound)
  );
}

const warned = new Set<string>();

function warnOfDifferences(desired: DesiredStream, actual: StreamConfig): void {
  const keys = ['max_msgs_per_subject', 'duplicate_window', 'num_replicas'] as const;
  const different = keys.filter((key) => desired[key] !== undefined && desired[key] !== actual[key]);
  if (different.length === 0 || warned.has(desired.name)) return;
  warned.add(desired.name);
  logger.warn(
    `stream ${desired.name} differs from this release in ${different.join(', ')}; ` +
      `an administrator can align it with "nats stream edit ${desired.name}"`,
  );
}
