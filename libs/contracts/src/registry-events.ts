import type { BudgetSplit } from './budget-exchange.js';
import { orNull, schemaParts, type SourceReference, stateEventSchemas } from './event-schema.js';
import type { AgencyRef } from './overview.js';
import { LIST_PURPOSES, type ListPurpose } from './registry-list-events.js';
import {
  DATABASE_KINDS,
  type DatabaseKind,
  type Lifecycle,
  LIFECYCLES,
  type OpenAttribute,
  type RegistryDocument,
  registryParts,
  SHARING_SCOPES,
  type SharingScope,
  SYSTEM_KINDS,
  type SystemKind,
  type TechnicalContact,
  USE_STATES,
  type UseState,
} from './registry-vocabulary.js';

/** Aggregate segments of the subjects `ioc.registry.database.<id>` and `ioc.registry.system.<id>`. */
export const REGISTRY_DATABASE = 'database';
export const REGISTRY_SYSTEM = 'system';

export const REGISTRY_DATABASE_REGISTERED = 'vn.ioc.registry.database.registered.v1';
export const REGISTRY_DATABASE_CHANGED = 'vn.ioc.registry.database.changed.v1';
export const REGISTRY_DATABASE_LIFECYCLE_CHANGED = 'vn.ioc.registry.database.lifecycle-changed.v1';
export const REGISTRY_DATABASE_USE_CHANGED = 'vn.ioc.registry.database.use-changed.v1';
export const REGISTRY_DATABASE_LISTED = 'vn.ioc.registry.database.listed.v1';
export const REGISTRY_DATABASE_UNLISTED = 'vn.ioc.registry.database.unlisted.v1';
export const REGISTRY_DATABASE_PARTNERS_CHANGED = 'vn.ioc.registry.database.partners-changed.v1';
export const REGISTRY_DATABASE_SPLIT_AGREED = 'vn.ioc.registry.database.split-agreed.v1';
export const REGISTRY_DATABASE_FUNDING_CHANGED = 'vn.ioc.registry.database.funding-changed.v1';
export const REGISTRY_SYSTEM_REGISTERED = 'vn.ioc.registry.system.registered.v1';
export const REGISTRY_SYSTEM_CHANGED = 'vn.ioc.registry.system.changed.v1';
export const REGISTRY_SYSTEM_LIFECYCLE_CHANGED = 'vn.ioc.registry.system.lifecycle-changed.v1';
export const REGISTRY_SYSTEM_USE_CHANGED = 'vn.ioc.registry.system.use-changed.v1';
export const REGISTRY_SYSTEM_SECURITY_CHANGED = 'vn.ioc.registry.system.security-changed.v1';

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
  /** Official code; one that was given once is never given to another entry. */
  code: string | null;
  /** Operator (đơn vị vận hành); its code is null when the reference list does not have it, such as an enterprise. */
  operator: AgencyRef | null;
  technicalContact: TechnicalContact | null;
  use: UseState;
  /** Day of the last change of use; null: not known. */
  useOn: string | null;
  useDocument: string | null;
  documents: RegistryDocument[];
  /** Attributes without a value: not determined (by whom, until when) or not applicable. */
  openAttributes: OpenAttribute[];
}

/** A partner enterprise that the owner chose. */
export interface DatabasePartner {
  /** Its registration. */
  id: string;
  name: string;
  /** What it carries, as agreed; null until then. */
  scope: string | null;
  /** Its part, whole đồng; null until agreed. */
  part: number | null;
}

/** A list of databases that this one is on. */
export interface DatabaseListing {
  id: string;
  purpose: ListPurpose;
  year: number;
}

/** What the budget allocated for a database, from its events; whole đồng. */
export interface DatabaseFunding {
  items: { id: string; name: string; fiscalYear: number; allocated: number }[];
  /** Sum over the items, State budget only. */
  allocated: number;
}

export interface RegistryDatabaseState extends RegistryEntryState<DatabaseKind> {
  /** Content, scope and scale (nội dung, phạm vi, quy mô). */
  scope: string | null;
  sharingScope: SharingScope | null;
  /** Quarter by whose end it is to be in operation, `2026-Q2`. */
  targetQuarter: string | null;
  budgetSplit: BudgetSplit | null;
  partners: DatabasePartner[];
  lists: DatabaseListing[];
  funding: DatabaseFunding;
}

export const SECURITY_LEVELS = [1, 2, 3, 4, 5] as const;

/** Security level of an information system (cấp độ an toàn hệ thống thông tin) and its approval. */
export interface SystemSecurity {
  /** 1 to 5. */
  level: number;
  /** Document that approves the level; null: the dossier is not approved yet. */
  approval: { document: string; on: string; approver: string | null } | null;
  /** Day (yyyy-MM-dd) by which it is to be checked again; null: not determined. */
  recheckDue: string | null;
}

export interface RegistrySystemState extends RegistryEntryState<SystemKind> {
  security: SystemSecurity | null;
}

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
    code: schemaParts.optionalText,
    operator: orNull(schemaParts.agency),
    technicalContact: registryParts.technicalContact,
    use: { enum: USE_STATES },
    useOn: schemaParts.optionalDate,
    useDocument: schemaParts.optionalText,
    documents: registryParts.documents,
    openAttributes: registryParts.openAttributes,
  };
}

const money = { type: 'integer', minimum: 0 } as const;

