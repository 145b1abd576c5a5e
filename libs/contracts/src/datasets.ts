import { DATASET, type DatasetContent, type DatasetField } from './dataset-events.js';
import {
  DATASET_OFFERS,
  DATASET_PROVIDERS,
  type DatasetOffer,
  DECLARATIONS_OFFER,
} from './dataset-offers.js';
import { eventSchemas } from './event-schemas.js';
import { parseEventType } from './events.js';
import { eventSubject, type ServiceName, SERVICES, streamOf } from './services.js';

/** The datasets of a service, made of its offers and of the schemas of its events. */
export function datasetsOf(service: ServiceName): DatasetContent[] {
  const offers = { ...DATASET_OFFERS[service], [DATASET]: DECLARATIONS_OFFER };
  return Object.entries(offers).map(([aggregate, offer]) => contentOf(service, aggregate, offer));
}

/** Every dataset that the services of this release declare. */
export function allDatasets(): DatasetContent[] {
  return SERVICES.flatMap(datasetsOf);
}

function contentOf(service: ServiceName, aggregate: string, offer: DatasetOffer): DatasetContent {
  const eventTypes = Object.keys(eventSchemas)
    .filter((type) => {
      const parts = parseEventType(type);
      return parts?.service === service && parts.aggregate === aggregate;
    })
    .sort();
  const [title, meaning] = [offer.title, offer.meaning].map(([vi, en]) => ({ vi, en }));
  const record = recordSchema(eventSchemas[eventTypes[0] ?? ''] as EventSchema | undefined);
  return {
    code: `${service}.${aggregate}`,
    title: title!,
    meaning: meaning!,
    provider: DATASET_PROVIDERS[service],
    classification: offer.classification ?? 'shared',
    master: offer.master ?? false,
    ...offer.terms,
    stream: streamOf(service),
    subject: eventSubject(service, aggregate, '*'),
    eventTypes,
    fields: Object.entries(record.properties).map(([name, schema]) => fieldOf(name, schema)),
    schema: record,
  };
}

interface PropertySchema {
  type?: string | string[];
  description?: string;
  anyOf?: PropertySchema[];
}

interface EventSchema {
  required: string[];
  properties: Record<string, PropertySchema>;
}

/** Of the events' common schema what the record itself is: without the names of the changed fields. */
function recordSchema(schema: EventSchema | undefined): EventSchema & { $schema: string; type: 'object' } {
  const { changed: _, ...properties } = schema?.properties ?? {};
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    required: (schema?.required ?? []).filter((name) => name !== 'changed'),
    properties,
  };
}

function fieldOf(name: string, schema: PropertySchema): DatasetField {
  return { name, meaning: schema.description ?? null, type: typeOf(schema) };
}

function typeOf({ type, anyOf }: PropertySchema): string {
  if (anyOf) return [...new Set(anyOf.map(typeOf))].join(' | ');
  if (type === undefined) return 'string';
  return typeof type === 'string' ? type : type.join(' | ');
}
