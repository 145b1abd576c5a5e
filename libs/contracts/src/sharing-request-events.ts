import { orNull, schemaParts, stateEventSchemas } from './event-schema.js';
import type { AgencyRef } from './overview.js';
import { type DatasetRef, datasetRef } from './sharing-dataset-events.js';

/** Aggregate segment of the subjects `ioc.registry.sharing-request.<id>`. */
export const SHARING_REQUEST = 'sharing-request';

export const SHARING_REQUEST_SUBMITTED = 'vn.ioc.registry.sharing-request.submitted.v1';
export const SHARING_REQUEST_GRANTED = 'vn.ioc.registry.sharing-request.granted.v1';
export const SHARING_REQUEST_REFUSED = 'vn.ioc.registry.sharing-request.refused.v1';
export const SHARING_REQUEST_WITHDRAWN = 'vn.ioc.registry.sharing-request.withdrawn.v1';
export const SHARING_REQUEST_ESCALATED = 'vn.ioc.registry.sharing-request.escalated.v1';

/** How a receiver gets the data: asks for it, is kept in step with it, or gets it on storage media. */
export const SHARING_METHODS = ['query', 'sync', 'package'] as const;
export type SharingMethod = (typeof SHARING_METHODS)[number];

export const SHARING_REQUEST_STATES = ['submitted', 'granted', 'refused', 'withdrawn'] as const;
export type SharingRequestStatus = (typeof SHARING_REQUEST_STATES)[number];

/** Whom something late is reported to, in this order. */
export const SHARING_ESCALATIONS = ['provider', 'standing-body', 'provincial-office'] as const;
export type SharingEscalation = (typeof SHARING_ESCALATIONS)[number];

/** What was granted of a thing that was asked for otherwise, and why. */
export interface SharingLimit<Granted> {
  granted: Granted;
  reason: string;
}

/** Where a grant is less than its request, or other than it; null: as it was asked. */
export interface SharingLimits {
  /** Fewer fields than were asked for, in alphabetical order. */
  fields: SharingLimit<string[]> | null;
  /** An earlier last day, yyyy-MM-dd. */
  validUntil: SharingLimit<string> | null;
  /** How often, in words. */
  frequency: SharingLimit<string> | null;
  method: SharingLimit<SharingMethod> | null;
}

/** How a request was answered. */
export interface SharingDecision {
  /** Why; a refusal always has it. */
  reason: string | null;
  /** Legal ground; a refusal always has it. */
  legalGround: string | null;
  /** Document of the decision. */
  document: string | null;
  /** Agency that decided; null: nobody had to, since the data are shared by law. */
  decidedBy: AgencyRef | null;
  /** null: refused, or granted as it was asked. */
  limits: SharingLimits | null;
}

/** A request to use a dataset (yêu cầu khai thác). The contact it names is not told here. */
export interface SharingRequestState {
  id: string;
  version: number;
  dataset: DatasetRef;
  /** Vietnamese title of the dataset. */
  title: string;
  provider: AgencyRef;
  requester: AgencyRef;
  purpose: string;
  legalGround: string;
  /** As they were asked for, in alphabetical order; null: all. */
  fields: string[] | null;
  quantity: string | null;
  validFrom: string;
  validUntil: string;
  /** How often, in words. */
  frequency: string | null;
  method: SharingMethod;
  /** Earlier request whose answer this one objects to. */
  objectsTo: string | null;
  state: SharingRequestStatus;
  /** ISO 8601 UTC. */
  submittedAt: string;
  /** Last day (yyyy-MM-dd) on which an answer is in time. */
  dueOn: string;
  /** ISO 8601 UTC; null until it is granted or refused. */
  decidedAt: string | null;
  /** Day of the decision in Asia/Ho_Chi_Minh, yyyy-MM-dd. */
  decidedOn: string | null;
  decision: SharingDecision | null;
  /** Furthest level that was told of the late answer; null: none. */
  escalatedTo: SharingEscalation | null;
  grantId: string | null;
}

