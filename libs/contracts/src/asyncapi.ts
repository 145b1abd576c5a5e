import { eventSchemas } from './event-schemas.js';
import {
  EVENT_HEADERS,
  eventDataSchema,
  eventSource,
  type EventTypeParts,
  parseEventType,
} from './events.js';
import { eventSubject, type ServiceName, SERVICES } from './services.js';

const AGGREGATE_ID = 'aggregateId';

/** AsyncAPI 3.0 document: a channel for each kind of aggregate, a message for each event type. */
export interface AsyncApiDocument {
  asyncapi: '3.0.0';
  id: string;
  info: { title: string; version: string; description: string };
  defaultContentType: string;
  channels: Record<string, object>;
  operations: Record<string, object>;
  components: { messages: Record<string, object> };
}

interface KnownEvent extends EventTypeParts {
  type: string;
  service: ServiceName;
  schema: EventSchema;
}

interface EventSchema {
  description: string;
}

/** The event contract for those who read the bus in other languages; made of the same schemas that the services keep to. */
export function asyncApiDocument(): AsyncApiDocument {
  const events = Object.entries(eventSchemas).map(([type, schema]) => known(type, schema as EventSchema));
  const channels = [...byChannel(events)];
  return {
    asyncapi: '3.0.0',
    id: 'urn:ioc:events',
    info: {
      title: 'IOC events',
      version: '1',
      description:
        'Every change of an aggregate, with its whole public state after the change (CloudEvents 1.0, binary mode, NATS protocol binding). The last message of each subject is the current state; a newer ce-sequence wins.',
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(channels.map(([channel, messages]) => [channel, describeChannel(messages)])),
    operations: Object.fromEntries(
      channels.map(([channel]) => [
        `publish.${channel}`,
        { action: 'send', channel: { $ref: `#/channels/${channel}` } },
      ]),
    ),
    components: { messages: Object.fromEntries(events.map((event) => [event.type, describeMessage(event)])) },
  };
}

function known(type: string, schema: EventSchema): KnownEvent {
  const parts = parseEventType(type);
  const service = SERVICES.find((name) => name === parts?.service);
  if (!parts || !service) throw new Error(`"${type}" has not the form of an event type`);
  return { ...parts, type, service, schema };
}

function byChannel(events: readonly KnownEvent[]): Map<string, KnownEvent[]> {
  const channels = new Map<string, KnownEvent[]>();
  for (const event of events) {
    const channel = `${event.service}.${event.aggregate}`;
    channels.set(channel, [...(channels.get(channel) ?? []), event]);
  }
  return channels;
}

function describeChannel(events: readonly KnownEvent[]): object {
  const { service, aggregate } = events[0]!;
  return {
    address: eventSubject(service, aggregate, `{${AGGREGATE_ID}}`),
    description: `Events of each ${aggregate} of the ${service} service`,
    parameters: { [AGGREGATE_ID]: { description: `UUIDv7 of the ${aggregate}` } },
    messages: Object.fromEntries(events.map(({ type }) => [type, { $ref: `#/components/messages/${type}` }])),
  };
}

function describeMessage({ type, service, schema }: KnownEvent): object {
  return {
    name: type,
    title: type,
    summary: schema.description,
    contentType: 'application/json',
    headers: headersOf(type, service),
    payload: asyncApiSchema(schema),
  };
}

/** Schemas of AsyncAPI are JSON Schema draft 07, and ours keep to what both drafts have; only the draft's name differs. */
function asyncApiSchema(schema: object): object {
  return Object.fromEntries(
    Object.entries(schema).filter(([keyword]) => keyword !== '$schema' && keyword !== '$id'),
  );
}

function headersOf(type: string, service: ServiceName): object {
  const uuid = { type: 'string', format: 'uuid' };
  const properties = {
    [EVENT_HEADERS.specVersion]: { type: 'string', const: '1.0' },
    [EVENT_HEADERS.id]: { ...uuid, description: 'UUIDv7 of the event; the same when it is sent again' },
    [EVENT_HEADERS.source]: { type: 'string', const: eventSource(service) },
    [EVENT_HEADERS.type]: { type: 'string', const: type },
    [EVENT_HEADERS.subject]: { type: 'string', description: 'Identifier of the aggregate' },
    [EVENT_HEADERS.time]: { type: 'string', format: 'date-time', description: 'When it happened, UTC' },
    [EVENT_HEADERS.dataSchema]: { type: 'string', const: eventDataSchema(type) },
    [EVENT_HEADERS.sequence]: {
      type: 'string',
      pattern: '^[1-9][0-9]*$',
      description: 'Version of the aggregate: 1, 2, 3 …',
    },
    [EVENT_HEADERS.contentType]: { type: 'string', const: 'application/json' },
    'Nats-Msg-Id': { ...uuid, description: `Equals ${EVENT_HEADERS.id}` },
  };
  return {
    type: 'object',
    required: Object.keys(properties),
    properties: {
      ...properties,
      [EVENT_HEADERS.traceparent]: { type: 'string', description: 'W3C trace context of the change' },
    },
  };
}
