import { moneySchema } from './budget-money.js';
import { schemaParts } from './event-schema.js';

/**
 * Forms of public-private partnership in science, technology, innovation and digital transformation, Decree
 * 180/2025/NĐ-CP: the PPP contracts, joint venture with public assets, other cooperation.
 */
export const PARTNERSHIP_FORMS = [
  'BOT',
  'BTO',
  'BOO',
  'BTL',
  'BLT',
  'BT',
  'O&M',
  'public-asset-joint-venture',
  'other',
] as const;
export type PartnershipForm = (typeof PARTNERSHIP_FORMS)[number];

export const PARTNERSHIP_STATUSES = [
  'proposed',
  'negotiating',
  'signed',
  'in-effect',
  'ended',
  'terminated',
] as const;
export type PartnershipStatus = (typeof PARTNERSHIP_STATUSES)[number];

/** Who owns assets or data that the partnership makes. */
export const OWNERSHIPS = ['state', 'enterprise', 'joint', 'not-determined'] as const;
export type Ownership = (typeof OWNERSHIPS)[number];

/** What one side brings, whole đồng. */
export interface PartnershipPart {
  cash: number;
  /** Things, premises and services, at the value agreed. */
  inKind: number;
  /** Technology, licences and know-how, at the value agreed. */
  technology: number;
}

export interface PartnershipMilestone {
  name: string;
  /** Day (yyyy-MM-dd) by which it is to be reached. */
  due: string | null;
  reachedOn: string | null;
}

export interface PartnershipDocument {
  title: string;
  number: string | null;
  date: string | null;
}

/** Partnership in which an item is carried out. */
export interface PartnershipState {
  form: PartnershipForm;
  status: PartnershipStatus;
  partner: { name: string; taxCode: string | null };
  enterprisePart: PartnershipPart;
  statePart: PartnershipPart;
  /** State part of the whole in hundredths of a percent, 0–10000; null while nothing is stated. */
  stateShare: number | null;
  assetsOwnership: Ownership;
  dataOwnership: Ownership;
  /** Who may use the data, and for what. */
  dataAccessRights: string | null;
  term: { from: string | null; to: string | null };
  /** Time within which losses are shared, and how. */
  riskSharing: { from: string | null; to: string | null; rule: string } | null;
  milestones: PartnershipMilestone[];
  documents: PartnershipDocument[];
  /** Article or document that the partnership rests on. */
  legalGround: string | null;
  note: string | null;
}

const partSchema = {
  type: 'object',
  required: ['cash', 'inKind', 'technology'],
  properties: { cash: moneySchema, inKind: moneySchema, technology: moneySchema },
} as const;

const fromTo = { from: schemaParts.optionalDate, to: schemaParts.optionalDate } as const;

const properties: Record<keyof PartnershipState, object> = {
  form: { enum: PARTNERSHIP_FORMS },
  status: { enum: PARTNERSHIP_STATUSES },
  partner: {
    type: 'object',
    required: ['name', 'taxCode'],
    properties: { name: schemaParts.text, taxCode: schemaParts.optionalText },
  },
  enterprisePart: partSchema,
  statePart: partSchema,
  stateShare: { type: ['integer', 'null'], minimum: 0, maximum: 10_000 },
  assetsOwnership: { enum: OWNERSHIPS },
  dataOwnership: { enum: OWNERSHIPS },
  dataAccessRights: schemaParts.optionalText,
  term: { type: 'object', required: ['from', 'to'], properties: fromTo },
  riskSharing: {
    type: ['object', 'null'],
    required: ['from', 'to', 'rule'],
    properties: { ...fromTo, rule: schemaParts.text },
  },
  milestones: {
    type: 'array',
    items: {
      type: 'object',
      required: ['name', 'due', 'reachedOn'],
      properties: {
        name: schemaParts.text,
        due: schemaParts.optionalDate,
        reachedOn: schemaParts.optionalDate,
      },
    },
  },
  documents: {
    type: 'array',
    items: {
      type: 'object',
      required: ['title', 'number', 'date'],
      properties: {
        title: schemaParts.text,
        number: schemaParts.optionalText,
        date: schemaParts.optionalDate,
      },
    },
  },
  legalGround: schemaParts.optionalText,
  note: schemaParts.optionalText,
};

export const partnershipSchema = { type: ['object', 'null'], required: Object.keys(properties), properties };