/** granted-by-law: the data must be shared, so that nobody had to answer. */
export const SHARING_REQUEST_STANDINGS = [
  'open',
  'late',
  'granted-by-law',
  'answered-in-time',
  'answered-late',
  'withdrawn',
] as const;
export type SharingRequestStanding = (typeof SHARING_REQUEST_STANDINGS)[number];

/**
 * How a request stands on a day.
 * @param today day in Asia/Ho_Chi_Minh, yyyy-MM-dd
 */
export function sharingRequestStanding(
  {
    state,
    dueOn,
    decidedOn,
    decision,
  }: Pick<SharingRequestState, 'state' | 'dueOn' | 'decidedOn' | 'decision'>,
  today: string,
): SharingRequestStanding {
  if (state === 'withdrawn') return 'withdrawn';
  if (decidedOn === null || decision === null) return today > dueOn ? 'late' : 'open';
  if (decision.decidedBy === null) return 'granted-by-law';
  return decidedOn > dueOn ? 'answered-late' : 'answered-in-time';
}

/** Names of fields of a dataset; null: all. */
export const fieldNames = { type: ['array', 'null'], items: { type: 'string' } } as const;
const day = { type: 'string', format: 'date' } as const;
const instant = { type: 'string', format: 'date-time' } as const;

const limitOf = (granted: object) =>
  orNull({
    type: 'object',
    required: ['granted', 'reason'],
    properties: { granted, reason: schemaParts.text },
  });

const limits = {
  type: 'object',
  required: ['fields', 'validUntil', 'frequency', 'method'],
  properties: {
    fields: limitOf({ type: 'array', items: { type: 'string' } }),
    validUntil: limitOf(day),
    frequency: limitOf(schemaParts.text),
    method: limitOf({ enum: SHARING_METHODS }),
  },
} as const;

const decision = {
  type: 'object',
  required: ['reason', 'legalGround', 'document', 'decidedBy'],
  properties: {
    reason: schemaParts.optionalText,
    legalGround: schemaParts.optionalText,
    document: schemaParts.optionalText,
    decidedBy: orNull(schemaParts.agency),
    limits: orNull(limits),
  },
} as const;

/** JSON Schemas (draft 2020-12) of the events of requests, by event type. */
export const sharingRequestEventSchemas: Record<string, object> = stateEventSchemas<SharingRequestState>(
  {
    [SHARING_REQUEST_SUBMITTED]: 'An agency asked to use a dataset.',
    [SHARING_REQUEST_GRANTED]: 'A request was granted, as it was asked or within limits.',
    [SHARING_REQUEST_REFUSED]: 'A request was refused, with reason and legal ground.',
    [SHARING_REQUEST_WITHDRAWN]: 'The requester took its request back.',
    [SHARING_REQUEST_ESCALATED]: 'A late answer was reported one level further.',
  },
  {
    id: schemaParts.id,
    version: schemaParts.version,
    dataset: datasetRef,
    title: schemaParts.text,
    provider: schemaParts.agency,
    requester: schemaParts.agency,
    purpose: schemaParts.text,
    legalGround: schemaParts.text,
    fields: fieldNames,
    quantity: schemaParts.optionalText,
    validFrom: day,
    validUntil: day,
    frequency: schemaParts.optionalText,
    method: { enum: SHARING_METHODS },
    objectsTo: { type: ['string', 'null'], format: 'uuid' },
    state: { enum: SHARING_REQUEST_STATES },
    submittedAt: instant,
    dueOn: day,
    decidedAt: orNull(instant),
    decidedOn: schemaParts.optionalDate,
    decision: orNull(decision),
    escalatedTo: { enum: [...SHARING_ESCALATIONS, null] },
    grantId: { type: ['string', 'null'], format: 'uuid' },
  },
);
