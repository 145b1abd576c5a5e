import { DATASET_CLASSES, type DatasetClass } from './dataset-events.js';
import { orNull, schemaParts, stateEventSchemas } from './event-schema.js';
import type { AgencyRef } from './overview.js';
import { type DatabaseRef, registryParts } from './registry-vocabulary.js';

/** Aggregate segments of the subjects `ioc.registry.term.<id>`, `….dictionary.<id>` and `….field.<id>`. */
export const REGISTRY_TERM = 'term';
export const REGISTRY_DICTIONARY = 'dictionary';
export const REGISTRY_FIELD = 'field';

export const REGISTRY_TERM_ADDED = 'vn.ioc.registry.term.added.v1';
export const REGISTRY_TERM_CHANGED = 'vn.ioc.registry.term.changed.v1';
export const REGISTRY_DICTIONARY_PUBLISHED = 'vn.ioc.registry.dictionary.published.v1';
export const REGISTRY_FIELD_ADDED = 'vn.ioc.registry.field.added.v1';
export const REGISTRY_FIELD_CHANGED = 'vn.ioc.registry.field.changed.v1';
export const REGISTRY_FIELD_REMOVED = 'vn.ioc.registry.field.removed.v1';

/** What the values of a term, or of a field, are. `code`: one of a code list. */
export const VALUE_TYPES = [
  'text',
  'code',
  'integer',
  'decimal',
  'boolean',
  'date',
  'date-time',
  'geometry',
  'file',
] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

export const TERM_STATES = ['in-use', 'withdrawn'] as const;
export type TermState = (typeof TERM_STATES)[number];

/** A value of a code list. */
export interface TermCode {
  code: string;
  name: string;
}

/** Where the right value of a term is kept (nguồn gốc dữ liệu): a database of the registry, or an agency. */
export interface SourceOfTruth {
  database: DatabaseRef | null;
  agency: AgencyRef | null;
}

/** A term of the shared data dictionary; each change is a new version of it, and the old ones stay readable. */
export interface RegistryTermState {
  id: string;
  version: number;
  /** Given once, never changed and never given to another term. */
  code: string;
  /** Vietnamese name. */
  name: string;
  englishName: string | null;
  meaning: string;
  type: ValueType;
  /** Code list, in its own order; empty where the values are of no list. */
  codes: TermCode[];
  /** Document that lays the code list down. */
  codeSource: string | null;
  legalBasis: string | null;
  /** null: not determined. */
  sourceOfTruth: SourceOfTruth | null;
  /** null: not determined. */
  sharing: DatasetClass | null;
  state: TermState;
}

/** A published version of the dictionary: the terms in use on that day, each in its version of that day. */
export interface RegistryDictionaryState {
  id: string;
  /** Always 1: what is published stays. */
  version: number;
  /** Number of the version, such as 1.0. */
  number: string;
  /** yyyy-MM-dd */
  publishedOn: string;
  document: string | null;
  note: string | null;
  /** How many terms it has. */
  terms: number;
}

/** The version of a term that a field is mapped to. */
export interface TermRef {
  id: string;
  code: string;
  version: number;
}

export const FIELD_STATES = ['present', 'removed'] as const;
export type FieldState = (typeof FIELD_STATES)[number];

/** A field of a database, and the shared term it is mapped to. */
export interface RegistryFieldState {
  id: string;
  version: number;
  database: DatabaseRef;
  /** Unique among the present fields of the database. */
  name: string;
  description: string | null;
  /** null: not determined. */
  type: ValueType | null;
  /** null: not mapped. */
  term: TermRef | null;
  state: FieldState;
}

const term: Record<keyof RegistryTermState, object> = {
  id: schemaParts.id,
  version: schemaParts.version,
  code: schemaParts.text,
  name: schemaParts.text,
  englishName: schemaParts.optionalText,
  meaning: schemaParts.text,
  type: { enum: VALUE_TYPES },
  codes: {
    type: 'array',
    items: {
      type: 'object',
      required: ['code', 'name'],
      properties: { code: schemaParts.text, name: schemaParts.text },
    },
  },
  codeSource: schemaParts.optionalText,
  legalBasis: schemaParts.optionalText,
  sourceOfTruth: orNull({
    type: 'object',
    required: ['database', 'agency'],
    properties: { database: orNull(registryParts.databaseRef), agency: orNull(schemaParts.agency) },
  }),
  sharing: { enum: [...DATASET_CLASSES, null] },
  state: { enum: TERM_STATES },
};

const dictionary: Record<keyof RegistryDictionaryState, object> = {
  id: schemaParts.id,
  version: schemaParts.version,
  number: schemaParts.text,
  publishedOn: registryParts.day,
  document: schemaParts.optionalText,
  note: schemaParts.optionalText,
  terms: { type: 'integer', minimum: 1 },
};

const field: Record<keyof RegistryFieldState, object> = {
  id: schemaParts.id,
  version: schemaParts.version,
  database: registryParts.databaseRef,
  name: schemaParts.text,
  description: schemaParts.optionalText,
  type: { enum: [...VALUE_TYPES, null] },
  term: orNull({
    type: 'object',
    required: ['id', 'code', 'version'],
    properties: {
      id: { type: 'string', format: 'uuid' },
      code: schemaParts.text,
      version: { type: 'integer', minimum: 1 },
    },
  }),
  state: { enum: FIELD_STATES },
};

/** JSON Schemas (draft 2020-12) of the events of the data dictionary, by event type. */
export const registryDictionaryEventSchemas: Record<string, object> = {
  ...stateEventSchemas<RegistryTermState>(
    {
      [REGISTRY_TERM_ADDED]: 'A term was added to the shared data dictionary.',
      [REGISTRY_TERM_CHANGED]: 'A term of the shared data dictionary got a new version.',
    },
    term,
  ),
  ...stateEventSchemas<RegistryDictionaryState>(
    { [REGISTRY_DICTIONARY_PUBLISHED]: 'A version of the shared data dictionary was published.' },
    dictionary,
  ),
  ...stateEventSchemas<RegistryFieldState>(
    {
      [REGISTRY_FIELD_ADDED]: 'A field of a database was entered.',
      [REGISTRY_FIELD_CHANGED]: 'The description of a field, or the term it is mapped to, was changed.',
      [REGISTRY_FIELD_REMOVED]: 'A field of a database was removed.',
    },
    field,
  ),
};
