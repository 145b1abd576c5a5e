import { orNull, schemaParts, type SourceReference, stateEventSchemas } from './event-schema.js';
import type { AgencyRef } from './overview.js';

/** Aggregate segments of the subjects `ioc.registry.database.<id>` and `ioc.registry.system.<id>`. */
export const REGISTRY_DATABASE = 'database';
export const REGISTRY_SYSTEM = 'system';

/** Databases: national (CSDL quốc gia), sector (CSDL chuyên ngành), provincial (CSDL của tỉnh). */
export const DATABASE_KINDS = ['national', 'sector', 'provincial'] as const;
export type DatabaseKind = (typeof DATABASE_KINDS)[number];

/**
 * Systems: information-system (hệ thống thông tin), platform (nền tảng), portal (cổng, trang thông tin điện tử),
 * application (phần mềm, ứng dụng), operations-centre (trung tâm điều hành), infrastructure (trung tâm dữ liệu,
 * phòng máy, thiết bị dùng chung).
 */
export const SYSTEM_KINDS = [
  'information-system',
  'platform',
  'portal',
  'application',
  'operations-centre',
  'infrastructure',
] as const;
export type SystemKind = (typeof SYSTEM_KINDS)[number];

/**
 * Life cycle, in the vocabulary of the Ministry of Science and Technology's draft guide on data catalogues
 * (13/9/2026, a draft), and `not-determined` ("Chưa xác định") where no source says.
 */
export const LIFECYCLES = [
  'not-determined',
  'planned',
  'under-construction',
  'trial',
  'in-operation',
  'upgrading',
  'merging',
  'replaced',
  'retired',
] as const;
export type Lifecycle = (typeof LIFECYCLES)[number];

export const REGISTRY_DATABASE_REGISTERED = 'vn.ioc.registry.database.registered.v1';
export const REGISTRY_DATABASE_CHANGED = 'vn.ioc.registry.database.changed.v1';
export const REGISTRY_DATABASE_LIFECYCLE_CHANGED = 'vn.ioc.registry.database.lifecycle-changed.v1';
export const REGISTRY_SYSTEM_REGISTERED = 'vn.ioc.registry.system.registered.v1';
export const REGISTRY_SYSTEM_CHANGED = 'vn.ioc.registry.system.changed.v1';
export const REGISTRY_SYSTEM_LIFECYCLE_CHANGED = 'vn.ioc.registry.system.lifecycle-changed.v1';

/** What databases and systems have in common. */
export interface RegistryEntryState<Kind extends string> {
  id: string;
  version: number;
  name: string;
  kind: Kind;
  /** Owning agency (cơ quan chủ quản); null: not determined. */
  owner: AgencyRef | null;
  lifecycle: Lifecycle;
  /** Day (yyyy-MM-dd) of the last life-cycle change, or as of which a first state is attested; null: not known. */
  lifecycleOn: string | null;
  /** Document that attests the life-cycle state. */
  lifecycleDocument: string | null;
  /** Document the entry was taken from. */
  source: SourceReference | null;
  note: string | null;
}

export type RegistryDatabaseState = RegistryEntryState<DatabaseKind>;
export type RegistrySystemState = RegistryEntryState<SystemKind>;

function entryProperties(kinds: readonly string[]): Record<keyof RegistryEntryState<string>, object> {
  return {
    id: schemaParts.id,
    version: schemaParts.version,
    name: schemaParts.text,
    kind: { enum: kinds },
    owner: orNull(schemaParts.agency),
    lifecycle: { enum: LIFECYCLES },
    lifecycleOn: schemaParts.optionalDate,
    lifecycleDocument: schemaParts.optionalText,
    source: schemaParts.source,
    note: schemaParts.optionalText,
  };
}

/** JSON Schemas (draft 2020-12) of the data of the registry's events, by event type. */
export const registryEventSchemas: Record<string, object> = {
  ...stateEventSchemas<RegistryDatabaseState>(
    {
      [REGISTRY_DATABASE_REGISTERED]: 'A database was entered into the registry.',
      [REGISTRY_DATABASE_CHANGED]: 'The description of a database was changed.',
      [REGISTRY_DATABASE_LIFECYCLE_CHANGED]: 'A database passed to another life-cycle state.',
    },
    entryProperties(DATABASE_KINDS),
  ),
  ...stateEventSchemas<RegistrySystemState>(
    {
      [REGISTRY_SYSTEM_REGISTERED]: 'An information system was entered into the registry.',
      [REGISTRY_SYSTEM_CHANGED]: 'The description of an information system was changed.',
      [REGISTRY_SYSTEM_LIFECYCLE_CHANGED]: 'An information system passed to another life-cycle state.',
    },
    entryProperties(SYSTEM_KINDS),
  ),
};
