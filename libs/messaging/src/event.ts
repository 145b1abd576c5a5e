import { headers as natsHeaders, type MsgHdrs } from '@nats-io/transport-node';
import {
  EVENT_HEADERS,
  type EventData,
  eventDataSchema,
  eventSource,
  parseEventType,
  SERVICES,
  type ServiceName,
} from '#libs/contracts';

/** A change of an aggregate, as the service that made it hands it to the outbox. */
export interface NewEvent {
  /** Kind of the aggregate, for example `task`. */
  aggregate: string;
  aggregateId: string;
  /** The aggregate's version after the change: 1, 2, 3 … without gaps. */
  sequence: number;
  /** `vn.ioc.<service>.<aggregate>.<verb in the past tense>.v<major>` */
  type: string;
  /** The aggregate's full public state after the change. */
  state: object;
  /** Names of the changed fields; empty for the first event. */
  changed: readonly string[];
}

/** An event as a handler receives it. */
export interface ReceivedEvent<State extends object = Record<string, unknown>> {
  id: string;
  type: string;
  service: ServiceName;
  aggregate: string;
  aggregateId: string;
  sequence: number;
  /** When it happened, ISO 8601. */
  time: string;
  data: EventData<State>;
  subject: string;
  /** Trace context of the handling of this very event; undefined where the sender gave none. */
  traceparent: string | undefined;
}

/** An event as the outbox keeps it. */
export interface StoredEvent {
  id: string;
  event_id: string;
  aggregate: string;
  aggregate_id: string;
  sequence: number;
  type: string;
  occurred_at: Date;
  traceparent: string | null;
  data: string;
}

export function encodeHeaders(service: ServiceName, event: StoredEvent, traceparent: string | null): MsgHdrs {
  const headers = natsHeaders();
  // append, since set looks through all headers for an older value first.
  headers.append(EVENT_HEADERS.specVersion, '1.0');
  headers.append(EVENT_HEADERS.id, event.event_id);
  headers.append(EVENT_HEADERS.source, eventSource(service));
  headers.append(EVENT_HEADERS.type, event.type);
  headers.append(EVENT_HEADERS.subject, event.aggregate_id);
  headers.append(EVENT_HEADERS.time, event.occurred_at.toISOString());
  headers.append(EVENT_HEADERS.dataSchema, eventDataSchema(event.type));
  headers.append(EVENT_HEADERS.sequence, String(event.sequence));
  headers.append(EVENT_HEADERS.contentType, 'application/json');
  headers.append('Nats-Msg-Id', event.event_id);
  if (traceparent) headers.append(EVENT_HEADERS.traceparent, traceparent);
  return headers;
}

/** Why a message is no event of this system; handled by putting it aside, never by guessing. */
export class UndecodableMessage extends Error {}

/** Set by the broker on each message that it gives out on request. */
const ANSWER_HEADER = 'Nats-Stream';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** @throws UndecodableMessage */
export function decodeEvent(
  subject: string,
  headers: MsgHdrs | undefined,
  payload: Uint8Array,
): ReceivedEvent {
  if (!headers) throw new UndecodableMessage('no headers');
  // Once through all of them: each get() would look through all.
  const first = new Map<string, string | undefined>();
  for (const [name, [value]] of headers) first.set(name, value);
  // The broker's answer to somebody who asked for a stored message and named this subject for it: nobody published it.
  if (first.has(ANSWER_HEADER)) throw new UndecodableMessage('an answer of the broker');
  const required = (name: string): string => {
    const value = first.get(name);
    if (!value) throw new UndecodableMessage(`header ${name} is missing`);
    return value;
  };
  const id = required(EVENT_HEADERS.id);
  if (!UUID.test(id)) throw new UndecodableMessage(`${EVENT_HEADERS.id} is no UUID`);
  const type = required(EVENT_HEADERS.type);
  const parts = parseEventType(type);
  const service = SERVICES.find((name) => name === parts?.service);
  if (!parts || !service) throw new UndecodableMessage(`unknown form of event type`);
  const sequence = Number(required(EVENT_HEADERS.sequence));
  if (!Number.isSafeInteger(sequence) || sequence < 1) {
    throw new UndecodableMessage(`${EVENT_HEADERS.sequence} is no positive whole number`);
  }
  const aggregateId = required(EVENT_HEADERS.subject);
  // The subject is what the broker's permissions guard; headers that say something else are not believed.
  if (subject !== `ioc.${service}.${parts.aggregate}.${aggregateId}`) {
    throw new UndecodableMessage('headers and subject name different aggregates');
  }
  return {
    id,
    type,
    service,
    aggregate: parts.aggregate,
    aggregateId,
    sequence,
    time: required(EVENT_HEADERS.time),
    data: decodeData(payload),
    subject,
    traceparent: first.get(EVENT_HEADERS.traceparent) || undefined,
  };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decodeData(payload: Uint8Array): EventData {
  let data: unknown;
  try {
    data = JSON.parse(utf8.decode(payload));
  } catch {
    throw new UndecodableMessage('the data is no JSON in UTF-8');
  }
  if (typeof data !== 'object' || data === null || !Array.isArray((data as Partial<EventData>).changed)) {
    throw new UndecodableMessage('the data is no aggregate state with "changed"');
  }
  return data as EventData;
}
