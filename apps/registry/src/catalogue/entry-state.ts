import type { Lifecycle, RegistryEntryState } from '#libs/contracts';
import { foldVietnamese } from '#libs/http';
import type { EntryRow, LifecycleStep } from './entry.entity.js';

/** What somebody states about an entry. */
export type EntryContent<Kind extends string> = Omit<RegistryEntryState<Kind>, 'id' | 'version'>;

/** What a change may touch: the life cycle moves by its own steps only. */
export type EntryChanges<Kind extends string> = Partial<
  Omit<EntryContent<Kind>, 'lifecycle' | 'lifecycleOn' | 'lifecycleDocument'>
>;

export function toState<Kind extends string>(entry: EntryRow): RegistryEntryState<Kind> {
  return {
    id: entry.id,
    version: entry.version,
    name: entry.name,
    // The table's constraint lets in no kind but the aggregate's own.
    kind: entry.kind as Kind,
    owner: entry.ownerName === null ? null : { code: entry.ownerCode, name: entry.ownerName },
    lifecycle: entry.lifecycle,
    lifecycleOn: entry.lifecycleOn,
    lifecycleDocument: entry.lifecycleDocument,
    source:
      entry.sourceDocument === null
        ? null
        : { document: entry.sourceDocument, clause: entry.sourceClause, asOf: entry.sourceAsOf },
    note: entry.note,
  };
}

type Columns = Omit<EntryRow, 'id' | 'version' | 'createdAt' | 'updatedAt'>;

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

/** Columns that follow from what was stated, whether the entry is new or changed. */
export function toColumns(content: EntryContent<string>): Columns {
  const { owner, source } = content;
  return {
    name: content.name,
    kind: content.kind,
    ownerCode: owner?.code ?? null,
    ownerName: owner?.name ?? null,
    lifecycle: content.lifecycle,
    lifecycleOn: content.lifecycleOn,
    lifecycleDocument: content.lifecycleDocument,
    sourceDocument: source?.document ?? null,
    sourceClause: source?.clause ?? null,
    sourceAsOf: source?.asOf ?? null,
    note: content.note,
    searchText: foldVietnamese(`${content.name} ${owner?.name ?? ''}`),
  };
}
