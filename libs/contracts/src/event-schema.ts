import { eventDataSchema } from './events.js';

/** Where a piece of data was read: the document, the place in it, and the day its statement is true of. */
export interface SourceReference {
  /** Title, with number and date as far as the document states them. */
  document: string;
  /** Clause, table and row. */
  clause: string | null;
  /** Day (yyyy-MM-dd) as of which the document speaks; null when it does not say. */
  asOf: string | null;
}

/** Largest whole number that JSON readers of every language keep exactly. */
const MAX_SAFE_INTEGER = 9_007_199_254_740_991;

/** JSON Schema (draft 2020-12) of the values that events have in common. */
export const schemaParts = {
  id: { type: 'string', format: 'uuid', description: 'UUIDv7 of the aggregate' },
  version: { type: 'integer', minimum: 1, description: 'Aggregate version; equals the header ce-sequence' },
  text: { type: 'string' },
  optionalText: { type: ['string', 'null'] },
  optionalDate: { type: ['string', 'null'], format: 'date' },
  optionalMoney: {
    type: ['integer', 'null'],
    minimum: 0,
    maximum: MAX_SAFE_INTEGER,
    description: 'Whole đồng; null when not determined',
  },
  agency: {
    type: 'object',
    required: ['code', 'name'],
    properties: { code: { type: ['string', 'null'] }, name: { type: 'string' } },
  },
  source: {
    type: ['object', 'null'],
    required: ['document', 'clause', 'asOf'],
    properties: {
      document: { type: 'string' },
      clause: { type: ['string', 'null'] },
      asOf: { type: ['string', 'null'], format: 'date' },
    },
  },
} as const;

/** The same value, or null when it is not determined. */
export function orNull(schema: object): object {
  return { anyOf: [schema, { type: 'null' }] };
}

/**
 * Schemas of an aggregate's events by event type: each carries the whole state and `changed`. Every field of the
 * state must be described, which the compiler checks. Fields may be added later without a new major version, so
 * further ones are not refused.
 */
export function stateEventSchemas<State extends object>(
  types: Readonly<Record<string, string>>,
  properties: Record<keyof State & string, object>,
): Record<string, object> {
  const schemas = Object.entries(types).map(([type, description]) => [
    type,
    {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: eventDataSchema(type),
      title: type,
      description,
      type: 'object',
      required: [...Object.keys(properties), 'changed'],
      properties: {
        ...properties,
        changed: { type: 'array', items: { type: 'string' }, uniqueItems: true },
      },
    },
  ]);
  return Object.fromEntries(schemas) as Record<string, object>;
}
