import { orNull, schemaParts, stateEventSchemas } from './event-schema.js';
import { type DatabaseRef, type RegistryDocument, registryParts } from './registry-vocabulary.js';
import type { AgencyRef } from './overview.js';

/** Aggregate segment of the subject `ioc.registry.connection.<id>`. */
export const REGISTRY_CONNECTION = 'connection';

export const REGISTRY_CONNECTION_REGISTERED = 'vn.ioc.registry.connection.registered.v1';
export const REGISTRY_CONNECTION_CHANGED = 'vn.ioc.registry.connection.changed.v1';
export const REGISTRY_CONNECTION_STATE_CHANGED = 'vn.ioc.registry.connection.state-changed.v1';

/** State of a connection, in the vocabulary of the draft guide of 13/9/2026. */
export const CONNECTION_STATES = [
  'not-connected',
  'planned',
  'trial',
  'in-use',
  'upgrading',
  'ended',
] as const;
export type ConnectionState = (typeof CONNECTION_STATES)[number];

/** NDXP, NDOP (national), LGSP, LDOP (provincial) platforms, or a direct API. */
export const CONNECTION_CHANNELS = ['NDXP', 'NDOP', 'LGSP', 'LDOP', 'API'] as const;
export type ConnectionChannel = (typeof CONNECTION_CHANNELS)[number];

/** A connection of the province's own database or system to a national or sector database, or to a platform. */
export interface RegistryConnectionState {
  id: string;
  version: number;
  /** Own side; one of the two. */
  database: DatabaseRef | null;
  system: DatabaseRef | null;
  /** Owner of the own side; null: not determined. */
  owner: AgencyRef | null;
  /** Other side: a database of the registry, or a platform by its name. */
  target: { database: DatabaseRef | null; platform: string | null };
  /** null: not determined. */
  channel: ConnectionChannel | null;
  /** How often data moves, in words ("theo thời gian thực"); null: not determined. */
  frequency: string | null;
  legalGround: string | null;
  /** What must be protected, and how (yêu cầu bảo vệ). */
  protection: string | null;
  state: ConnectionState;
  /** Day of that state; null: not known. */
  stateOn: string | null;
  documents: RegistryDocument[];
  note: string | null;
}

const reference = orNull(registryParts.databaseRef);

/** JSON Schemas (draft 2020-12) of the events of connections, by event type. */
export const registryConnectionEventSchemas: Record<string, object> =
  stateEventSchemas<RegistryConnectionState>(
    {
      [REGISTRY_CONNECTION_REGISTERED]: 'A connection was entered into the registry.',
      [REGISTRY_CONNECTION_CHANGED]: 'The description of a connection was changed.',
      [REGISTRY_CONNECTION_STATE_CHANGED]: 'A connection passed to another state.',
    },
    {
      id: schemaParts.id,
      version: schemaParts.version,
      database: reference,
      system: reference,
      owner: orNull(schemaParts.agency),
      target: {
        type: 'object',
        required: ['database', 'platform'],
        properties: { database: reference, platform: schemaParts.optionalText },
      },
      channel: { enum: [...CONNECTION_CHANNELS, null] },
      frequency: schemaParts.optionalText,
      legalGround: schemaParts.optionalText,
      protection: schemaParts.optionalText,
      state: { enum: CONNECTION_STATES },
      stateOn: schemaParts.optionalDate,
      documents: registryParts.documents,
      note: schemaParts.optionalText,
    },
  );
