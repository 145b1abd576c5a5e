import { orNull, schemaParts, stateEventSchemas } from './event-schema.js';
import { type DatabaseRef, registryParts } from './registry-vocabulary.js';

/**
 * Aggregate segment of the subject `ioc.registry.quality.<id>`: what is declared and known about the quality of one
 * database. Its id is the database's. It is apart from the database, whose large state an arrival of data would repeat.
 */
export const REGISTRY_QUALITY = 'quality';

export const REGISTRY_QUALITY_DECLARED = 'vn.ioc.registry.quality.declared.v1';
export const REGISTRY_QUALITY_UPDATED = 'vn.ioc.registry.quality.updated.v1';
export const REGISTRY_QUALITY_CHECKED = 'vn.ioc.registry.quality.checked.v1';
export const REGISTRY_QUALITY_STANDING_CHANGED = 'vn.ioc.registry.quality.standing-changed.v1';

/** How often a database is to get new data; irregular: nobody promises when. */
export const UPDATE_FREQUENCIES = [
  'continuous',
  'hourly',
  'daily',
  'weekly',
  'monthly',
  'quarterly',
  'half-yearly',
  'yearly',
  'irregular',
] as const;
export type UpdateFrequency = (typeof UPDATE_FREQUENCIES)[number];

/** What the owner declared about new data. */
export interface FreshnessDeclaration {
  /** null: not determined. */
  frequency: UpdateFrequency | null;
  /** Hours that new data may come after its period; null: the default of the frequency. */
  toleranceHours: number | null;
}

/** What the owner expects of the content. */
export interface QualityExpectations {
  /** Records that there should be; null: not determined. */
  expectedRecords: number | null;
  /** Fields that every record must have, [] for none; null: not determined. */
  mandatoryFields: string[] | null;
  /** Share that may be wrong, in ten thousandths (100 is 1 %); null: the default. */
  allowedErrors: number | null;
}

/** How many of the values looked at were wrong. */
export interface WrongValues {
  values: number;
  wrong: number;
}

/** The newest check in sums; null: the check did not look at it. */
export interface QualityCheckFigures {
  id: string;
  /** ISO 8601 UTC. */
  checkedAt: string;
  tool: string;
  records: number;
  /** Values against their type or pattern. */
  validity: WrongValues | null;
  /** Values against their code list. */
  codes: WrongValues | null;
  /** Places of mandatory fields; wrong: empty. Null too when a mandatory field was not looked at. */
  mandatory: WrongValues | null;
  /** Records whose key another record before it has. */
  duplicates: number | null;
}

/** How many fields of a database are mapped to the shared dictionary, and to which published version of it. */
export interface FieldMappingStanding {
  fields: number;
  mapped: number;
  /** null: to none. */
  dictionaryVersion: string | null;
}

export interface RegistryQualityState {
  /** The database's. */
  id: string;
  version: number;
  database: DatabaseRef;
  freshness: FreshnessDeclaration;
  expectations: QualityExpectations;
  /** When data last arrived, ISO 8601 UTC; null: nobody has said. */
  lastUpdateAt: string | null;
  check: QualityCheckFigures | null;
  /** null: nobody has entered the database's fields. */
  mapping: FieldMappingStanding | null;
  /** Open sharing services. */
  services: number;
}

const count = { type: 'integer', minimum: 0 } as const;
const optionalCount = { type: ['integer', 'null'], minimum: 0 } as const;
const wrongValues = {
  type: ['object', 'null'],
  required: ['values', 'wrong'],
  properties: { values: count, wrong: count },
} as const;
const instant = { type: 'string', format: 'date-time' } as const;

/** JSON Schemas (draft 2020-12) of the events of the quality of databases, by event type. */
export const registryQualityEventSchemas: Record<string, object> = stateEventSchemas<RegistryQualityState>(
  {
    [REGISTRY_QUALITY_DECLARED]: 'The owner declared how often data comes, or what is expected of it.',
    [REGISTRY_QUALITY_UPDATED]: 'New data arrived in a database.',
    [REGISTRY_QUALITY_CHECKED]: 'The results of a check of a database were recorded.',
    [REGISTRY_QUALITY_STANDING_CHANGED]:
      'Its mapping to the dictionary or its sharing services are others now.',
  },
  {
    id: schemaParts.id,
    version: schemaParts.version,
    database: registryParts.databaseRef,
    freshness: {
      type: 'object',
      required: ['frequency', 'toleranceHours'],
      properties: { frequency: { enum: [...UPDATE_FREQUENCIES, null] }, toleranceHours: optionalCount },
    },
    expectations: {
      type: 'object',
      required: ['expectedRecords', 'mandatoryFields', 'allowedErrors'],
      properties: {
        expectedRecords: optionalCount,
        mandatoryFields: { type: ['array', 'null'], items: schemaParts.text },
        allowedErrors: { type: ['integer', 'null'], minimum: 0, maximum: 10_000 },
      },
    },
    lastUpdateAt: orNull(instant),
    check: {
      type: ['object', 'null'],
      required: ['id', 'checkedAt', 'tool', 'records', 'validity', 'codes', 'mandatory', 'duplicates'],
      properties: {
        id: { type: 'string', format: 'uuid' },
        checkedAt: instant,
        tool: schemaParts.text,
        records: count,
        validity: wrongValues,
        codes: wrongValues,
        mandatory: wrongValues,
        duplicates: optionalCount,
      },
    },
    mapping: {
      type: ['object', 'null'],
      required: ['fields', 'mapped', 'dictionaryVersion'],
      properties: { fields: count, mapped: count, dictionaryVersion: schemaParts.optionalText },
    },
    services: count,
  },
);
