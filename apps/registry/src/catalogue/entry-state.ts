import type { Lifecycle, OpenAttributeName, RegistryEntryState } from '#libs/contracts';
import { foldVietnamese } from '#libs/http';
import type { ReferenceData } from '#libs/reference';
import type { EntryRow, LifecycleStep } from './entry.entity.js';
import { openAttributesOf } from './open-attributes.js';

type Stated =
  'name' | 'kind' | 'owner' | 'lifecycle' | 'lifecycleOn' | 'lifecycleDocument' | 'source' | 'note';

/** What of an entry may be changed as it is described; the rest moves by steps of its own. */
export type EntryDetails<Kind extends string> = Pick<
  RegistryEntryState<Kind>,
  | 'name'
  | 'kind'
  | 'owner'
  | 'source'
  | 'note'
  | 'code'
  | 'operator'
  | 'technicalContact'
  | 'documents'
  | 'openAttributes'
>;

/** What somebody states about a new entry; what is left out is not determined. */
export type EntryContent<Kind extends string> = Pick<RegistryEntryState<Kind>, Stated> &
  Partial<RegistryEntryState<Kind>>;

/** What a change may touch: the life cycle and the use move by their own steps only. */
export type EntryChanges<Kind extends string> = Partial<EntryDetails<Kind>>;

/** State of what databases and systems share. */
export function toEntryState<Kind extends string>(
  row: EntryRow,
  names: readonly OpenAttributeName[],
  ownValues: Readonly<Partial<Record<OpenAttributeName, unknown>>>,
  reference: ReferenceData,
): RegistryEntryState<Kind> {
  const owner = agencyOf(row.ownerCode, row.ownerName);
  const { id, version, name, lifecycle, lifecycleOn, lifecycleDocument, note } = row;
  return {
    id,
    version,
    name,
    // The table's constraint lets in no kind but the aggregate's own.
    kind: row.kind as Kind,
    owner,
    lifecycle,
    lifecycleOn,
    lifecycleDocument,
    source:
      row.sourceDocument === null
        ? null
        : { document: row.sourceDocument, clause: row.sourceClause, asOf: row.sourceAsOf },
    note,
    code: row.code,
    operator: agencyOf(row.operatorCode, row.operatorName),
    technicalContact: row.technicalContact,
    use: row.use,
    useOn: row.useOn,
    useDocument: row.useDocument,
    documents: row.documents,
    openAttributes: openAttributesOf(names, valueIn(row, ownValues), row.openAttributes, owner, reference),
  };
}

/** Value of an attribute that may be open. */
export function valueIn(
  row: EntryRow,
  ownValues: Readonly<Partial<Record<OpenAttributeName, unknown>>>,
): (name: OpenAttributeName) => unknown {
  const values: Readonly<Partial<Record<OpenAttributeName, unknown>>> = {
    code: row.code,
    owner: row.ownerName,
    operator: row.operatorName,
    technicalContact: row.technicalContact,
    lifecycle: row.lifecycle,
    use: row.use,
    ...ownValues,
  };
  return (name) => values[name];
}

function agencyOf(code: string | null, name: string | null): { code: string | null; name: string } | null {
  return name === null ? null : { code, name };
}

/** A step of the life cycle as it is answered. */
export interface LifecycleStepState {
  /** null for the first one. */
  from: Lifecycle | null;
  to: Lifecycle;
  /** Day of the change, yyyy-MM-dd; null where the source of a first state gives none. */
  on: string | null;
  document: string | null;
  note: string | null;
  /** null: a token without an agency, or the service itself at its first start. */
  recordedByAgency: string | null;
  /** ISO 8601 UTC. */
  recordedAt: string;
}

export function toStepState(step: LifecycleStep): LifecycleStepState {
  const { from, to, on, document, note, recordedByAgency, recordedAt } = step;
  return { from, to, on, document, note, recordedByAgency, recordedAt: recordedAt.toISOString() };
}

export type Columns = Omit<EntryRow, 'id' | 'version' | 'createdAt' | 'updatedAt' | 'searchText'>;

/** Columns of what is stated, and of that only. */
export function toColumns(stated: Partial<RegistryEntryState<string>>): Partial<Columns> {
  const { owner, operator, source, ...rest } = stated;
  const { id: _id, version: _version, ...same } = rest;
  return {
    ...same,
    ...(owner !== undefined && { ownerCode: owner?.code ?? null, ownerName: owner?.name ?? null }),
    ...(operator !== undefined && {
      operatorCode: operator?.code ?? null,
      operatorName: operator?.name ?? null,
    }),
    ...(source !== undefined && {
      sourceDocument: source?.document ?? null,
      sourceClause: source?.clause ?? null,
      sourceAsOf: source?.asOf ?? null,
    }),
  };
}

/** Columns of a new entry about which nothing is known yet. */
export const BLANK: Omit<Columns, 'name' | 'kind'> = {
  ownerCode: null,
  ownerName: null,
  lifecycle: 'not-determined',
  lifecycleOn: null,
  lifecycleDocument: null,
  sourceDocument: null,
  sourceClause: null,
  sourceAsOf: null,
  note: null,
  code: null,
  operatorCode: null,
  operatorName: null,
  technicalContact: null,
  use: 'not-determined',
  useOn: null,
  useDocument: null,
  documents: [],
  openAttributes: [],
};

/** What `q` searches: name, code and owner. */
export function searchTextOf({
  name,
  code,
  ownerName,
}: Pick<EntryRow, 'name' | 'code' | 'ownerName'>): string {
  return foldVietnamese([name, code, ownerName].filter((part) => part !== null).join(' '));
}