const databaseProperties: Record<keyof RegistryDatabaseState, object> = {
  ...entryProperties(DATABASE_KINDS),
  scope: schemaParts.optionalText,
  sharingScope: { enum: [...SHARING_SCOPES, null] },
  targetQuarter: registryParts.quarter,
  budgetSplit: {
    type: ['object', 'null'],
    required: ['statePart', 'enterprisePart', 'year'],
    properties: {
      statePart: schemaParts.optionalMoney,
      enterprisePart: schemaParts.optionalMoney,
      year: orNull(registryParts.year),
    },
  },
  partners: {
    type: 'array',
    items: {
      type: 'object',
      required: ['id', 'name', 'scope', 'part'],
      properties: {
        id: { type: 'string', format: 'uuid' },
        name: schemaParts.text,
        scope: schemaParts.optionalText,
        part: schemaParts.optionalMoney,
      },
    },
  },
  lists: {
    type: 'array',
    items: {
      type: 'object',
      required: ['id', 'purpose', 'year'],
      properties: {
        id: { type: 'string', format: 'uuid' },
        purpose: { enum: LIST_PURPOSES },
        year: registryParts.year,
      },
    },
  },
  funding: {
    type: 'object',
    required: ['items', 'allocated'],
    properties: {
      items: {
        type: 'array',
        items: {
          type: 'object',
          required: ['id', 'name', 'fiscalYear', 'allocated'],
          properties: {
            id: { type: 'string', format: 'uuid' },
            name: schemaParts.text,
            fiscalYear: registryParts.year,
            allocated: money,
          },
        },
      },
      allocated: money,
    },
  },
};

const systemProperties: Record<keyof RegistrySystemState, object> = {
  ...entryProperties(SYSTEM_KINDS),
  security: {
    type: ['object', 'null'],
    required: ['level', 'approval', 'recheckDue'],
    properties: {
      level: { enum: SECURITY_LEVELS },
      approval: {
        type: ['object', 'null'],
        required: ['document', 'on', 'approver'],
        properties: {
          document: schemaParts.text,
          on: registryParts.day,
          approver: schemaParts.optionalText,
        },
      },
      recheckDue: schemaParts.optionalDate,
    },
  },
};

/** JSON Schemas (draft 2020-12) of the data of the events of databases and systems, by event type. */
export const registryEventSchemas: Record<string, object> = {
  ...stateEventSchemas<RegistryDatabaseState>(
    {
      [REGISTRY_DATABASE_REGISTERED]: 'A database was entered into the registry.',
      [REGISTRY_DATABASE_CHANGED]: 'The description of a database was changed.',
      [REGISTRY_DATABASE_LIFECYCLE_CHANGED]: 'A database passed to another life-cycle state.',
      [REGISTRY_DATABASE_USE_CHANGED]: 'A database passed to another state of use.',
      [REGISTRY_DATABASE_LISTED]: 'A database was put on a list.',
      [REGISTRY_DATABASE_UNLISTED]: 'A database was taken off a list.',
      [REGISTRY_DATABASE_PARTNERS_CHANGED]: 'The owner chose partner enterprises, or one of them left.',
      [REGISTRY_DATABASE_SPLIT_AGREED]: 'Owner and partners agreed who carries what.',
      [REGISTRY_DATABASE_FUNDING_CHANGED]: 'The budget allocated money for a database, or took it back.',
    },
    databaseProperties,
  ),
  ...stateEventSchemas<RegistrySystemState>(
    {
      [REGISTRY_SYSTEM_REGISTERED]: 'An information system was entered into the registry.',
      [REGISTRY_SYSTEM_CHANGED]: 'The description of an information system was changed.',
      [REGISTRY_SYSTEM_LIFECYCLE_CHANGED]: 'An information system passed to another life-cycle state.',
      [REGISTRY_SYSTEM_USE_CHANGED]: 'An information system passed to another state of use.',
      [REGISTRY_SYSTEM_SECURITY_CHANGED]: 'The security level of an information system was set.',
    },
    systemProperties,
  ),
};

/** Systems that serve need an approved security level, those being built do not yet. */
const NEEDS_LEVEL: ReadonlySet<string> = new Set(['trial', 'in-operation', 'upgrading', 'merging']);

/** How many of the systems that need a security level have an approved one. */
export interface SecurityCoverage {
  approved: number;
  total: number;
  /** Of the total: nobody has said which level they have. */
  notDetermined: number;
}

/** What {@link securityCoverage} reads; states of before the attributes were there lack the last two. */
export type SecuredSystem = Pick<RegistrySystemState, 'lifecycle'> &
  Partial<Pick<RegistrySystemState, 'security' | 'openAttributes'>>;

export function needsSecurityLevel({ lifecycle, openAttributes = [] }: SecuredSystem): boolean {
  const isExempt = openAttributes.some(
    ({ attribute, status }) => attribute === 'security' && status === 'not-applicable',
  );
  return NEEDS_LEVEL.has(lifecycle) && !isExempt;
}

export function securityCoverage(systems: Iterable<SecuredSystem>): SecurityCoverage {
  const coverage: SecurityCoverage = { approved: 0, total: 0, notDetermined: 0 };
  for (const system of systems) {
    if (!needsSecurityLevel(system)) continue;
    coverage.total += 1;
    if (system.security?.approval) coverage.approved += 1;
    if (!system.security) coverage.notDetermined += 1;
  }
  return coverage;
}
