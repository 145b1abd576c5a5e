import { orNull, schemaParts, stateEventSchemas } from './event-schema.js';

/** Aggregate segment of the subject `ioc.registry.exchange-standing.<id>`; there is one. */
export const EXCHANGE_STANDING = 'exchange-standing';
/** Identifier of that one aggregate. */
export const EXCHANGE_STANDING_ID = '01990000-0000-7000-8000-0000000e5c40';

export const EXCHANGE_STANDING_CHANGED = 'vn.ioc.registry.exchange-standing.changed.v1';

/** Messages that were delivered from an instant on, for the length of a step. */
export interface ExchangeCount {
  /** Beginning of the step, ISO 8601 UTC. */
  from: string;
  /** Messages delivered in it. */
  count: number;
}

/** How the exchange log stands: what was delivered and denied lately, and whether the chain holds. */
export interface ExchangeStandingState {
  id: string;
  version: number;
  /** Steps of five minutes (:00, :05 …) of the last hour in which something was delivered, oldest first. */
  fiveMinutes: ExchangeCount[];
  /** Clock hours of the last 48 in which something was delivered, oldest first. */
  hours: ExchangeCount[];
  /** Denied attempts per day (yyyy-MM-dd, Asia/Ho_Chi_Minh) of the last days that had some, oldest first. */
  denied: { day: string; count: number }[];
  chain: {
    /** When the chain was last verified as a whole, ISO 8601 UTC; null: not yet. */
    verifiedAt: string | null;
    /** Whether every record was as it was sealed; null: not verified yet. */
    ok: boolean | null;
    /** Newest record; null: none. */
    head: { sequence: number; digest: string } | null;
  };
}

const counts = {
  type: 'array',
  items: {
    type: 'object',
    required: ['from', 'count'],
    properties: { from: { type: 'string', format: 'date-time' }, count: { type: 'integer', minimum: 0 } },
  },
} as const;

/** JSON Schemas (draft 2020-12) of the standing of the exchange log, by event type. */
export const exchangeStandingEventSchemas: Record<string, object> = stateEventSchemas<ExchangeStandingState>(
  { [EXCHANGE_STANDING_CHANGED]: 'Something was delivered or denied, or the chain was verified.' },
  {
    id: schemaParts.id,
    version: schemaParts.version,
    fiveMinutes: counts,
    hours: counts,
    denied: {
      type: 'array',
      items: {
        type: 'object',
        required: ['day', 'count'],
        properties: { day: { type: 'string', format: 'date' }, count: { type: 'integer', minimum: 0 } },
      },
    },
    chain: {
      type: 'object',
      required: ['verifiedAt', 'ok', 'head'],
      properties: {
        verifiedAt: orNull({ type: 'string', format: 'date-time' }),
        ok: { type: ['boolean', 'null'] },
        head: orNull({
          type: 'object',
          required: ['sequence', 'digest'],
          properties: { sequence: { type: 'integer', minimum: 1 }, digest: { type: 'string' } },
        }),
      },
    },
  },
);
