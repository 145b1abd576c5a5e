import type { RegistryEntryState } from '#libs/contracts';
import type { StatedEntry } from './stated-entry.js';

/** A row, and the entry that it is about; null: a new one. */
export interface Match<Kind extends string, State extends RegistryEntryState<Kind>> {
  stated: StatedEntry<Kind>;
  before: State | null;
}

/**
 * Finds the entries that rows are about: by code, else by name and owner, where an owner that is not determined on one
 * side stands in nobody's way. Rows with faults, and rows about an entry that an earlier row is about, are left out.
 */
export function matchEntries<Kind extends string, State extends RegistryEntryState<Kind>>(
  rows: readonly StatedEntry<Kind>[],
  entries: readonly State[],
): Match<Kind, State>[] {
  const byCode = new Map(entries.flatMap((entry) => (entry.code === null ? [] : [[entry.code, entry]])));
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const taken = new Map<string, number>();
  const matches: Match<Kind, State>[] = [];
  for (const stated of rows) {
    const { row, name, code } = stated;
    if (name === null) continue;
    const named = byName.get(name) ?? null;
    const coded = code == null ? null : (byCode.get(code) ?? null);
    if (!coded && named && isOfOther(stated, named)) {
      row.fault('owner', 'other-owner', { owner: named.owner?.name ?? '' });
      continue;
    }
    const before = coded ?? named;
    const other = taken.get(before?.id ?? name);
    if (other !== undefined) row.fault('name', 'row-twice', { other });
    else matches.push({ stated, before });
    taken.set(before?.id ?? name, row.row);
  }
  return matches.filter(({ stated }) => !stated.row.isFaulty);
}

function isOfOther({ owner }: StatedEntry, { owner: known }: RegistryEntryState<string>): boolean {
  return owner != null && known !== null && owner.code !== known.code;
}
