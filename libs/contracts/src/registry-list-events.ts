import { orNull, schemaParts, stateEventSchemas } from './event-schema.js';
import { type DatabaseRef, registryParts } from './registry-vocabulary.js';

/** Aggregate segments of the subjects `ioc.registry.list.<id>` and `ioc.registry.proposal.<id>`. */
export const REGISTRY_LIST = 'list';
export const REGISTRY_PROPOSAL = 'proposal';

export const REGISTRY_LIST_OPENED = 'vn.ioc.registry.list.opened.v1';
export const REGISTRY_LIST_CHANGED = 'vn.ioc.registry.list.changed.v1';
export const REGISTRY_LIST_ENTRY_ADDED = 'vn.ioc.registry.list.entry-added.v1';
export const REGISTRY_LIST_ENTRY_REMOVED = 'vn.ioc.registry.list.entry-removed.v1';
export const REGISTRY_PROPOSAL_MADE = 'vn.ioc.registry.proposal.made.v1';
export const REGISTRY_PROPOSAL_ACCEPTED = 'vn.ioc.registry.proposal.accepted.v1';
export const REGISTRY_PROPOSAL_REFUSED = 'vn.ioc.registry.proposal.refused.v1';
export const REGISTRY_PROPOSAL_WITHDRAWN = 'vn.ioc.registry.proposal.withdrawn.v1';

/** priority: to be built first (danh mục ưu tiên triển khai); connection: to be connected to. */
export const LIST_PURPOSES = ['priority', 'connection'] as const;
export type ListPurpose = (typeof LIST_PURPOSES)[number];

/** Which reports a list asks for about each of its databases. */
export interface ReportingRule {
  /** Last day of the month that is in time: "trước ngày 20" has the 19th. */
  monthlyLastDay: number;
  /** First month that is reported on, `2026-03`. */
  from: string;
  /** Last month that is reported on; null: until further notice. */
  until: string | null;
  /** A report asked for once. */
  once: { before: string; lastDay: string } | null;
}

export interface ListEntry {
  database: DatabaseRef;
  /** Place in the list, from 1. */
  position: number;
  /** Day on which this system was told, from which reports are owed; yyyy-MM-dd. */
  addedOn: string;
  /** Document that put it there, when it is not the list's own decision. */
  document: string | null;
  /** Day on which it was taken off; null while it is on. */
  removedOn: string | null;
}

/** A list of databases by year and decision. */
export interface RegistryListState {
  id: string;
  version: number;
  purpose: ListPurpose;
  year: number;
  title: string;
  /** Decision that approves the list; null: not determined. */
  decision: string | null;
  decidedOn: string | null;
  /** How many databases the decision or plan speaks of; null: it gives no number. */
  expected: number | null;
  reporting: ReportingRule | null;
  note: string | null;
  entries: ListEntry[];
}

export const PROPOSAL_STATES = ['proposed', 'accepted', 'refused', 'withdrawn'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** An agency's proposal to put its database on a list. */
export interface RegistryProposalState {
  id: string;
  version: number;
  listId: string;
  database: DatabaseRef;
  /** Code of the agency that proposes. */
  agency: string | null;
  reason: string;
  document: string | null;
  state: ProposalState;
  /** yyyy-MM-dd */
  proposedOn: string;
  decidedOn: string | null;
  /** Reason of a refusal, or document that extends the list. */
  decision: string | null;
}

const list: Record<keyof RegistryListState, object> = {
  id: schemaParts.id,
  version: schemaParts.version,
  purpose: { enum: LIST_PURPOSES },
  year: registryParts.year,
  title: schemaParts.text,
  decision: schemaParts.optionalText,
  decidedOn: schemaParts.optionalDate,
  expected: { type: ['integer', 'null'], minimum: 1 },
  reporting: orNull({
    type: 'object',
    required: ['monthlyLastDay', 'from', 'until', 'once'],
    properties: {
      monthlyLastDay: { type: 'integer', minimum: 1, maximum: 27 },
      from: { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}$' },
      until: { type: ['string', 'null'], pattern: '^[0-9]{4}-[0-9]{2}$' },
      once: orNull({
        type: 'object',
        required: ['before', 'lastDay'],
        properties: { before: registryParts.day, lastDay: registryParts.day },
      }),
    },
  }),
  note: schemaParts.optionalText,
  entries: {
    type: 'array',
    items: {
      type: 'object',
      required: ['database', 'position', 'addedOn', 'document', 'removedOn'],
      properties: {
        database: registryParts.databaseRef,
        position: { type: 'integer', minimum: 1 },
        addedOn: registryParts.day,
        document: schemaParts.optionalText,
        removedOn: schemaParts.optionalDate,
      },
    },
  },
};

const proposal: Record<keyof RegistryProposalState, object> = {
  id: schemaParts.id,
  version: schemaParts.version,
  listId: { type: 'string', format: 'uuid' },
  database: registryParts.databaseRef,
  agency: schemaParts.optionalText,
  reason: schemaParts.text,
  document: schemaParts.optionalText,
  state: { enum: PROPOSAL_STATES },
  proposedOn: registryParts.day,
  decidedOn: schemaParts.optionalDate,
  decision: schemaParts.optionalText,
};

/** JSON Schemas (draft 2020-12) of the events of lists and proposals, by event type. */
export const registryListEventSchemas: Record<string, object> = {
  ...stateEventSchemas<RegistryListState>(
    {
      [REGISTRY_LIST_OPENED]: 'A list of databases was opened.',
      [REGISTRY_LIST_CHANGED]: 'The description of a list was changed.',
      [REGISTRY_LIST_ENTRY_ADDED]: 'A database was put on a list.',
      [REGISTRY_LIST_ENTRY_REMOVED]: 'A database was taken off a list.',
    },
    list,
  ),
  ...stateEventSchemas<RegistryProposalState>(
    {
      [REGISTRY_PROPOSAL_MADE]: 'An agency proposed to put a database on a list.',
      [REGISTRY_PROPOSAL_ACCEPTED]: 'A proposal was accepted.',
      [REGISTRY_PROPOSAL_REFUSED]: 'A proposal was refused with its reason.',
      [REGISTRY_PROPOSAL_WITHDRAWN]: 'A proposal was withdrawn.',
    },
    proposal,
  ),
};
