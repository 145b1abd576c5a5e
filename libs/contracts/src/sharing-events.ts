import {
  type DatasetField,
  datasetParts,
  type DatasetTerms,
  type BilingualText,
  bilingualText,
} from './dataset-events.js';
import { orNull, schemaParts, stateEventSchemas } from './event-schema.js';
import type { AgencyRef } from './overview.js';
import { type DatabaseRef, registryParts } from './registry-vocabulary.js';

/** Aggregate segments of the subjects `ioc.registry.sharing-dataset.<id>` and so on. */
export const SHARING_DATASET = 'sharing-dataset';
export const SHARING_REQUEST = 'sharing-request';
export const SHARING_GRANT = 'sharing-grant';

export const SHARING_DATASET_REGISTERED = 'vn.ioc.registry.sharing-dataset.registered.v1';
export const SHARING_DATASET_CHANGED = 'vn.ioc.registry.sharing-dataset.changed.v1';
export const SHARING_DATASET_CLOSED = 'vn.ioc.registry.sharing-dataset.closed.v1';

export const SHARING_REQUEST_SUBMITTED = 'vn.ioc.registry.sharing-request.submitted.v1';
export const SHARING_REQUEST_GRANTED = 'vn.ioc.registry.sharing-request.granted.v1';
export const SHARING_REQUEST_REFUSED = 'vn.ioc.registry.sharing-request.refused.v1';
export const SHARING_REQUEST_WITHDRAWN = 'vn.ioc.registry.sharing-request.withdrawn.v1';
export const SHARING_REQUEST_ESCALATED = 'vn.ioc.registry.sharing-request.escalated.v1';

export const SHARING_GRANT_GRANTED = 'vn.ioc.registry.sharing-grant.granted.v1';
export const SHARING_GRANT_OPENED = 'vn.ioc.registry.sharing-grant.opened.v1';
export const SHARING_GRANT_RENEWED = 'vn.ioc.registry.sharing-grant.renewed.v1';
export const SHARING_GRANT_SUSPENDED = 'vn.ioc.registry.sharing-grant.suspended.v1';
export const SHARING_GRANT_RESUMED = 'vn.ioc.registry.sharing-grant.resumed.v1';
export const SHARING_GRANT_WITHDRAWN = 'vn.ioc.registry.sharing-grant.withdrawn.v1';

export const SHARING_DATASET_STATES = ['open', 'closed'] as const;
export type SharingDatasetStatus = (typeof SHARING_DATASET_STATES)[number];

/** How a receiver gets the data: asks for it, is kept in step with it, or gets it on storage media. */
export const SHARING_METHODS = ['query', 'sync', 'package'] as const;
export type SharingMethod = (typeof SHARING_METHODS)[number];

export const SHARING_REQUEST_STATES = ['submitted', 'granted', 'refused', 'withdrawn'] as const;
export type SharingRequestStatus = (typeof SHARING_REQUEST_STATES)[number];

/** Whom a late answer is reported to, in this order. */
export const SHARING_ESCALATIONS = ['provider', 'standing-body', 'provincial-office'] as const;
export type SharingEscalation = (typeof SHARING_ESCALATIONS)[number];

export const SHARING_GRANT_STATES = ['active', 'suspended', 'withdrawn'] as const;
export type SharingGrantStatus = (typeof SHARING_GRANT_STATES)[number];

/** A dataset of the catalogue: declared by a service, or registered by the agency that publishes it. */
export interface SharingDatasetState extends DatasetTerms {
  id: string;
  version: number;
  code: string;
  /** Service that publishes it; null: the agency itself. */
  service: string | null;
  provider: AgencyRef;
  /** Database of the registry that the data are of; null: none is named. */
  database: DatabaseRef | null;
  stream: string;
  subject: string;
  eventTypes: string[];
  fields: DatasetField[];
  schema: object;
  /** closed: no further requests; what was granted goes on until its end. */
  state: SharingDatasetStatus;
}

/** Dataset as requests and grants name it. */
export interface DatasetRef {
  id: string;
  code: string;
  title: BilingualText;
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
  /** In alphabetical order; null: all. */
  fields: string[] | null;
  quantity: string | null;
  validFrom: string;
  validUntil: string;
  /** How often, in words. */
  frequency: string | null;
  method: SharingMethod;
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

const day = { type: 'string', format: 'date' } as const;
const instant = { type: 'string', format: 'date-time' } as const;
const fieldNames = { type: ['array', 'null'], items: { type: 'string' } } as const;
const datasetRef = {
  type: 'object',
  required: ['id', 'code', 'title'],
  properties: { id: { type: 'string', format: 'uuid' }, code: schemaParts.text, title: bilingualText },
} as const;
const decision = {
  type: 'object',
  required: ['reason', 'legalGround', 'document', 'decidedBy'],
  properties: {
    reason: schemaParts.optionalText,
    legalGround: schemaParts.optionalText,
    document: schemaParts.optionalText,
    decidedBy: orNull(schemaParts.agency),
  },
} as const;

/** JSON Schemas (draft 2020-12) of the events of datasets, requests and grants, by event type. */
export const sharingEventSchemas: Record<string, object> = {
  ...stateEventSchemas<SharingDatasetState>(
    {
      [SHARING_DATASET_REGISTERED]: 'A dataset was entered into the catalogue.',
      [SHARING_DATASET_CHANGED]: 'A dataset is offered otherwise than before.',
      [SHARING_DATASET_CLOSED]: 'A dataset takes no further requests.',
    },
    {
      ...datasetParts,
      id: { type: 'string', format: 'uuid' },
      version: schemaParts.version,
      service: schemaParts.optionalText,
      provider: schemaParts.agency,
      database: orNull(registryParts.databaseRef),
      state: { enum: SHARING_DATASET_STATES },
    },
  ),
  ...stateEventSchemas<SharingRequestState>(
    {
      [SHARING_REQUEST_SUBMITTED]: 'An agency asked to use a dataset.',
      [SHARING_REQUEST_GRANTED]: 'A request was granted.',
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
      state: { enum: SHARING_REQUEST_STATES },
      submittedAt: instant,
      dueOn: day,
      decidedAt: orNull(instant),
      decidedOn: schemaParts.optionalDate,
      decision: orNull(decision),
      escalatedTo: { enum: [...SHARING_ESCALATIONS, null] },
      grantId: { type: ['string', 'null'], format: 'uuid' },
    },
  ),
  ...stateEventSchemas<SharingGrantState>(
    {
      [SHARING_GRANT_GRANTED]: 'A grant began.',
      [SHARING_GRANT_OPENED]: "The receiver's account on the bus was opened.",
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
      validFrom: day,
      validUntil: day,
      state: { enum: SHARING_GRANT_STATES },
      stateReason: schemaParts.optionalText,
      stateLegalGround: schemaParts.optionalText,
      stateAt: instant,
      openingDueOn: day,
      openedAt: orNull(instant),
    },
  ),
};
