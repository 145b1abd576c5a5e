import { orNull, schemaParts, stateEventSchemas } from './event-schema.js';
import type { AgencyRef } from './overview.js';
import { type DatasetRef, datasetRef } from './sharing-dataset-events.js';
import {
  fieldNames,
  SHARING_ESCALATIONS,
  SHARING_METHODS,
  type SharingEscalation,
  type SharingMethod,
} from './sharing-request-events.js';

/** Aggregate segment of the subjects `ioc.registry.sharing-grant.<id>`. */
export const SHARING_GRANT = 'sharing-grant';

export const SHARING_GRANT_GRANTED = 'vn.ioc.registry.sharing-grant.granted.v1';
export const SHARING_GRANT_OPENED = 'vn.ioc.registry.sharing-grant.opened.v1';
export const SHARING_GRANT_ESCALATED = 'vn.ioc.registry.sharing-grant.escalated.v1';
export const SHARING_GRANT_RENEWED = 'vn.ioc.registry.sharing-grant.renewed.v1';
export const SHARING_GRANT_SUSPENDED = 'vn.ioc.registry.sharing-grant.suspended.v1';
export const SHARING_GRANT_RESUMED = 'vn.ioc.registry.sharing-grant.resumed.v1';
export const SHARING_GRANT_WITHDRAWN = 'vn.ioc.registry.sharing-grant.withdrawn.v1';

export const SHARING_GRANT_STATES = ['active', 'suspended', 'withdrawn'] as const;
export type SharingGrantStatus = (typeof SHARING_GRANT_STATES)[number];

/** A grant (thỏa thuận chia sẻ). That it has ended depends on today: {@link sharingGrantStanding}. */
export interface SharingGrantState {
  id: string;
  version: number;
  requestId: string;
  dataset: DatasetRef;
  /** Vietnamese title of the dataset. */
  title: string;
  provider: AgencyRef;
  receiver: AgencyRef;
  purpose: string;
  fields: string[] | null;
  method: SharingMethod;
  /** How often, in words. */
  frequency: string | null;
  validFrom: string;
  /** Last day, yyyy-MM-dd. */
  validUntil: string;
  state: SharingGrantStatus;
  /** Why it is suspended or withdrawn. */
  stateReason: string | null;
  stateLegalGround: string | null;
  /** ISO 8601 UTC. */
  stateAt: string;
  /** Last day (yyyy-MM-dd) for opening the receiver's account on the bus. */
  openingDueOn: string;
  /** ISO 8601 UTC; null: not yet. */
  openedAt: string | null;
  /** Furthest level that was told of the late opening; null: none. */
  openingEscalatedTo: SharingEscalation | null;
}

export const SHARING_GRANT_STANDINGS = ['coming', 'active', 'suspended', 'withdrawn', 'ended'] as const;
export type SharingGrantStanding = (typeof SHARING_GRANT_STANDINGS)[number];

/**
 * How a grant stands on a day; `coming` before its first day.
 * @param today day in Asia/Ho_Chi_Minh, yyyy-MM-dd
 */
export function sharingGrantStanding(
  { state, validFrom, validUntil }: Pick<SharingGrantState, 'state' | 'validFrom' | 'validUntil'>,
  today: string,
): SharingGrantStanding {
  if (state === 'withdrawn') return 'withdrawn';
  if (today > validUntil) return 'ended';
  return state === 'active' && today < validFrom ? 'coming' : state;
}

/**
 * Whether the receiver should have its account on the bus by now and has none. Packages need no account.
 * @param today day in Asia/Ho_Chi_Minh, yyyy-MM-dd
 */
export function isOpeningLate(
  grant: Pick<
    SharingGrantState,
    'state' | 'validFrom' | 'validUntil' | 'method' | 'openingDueOn' | 'openedAt'
  >,
  today: string,
): boolean {
  const { method, openingDueOn, openedAt } = grant;
  const isActive = sharingGrantStanding(grant, today) === 'active';
  return isActive && method !== 'package' && openedAt === null && today > openingDueOn;
}

const day = { type: 'string', format: 'date' } as const;
const instant = { type: 'string', format: 'date-time' } as const;

/** JSON Schemas (draft 2020-12) of the events of grants, by event type. */
export const sharingGrantEventSchemas: Record<string, object> = stateEventSchemas<SharingGrantState>(
  {
    [SHARING_GRANT_GRANTED]: 'A grant began.',
    [SHARING_GRANT_OPENED]: "The receiver's account on the bus was opened.",
    [SHARING_GRANT_ESCALATED]: "That the receiver's account is opened late was reported one level further.",
    [SHARING_GRANT_RENEWED]: 'A grant has a later end.',
    [SHARING_GRANT_SUSPENDED]: 'Nothing leaves by a grant until it is resumed.',
    [SHARING_GRANT_RESUMED]: 'Data leave again by a grant that was suspended.',
    [SHARING_GRANT_WITHDRAWN]: 'A grant was withdrawn for good.',
  },
  {
    id: schemaParts.id,
    version: schemaParts.version,
    requestId: schemaParts.id,
    dataset: datasetRef,
    title: schemaParts.text,
    provider: schemaParts.agency,
    receiver: schemaParts.agency,
    purpose: schemaParts.text,
    fields: fieldNames,
    method: { enum: SHARING_METHODS },
    frequency: schemaParts.optionalText,
    validFrom: day,
    validUntil: day,
    state: { enum: SHARING_GRANT_STATES },
    stateReason: schemaParts.optionalText,
    stateLegalGround: schemaParts.optionalText,
    stateAt: instant,
    openingDueOn: day,
    openedAt: orNull(instant),
    openingEscalatedTo: { enum: [...SHARING_ESCALATIONS, null] },
  },
);
