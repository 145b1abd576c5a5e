import { SERVICES, type ProcessName, type ServiceName } from '#libs/contracts';

export interface MessagingOptions {
  /** Name of this process on the bus: its user, its durable consumers, its inbox prefix. */
  process: ProcessName;
  nats: {
    /** `nats://host:port`, several separated by commas. */
    url: string;
    /** Path of the NATS credentials file; none only where the server asks for none. */
    credentialsFile?: string;
  };
  /** Where the relay's own connection goes; the same database as the persistence module's. */
  databaseUrl: string;
  /** Copies of each stream: 1 embedded, 3 in a cluster. */
  replicas?: number;
  /** Deliveries of a message whose handler fails before it becomes a dead letter; default 6. */
  maxDeliveries?: number;
  /** Waiting times between those deliveries in ms; the last one repeats. Default 1 s, 5 s, 30 s, 2 min, 10 min. */
  retryDelays?: readonly number[];
  /** Published outbox rows older than this many days are dropped, except the newest of each aggregate; default 30. */
  outboxRetentionDays?: number;
  /** Poll of the relay when nothing wakes it, in ms; default 2,000. */
  relayPollMilliseconds?: number;
}

export const MESSAGING_OPTIONS = Symbol('MESSAGING_OPTIONS');

/** The service whose events this process publishes; null for a process that only consumes. */
export function publishingService(options: MessagingOptions): ServiceName | null {
  return SERVICES.find((service) => service === options.process) ?? null;
}

/** The publisher's own name where there must be one. */
export function requirePublishingService(options: MessagingOptions): ServiceName {
  const service = publishingService(options);
  if (!service) throw new Error(`${options.process} publishes no events of its own`);
  return service;
}

/**
 * Messages of one subject that a stream keeps. The last one is the aggregate's state; the ones before it are for
 * consumers that are a little behind.
 */
export const MESSAGES_PER_SUBJECT = 64;

/** The broker drops a repeated `Nats-Msg-Id` within this time. Short on purpose: the inbox is what makes it once. */
export const DUPLICATE_WINDOW_MILLISECONDS = 2_000;
