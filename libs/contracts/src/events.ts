import type { ServiceName } from './services.js';

/**
 * What every event's data has: the aggregate's full public state after the change and the names of the changed
 * fields (event-carried state transfer). `changed` is empty for the first event of an aggregate.
 */
export type EventData<State extends object = Record<string, unknown>> = State & { changed: string[] };

/** Headers of an event on the bus: CloudEvents 1.0, binary mode, NATS protocol binding. */
export const EVENT_HEADERS = {
  specVersion: 'ce-specversion',
  id: 'ce-id',
  source: 'ce-source',
  type: 'ce-type',
  subject: 'ce-subject',
  time: 'ce-time',
  dataSchema: 'ce-dataschema',
  sequence: 'ce-sequence',
  contentType: 'content-type',
  traceparent: 'traceparent',
} as const;

/** `vn.ioc.<service>.<aggregate>.<verb in the past tense>.v<major>` */
export const EVENT_TYPE = /^vn\.ioc\.([a-z]+)\.([a-z-]+)\.([a-z-]+)\.v([1-9][0-9]*)$/;

export interface EventTypeParts {
  service: string;
  aggregate: string;
  verb: string;
  version: number;
}

/** Null when the text is not an event type of this system. */
export function parseEventType(type: string): EventTypeParts | null {
  const match = EVENT_TYPE.exec(type);
  if (!match) return null;
  return { service: match[1]!, aggregate: match[2]!, verb: match[3]!, version: Number(match[4]) };
}

export function eventSource(service: ServiceName): string {
  return `/services/${service}`;
}

export function eventDataSchema(type: string): string {
  return `urn:ioc:schema:${type}`;
}
