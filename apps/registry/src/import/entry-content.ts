import type {
  AgencyRef,
  OpenAttribute,
  OpenAttributeName,
  RegistryDatabaseState,
  RegistryEntryState,
  SourceReference,
  SystemSecurity,
  TechnicalContact,
} from '#libs/contracts';
import type { EntryChanges } from '../catalogue/entry-state.js';
import { isStated } from '../export/open-text.js';
import type { StatedEntry } from './stated-entry.js';

/** What a row may say about a database beside what systems have, too. */
export type DatabaseDetails = Pick<RegistryDatabaseState, 'scope' | 'sharingScope' | 'targetQuarter'>;

export type Details<Kind extends string> = EntryChanges<Kind> & Partial<DatabaseDetails>;

/**
 * What a row says that can be changed as it is described; what it says nothing about is left out.
 *
 * @param before the entry that the row is about; null: a new one
 */
export function detailsOf<Kind extends string>(
  stated: StatedEntry<Kind>,
  before: RegistryEntryState<Kind> | null,
): Details<Kind> {
  const { name, kind, code, owner, operator, scope, sharingScope, targetQuarter, note, open } = stated;
  const [contact, source] = [contactOf(stated, before), sourceOf(stated, before)];
  return {
    ...(name !== null && { name }),
    ...(kind !== null && { kind }),
    ...(code !== undefined && { code }),
    ...(owner !== undefined && { owner: sameOr(before?.owner, owner) }),
    ...(operator !== undefined && { operator: sameOr(before?.operator, operator) }),
    ...(contact !== undefined && { technicalContact: contact }),
    ...(scope !== undefined && { scope }),
    ...(sharingScope !== undefined && { sharingScope }),
    ...(targetQuarter !== undefined && { targetQuarter }),
    ...(source !== undefined && { source }),
    ...(note !== null && { note }),
    openAttributes: openOf(stated, open, before),
  };
}

/** A name that is written differently, or a code that was not known then, is no news. */
function sameOr(known: AgencyRef | null | undefined, stated: AgencyRef | null): AgencyRef | null {
  if (stated === null || known == null) return stated;
  return known.name === stated.name || (known.code !== null && known.code === stated.code) ? known : stated;
}

function contactOf(
  { row, contact, phone, email }: StatedEntry,
  before: RegistryEntryState<string> | null,
): TechnicalContact | null | undefined {
  if (contact === null) return null;
  if (contact === undefined && phone === null && email === null) return undefined;
  const known = before?.technicalContact ?? null;
  const name = contact ?? known?.name;
  if (name === undefined) {
    row.fault('contact', 'required');
    return undefined;
  }
  const kept = known?.name === name ? known : null;
  return { name, phone: phone ?? kept?.phone ?? null, email: email ?? kept?.email ?? null };
}

function sourceOf(
  { row, source: { document, clause, asOf } }: StatedEntry,
  before: RegistryEntryState<string> | null,
): SourceReference | undefined {
  if (document === null && clause === null && asOf === null) return undefined;
  const known = before?.source ?? null;
  const named = document ?? known?.document;
  if (named === undefined) {
    row.fault('source', 'required');
    return undefined;
  }
  const kept = known?.document === named ? known : null;
  return { document: named, clause: clause ?? kept?.clause ?? null, asOf: asOf ?? kept?.asOf ?? null };
}

/** What was stated before, less what the row gives a value or speaks of anew. */
function openOf(
  stated: StatedEntry,
  open: ReadonlyMap<OpenAttributeName, OpenAttribute | null>,
  before: RegistryEntryState<string> | null,
): OpenAttribute[] {
  const valued = new Set(valuedBy(stated));
  const kept = (before?.openAttributes ?? []).filter(
    (one) => isStated(one) && !open.has(one.attribute) && !valued.has(one.attribute),
  );
  return [...kept, ...[...open.values()].filter((one) => one !== null)];
}

function valuedBy(stated: StatedEntry): OpenAttributeName[] {
  const values: Partial<Record<OpenAttributeName, unknown>> = {
    code: stated.code,
    owner: stated.owner,
    operator: stated.operator,
    technicalContact: stated.contact,
    lifecycle: determined(stated.lifecycle.to),
    use: determined(stated.use.to),
    scope: stated.scope,
    sharingScope: stated.sharingScope,
    targetQuarter: stated.targetQuarter,
    security: stated.security.level,
  };
  return (Object.keys(values) as OpenAttributeName[]).filter((name) => values[name] != null);
}

function determined(state: string | undefined): string | undefined {
  return state === 'not-determined' ? undefined : state;
}

/**
 * The security level that a row states; an approval holds for the level that it was given for.
 *
 * @returns undefined: the row says nothing new about it
 */
export function securityOf(
  { row, security: stated }: StatedEntry,
  before: SystemSecurity | null,
): SystemSecurity | undefined {
  const { document, on, approver, recheckDue } = stated;
  const isSilent = [document, on, approver, recheckDue].every((value) => value === null);
  if (stated.level === null && before !== null) row.fault('level', 'not-removable');
  if (stated.level == null && isSilent) return undefined;
  const level = stated.level ?? before?.level;
  if (level === undefined) {
    row.fault('level', 'required');
    return undefined;
  }
  const known = before?.level === level ? before : null;
  const approval = {
    document: document ?? known?.approval?.document,
    on: on ?? known?.approval?.on,
    approver: approver ?? known?.approval?.approver ?? null,
  };
  const due = recheckDue ?? known?.recheckDue ?? null;
  if (approval.document === undefined && approval.on === undefined && approval.approver === null)
    return { level, approval: null, recheckDue: due };
  if (approval.document === undefined) row.fault('approval', 'required');
  if (approval.on === undefined) row.fault('approvedOn', 'required');
  if (approval.document === undefined || approval.on === undefined) return undefined;
  const { document: approvedBy, on: approvedOn, approver: by } = approval;
  return { level, approval: { document: approvedBy, on: approvedOn, approver: by }, recheckDue: due };
}
