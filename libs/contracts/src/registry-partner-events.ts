import { orNull, schemaParts, stateEventSchemas } from './event-schema.js';
import { type DatabaseRef, registryParts } from './registry-vocabulary.js';

/** Aggregate segment of the subject `ioc.registry.partner.<id>`: one registration of one enterprise for one database. */
export const REGISTRY_PARTNER = 'partner';

export const REGISTRY_PARTNER_REGISTERED = 'vn.ioc.registry.partner.registered.v1';
export const REGISTRY_PARTNER_CHOSEN = 'vn.ioc.registry.partner.chosen.v1';
export const REGISTRY_PARTNER_NOT_CHOSEN = 'vn.ioc.registry.partner.not-chosen.v1';
export const REGISTRY_PARTNER_WITHDRAWN = 'vn.ioc.registry.partner.withdrawn.v1';
export const REGISTRY_PARTNER_ENDED = 'vn.ioc.registry.partner.ended.v1';
export const REGISTRY_PARTNER_AGREED = 'vn.ioc.registry.partner.agreed.v1';
export const REGISTRY_PARTNER_REPORTED = 'vn.ioc.registry.partner.reported.v1';

export const PARTNER_STATES = ['registered', 'chosen', 'not-chosen', 'withdrawn', 'ended'] as const;
export type PartnerState = (typeof PARTNER_STATES)[number];

/** Who reports on the common work: the owning agency or the enterprise. */
export const PARTNER_SIDES = ['owner', 'enterprise'] as const;
export type PartnerSide = (typeof PARTNER_SIDES)[number];

export interface Enterprise {
  /** Code in the reference list, when it has the enterprise. */
  code: string | null;
  name: string;
  /** Mã số doanh nghiệp: 10 digits, or 13 with a hyphen for a branch; null: not determined. */
  taxCode: string | null;
}

/** What both sides agreed. */
export interface PartnerAgreement {
  scope: string;
  /** Its part, whole đồng. */
  part: number;
  document: string | null;
  /** yyyy-MM-dd */
  on: string;
}

/** The newest report of a side. */
export interface PartnerReport {
  on: string;
  progress: string;
  obstacles: string | null;
}

/** An enterprise's registration to support a database (đăng ký đồng hành). */
export interface RegistryPartnerState {
  id: string;
  version: number;
  database: DatabaseRef;
  enterprise: Enterprise;
  /** What it is able to do. */
  capability: string;
  /** What it would carry. */
  contribution: string;
  /** Value of that, whole đồng; null: not determined. */
  contributionValue: number | null;
  document: string | null;
  /** yyyy-MM-dd */
  registeredOn: string;
  state: PartnerState;
  stateOn: string;
  /** Why it was chosen or not, withdrawn or ended. */
  reason: string | null;
  agreement: PartnerAgreement | null;
  reports: { owner: PartnerReport | null; enterprise: PartnerReport | null };
}

const report = orNull({
  type: 'object',
  required: ['on', 'progress', 'obstacles'],
  properties: { on: registryParts.day, progress: schemaParts.text, obstacles: schemaParts.optionalText },
});

/** JSON Schemas (draft 2020-12) of the events of partner registrations, by event type. */
export const registryPartnerEventSchemas: Record<string, object> = stateEventSchemas<RegistryPartnerState>(
  {
    [REGISTRY_PARTNER_REGISTERED]: 'An enterprise registered to support a database.',
    [REGISTRY_PARTNER_CHOSEN]: 'The owner chose the enterprise.',
    [REGISTRY_PARTNER_NOT_CHOSEN]: 'The owner chose others.',
    [REGISTRY_PARTNER_WITHDRAWN]: 'The enterprise withdrew its registration.',
    [REGISTRY_PARTNER_ENDED]: 'The partnership ended.',
    [REGISTRY_PARTNER_AGREED]: 'Owner and enterprise agreed on scope and part.',
    [REGISTRY_PARTNER_REPORTED]: 'One of the sides reported.',
  },
  {
    id: schemaParts.id,
    version: schemaParts.version,
    database: registryParts.databaseRef,
    enterprise: {
      type: 'object',
      required: ['code', 'name', 'taxCode'],
      properties: {
        code: schemaParts.optionalText,
        name: schemaParts.text,
        taxCode: schemaParts.optionalText,
      },
    },
    capability: schemaParts.text,
    contribution: schemaParts.text,
    contributionValue: schemaParts.optionalMoney,
    document: schemaParts.optionalText,
    registeredOn: registryParts.day,
    state: { enum: PARTNER_STATES },
    stateOn: registryParts.day,
    reason: schemaParts.optionalText,
    agreement: orNull({
      type: 'object',
      required: ['scope', 'part', 'document', 'on'],
      properties: {
        scope: schemaParts.text,
        part: { type: 'integer', minimum: 0 },
        document: schemaParts.optionalText,
        on: registryParts.day,
      },
    }),
    reports: {
      type: 'object',
      required: ['owner', 'enterprise'],
      properties: { owner: report, enterprise: report },
    },
  },
);
