import type { AgencyRef } from '#libs/contracts';
import { type Agencies } from '#libs/http';
import type { LifecycleMove } from './catalogue.js';
import type { ChangeEntryBody, CreateEntryBody, LifecycleBody } from './entry.requests.js';
import type { EntryChanges, EntryContent } from './entry-state.js';

/** What the body of a request states about a new entry; what it leaves out is not determined. */
export function contentOf<Kind extends string>(
  body: CreateEntryBody & { kind: Kind },
  agencies: Agencies,
): EntryContent<Kind> {
  return {
    name: body.name,
    kind: body.kind,
    owner: ownerOf(body.owner ?? null, agencies),
    lifecycle: body.lifecycle ?? 'not-determined',
    lifecycleOn: body.lifecycleOn ?? null,
    lifecycleDocument: body.lifecycleDocument ?? null,
    source: body.source ?? null,
    note: body.note ?? null,
  };
}

/** null stands for "not determined". */
function ownerOf(code: string | null, agencies: Agencies): AgencyRef | null {
  return code === null ? null : agencies.requireOwner(code, 'owner');
}

/** What the body of a request changes. */
export function changesOf<Kind extends string>(
  body: ChangeEntryBody & { kind?: Kind },
  agencies: Agencies,
): EntryChanges<Kind> {
  const { owner, ...stated } = body;
  return owner === undefined ? stated : { ...stated, owner: ownerOf(owner, agencies) };
}

export function moveOf(body: LifecycleBody): LifecycleMove {
  return { to: body.to, on: body.on, document: body.document ?? null, note: body.note ?? null };
}
