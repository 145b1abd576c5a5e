import { schemaParts } from './event-schema.js';
import type { AgencyRef } from './overview.js';

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

/** Use (khai thác, sử dụng) in the vocabulary of the same draft guide, and `not-determined` where no source says. */
export const USE_STATES = [
  'not-determined',
  'not-used',
  'connecting',
  'in-use',
  'partly-used',
  'suspended',
  'no-longer-used',
] as const;
export type UseState = (typeof USE_STATES)[number];

/** How far data may be shared (phạm vi chia sẻ), by the same draft guide. */
export const SHARING_SCOPES = [
  'national-group-a',
  'national-group-b',
  'ministry',
  'province',
  'internal',
  'private',
] as const;
export type SharingScope = (typeof SHARING_SCOPES)[number];

/** not-determined: somebody has to find out until a day; not-applicable: there is nothing to find out. */
export const OPEN_STATUSES = ['not-determined', 'not-applicable'] as const;
export type OpenStatus = (typeof OPEN_STATUSES)[number];

/** Attributes of an entry that may be without a value, and then say why. */
export const DATABASE_ATTRIBUTES = [
  'code',
  'owner',
  'operator',
  'technicalContact',
  'lifecycle',
  'use',
  'scope',
  'sharingScope',
  'targetQuarter',
  'budgetSplit',
] as const;
export const SYSTEM_ATTRIBUTES = [
  'code',
  'owner',
  'operator',
  'technicalContact',
  'lifecycle',
  'use',
  'security',
] as const;
export type OpenAttributeName = (typeof DATABASE_ATTRIBUTES)[number] | (typeof SYSTEM_ATTRIBUTES)[number];

/** An attribute without a value. */
export interface OpenAttribute {
  attribute: OpenAttributeName;
  status: OpenStatus;
  /** Unit that has to determine it; null when it is not applicable. */
  responsible: AgencyRef | null;
  /** Day (yyyy-MM-dd) by which; null while nobody has set one, or when it is not applicable. */
  due: string | null;
  reason: string | null;
}

/** Technical contact (đầu mối kỹ thuật): a unit or post, and how it is reached. */
export interface TechnicalContact {
  name: string;
  phone: string | null;
  email: string | null;
}

/** A document about an entry: decision, dossier, contract, minutes. */
export interface RegistryDocument {
  title: string;
  number: string | null;
  /** yyyy-MM-dd; null: not determined. */
  issuedOn: string | null;
  url: string | null;
}

const day = { type: 'string', format: 'date' } as const;

/** JSON Schemas of what is above, for the events of the registry. */
export const registryParts = {
  day,
  quarter: { type: ['string', 'null'], pattern: '^[0-9]{4}-Q[1-4]$' },
  year: { type: 'integer', minimum: 2000, maximum: 2100 },
  openAttributes: {
    type: 'array',
    items: {
      type: 'object',
      required: ['attribute', 'status', 'responsible', 'due', 'reason'],
      properties: {
        attribute: { enum: [...new Set<string>([...DATABASE_ATTRIBUTES, ...SYSTEM_ATTRIBUTES])] },
        status: { enum: OPEN_STATUSES },
        responsible: { anyOf: [schemaParts.agency, { type: 'null' }] },
        due: schemaParts.optionalDate,
        reason: schemaParts.optionalText,
      },
    },
  },
  technicalContact: {
    type: ['object', 'null'],
    required: ['name', 'phone', 'email'],
    properties: {
      name: schemaParts.text,
      phone: schemaParts.optionalText,
      email: schemaParts.optionalText,
    },
  },
  documents: {
    type: 'array',
    items: {
      type: 'object',
      required: ['title', 'number', 'issuedOn', 'url'],
      properties: {
        title: schemaParts.text,
        number: schemaParts.optionalText,
        issuedOn: schemaParts.optionalDate,
        url: schemaParts.optionalText,
      },
    },
  },
  databaseRef: {
    type: 'object',
    required: ['id', 'name'],
    properties: { id: { type: 'string', format: 'uuid' }, name: schemaParts.text },
  },
} as const;

/** A database as other aggregates of the registry name it. */
export interface DatabaseRef {
  id: string;
  name: string;
}

/** How a database stands against its target quarter, on a day. */
export const DATABASE_SCHEDULES = ['attained', 'on-schedule', 'behind', 'not-determined'] as const;
export type DatabaseSchedule = (typeof DATABASE_SCHEDULES)[number];

/** Life-cycle states in which a database serves. */
const SERVING: ReadonlySet<Lifecycle> = new Set(['in-operation', 'upgrading', 'merging', 'replaced']);

/**
 * attained: it is in operation; behind: it is not, and the target quarter is over. Without a target nothing is said, nor
 * about a database that was given up.
 *
 * @param today yyyy-MM-dd in Asia/Ho_Chi_Minh
 */
export function databaseSchedule(
  { targetQuarter, lifecycle }: { targetQuarter: string | null; lifecycle: Lifecycle },
  today: string,
): DatabaseSchedule {
  if (targetQuarter === null || lifecycle === 'retired') return 'not-determined';
  if (SERVING.has(lifecycle)) return 'attained';
  return quarterOf(today) > targetQuarter ? 'behind' : 'on-schedule';
}

/** `2026-Q2` of a day; such texts sort like the quarters they name. */
function quarterOf(day: string): string {
  return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}
