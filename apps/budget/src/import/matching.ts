import type { AgencyRef, BudgetItemKind } from '#libs/contracts';
import { foldVietnamese } from '#libs/http';
import { type Remark, remark } from './faults.js';
import type { ImportedRow } from './tables/read-item.js';

/** A row with the agency that it names. */
export interface OwnedRow {
  row: ImportedRow;
  owner: AgencyRef & { code: string };
}

/** What tells an item of the list from the others of its kind and year. */
export interface ListedItem {
  id: string;
  kind: BudgetItemKind;
  fiscalYear: number;
  number: number | null;
  code: string | null;
  name: string;
  ownerCode: string | null;
  ownerName: string;
}

export interface Match extends OwnedRow {
  /** The item that the row is about; null: a new one. */
  item: ListedItem | null;
}

/**
 * Finds out which item of the list each row is about, within its kind and fiscal year: by its code; else by name, agency and
 * number, or two of them, unless their codes tell them apart. A number that belongs to something else altogether is a fault: the row would overwrite it.
 */
export function matchRows(
  rows: readonly OwnedRow[],
  items: readonly ListedItem[],
): { matches: Match[]; faults: Remark[] } {
  const faults = doubles(rows);
  const found = new Map<OwnedRow, ListedItem>();
  const taken = new Set<ListedItem>();
  // The surest first, so that of two alike each finds its own.
  for (const rule of RULES) {
    const byKey = Map.groupBy(items, (item) => rule(tellingOf(item)));
    for (const row of rows) {
      const key = found.has(row) ? null : rule(tellingOfRow(row));
      const alike = key === null ? [] : (byKey.get(key) ?? []);
      const candidates = alike.filter((item) => !taken.has(item) && !areApart(item.code, row.row.code));
      const [item] = candidates;
      if (item === undefined) continue;
      if (candidates.length > 1) {
        faults.push(at(row, 'name', 'item-unclear', { count: candidates.length, year: row.row.fiscalYear }));
      }
      found.set(row, item);
      taken.add(item);
    }
  }
  faults.push(
    ...foreignNumbers(
      rows.filter((row) => !found.has(row)),
      items.filter((item) => !taken.has(item)),
    ),
  );
  return { matches: rows.map((row) => ({ ...row, item: found.get(row) ?? null })), faults };
}

/** What rows and items are told apart by; the list is the kind and fiscal year. */
interface Telling {
  list: string;
  code: string | null;
  name: string;
  owner: string | null;
  number: number | null;
}

/** The key that rows and items have in common by a rule; null: the rule says nothing about it. */
type Rule = (telling: Telling) => string | null;

const RULES: readonly Rule[] = [
  ({ list, code }) => (code === null ? null : JSON.stringify([list, code])),
  ({ list, name, owner, number }) => (number === null ? null : JSON.stringify([list, name, owner, number])),
  ({ list, name, owner }) => JSON.stringify([list, name, owner]),
  ({ list, name, number }) => (number === null ? null : JSON.stringify([list, name, number])),
  ({ list, owner, number }) => (number === null ? null : JSON.stringify([list, owner, number])),
];

function tellingOf({ kind, fiscalYear, code, name, ownerCode: owner, number }: ListedItem): Telling {
  return { list: `${kind} ${fiscalYear}`, code, name: foldVietnamese(name), owner, number };
}

function tellingOfRow({ row: { kind, fiscalYear, code = null, name, number }, owner }: OwnedRow): Telling {
  return { list: `${kind} ${fiscalYear}`, code, name: foldVietnamese(name), owner: owner.code, number };
}

/** Two codes stand for two things, however alike those are. */
function areApart(one: string | null | undefined, other: string | null | undefined): boolean {
  return one != null && other != null && one !== other;
}

/** Rows that would be new, under a number that something else has. */
function foreignNumbers(rows: readonly OwnedRow[], items: readonly ListedItem[]): Remark[] {
  const key = ({ list, number }: Telling) => `${list} ${String(number)}`;
  const byNumber = new Map(items.map((item) => [key(tellingOf(item)), item]));
  return rows.flatMap((row) => {
    const { number } = row.row;
    const other = number === null ? undefined : byNumber.get(key(tellingOfRow(row)));
    if (!other) return [];
    const { fiscalYear: year, name, ownerName: owner } = other;
    return [at(row, 'number', 'number-taken', { number: number ?? 0, year, name, owner })];
  });
}

/** Rows of the file that stand for the same thing. */
function doubles(rows: readonly OwnedRow[]): Remark[] {
  const faults: Remark[] = [];
  const numbers = new Map<string, OwnedRow>();
  const names = new Map<string, OwnedRow>();
  for (const one of rows) {
    const { kind, fiscalYear, number, name } = one.row;
    const list = `${kind} ${fiscalYear}`;
    const sameNumberAs = number === null ? undefined : remember(numbers, `${list} ${number}`, one);
    if (sameNumberAs) {
      faults.push(at(one, 'number', 'number-twice', { number: number ?? 0, other: placeIn(sameNumberAs) }));
    }
    const sameNameAs = remember(names, `${list} ${one.owner.code} ${foldVietnamese(name)}`, one);
    // With numbers or codes of their own two activities of an agency may have the same name.
    const hasOwn = sameNameAs && number !== null && sameNameAs.row.number !== null;
    if (sameNameAs && !sameNumberAs && !hasOwn && !areApart(one.row.code, sameNameAs.row.code)) {
      faults.push(at(one, 'name', 'name-twice', { other: placeIn(sameNameAs) }));
    }
  }
  return faults;
}

/** What was there under the key before. */
function remember(seen: Map<string, OwnedRow>, key: string, row: OwnedRow): OwnedRow | undefined {
  const before = seen.get(key);
  if (!before) seen.set(key, row);
  return before;
}

function placeIn({ row: { place } }: OwnedRow): string {
  return place.sheet === null ? String(place.row) : `${String(place.row)} (${place.sheet})`;
}

export function at(
  { row }: OwnedRow,
  field: 'name' | 'number' | 'owner' | null,
  code: Parameters<typeof remark>[1],
  parameters: Record<string, string | number>,
): Remark {
  const column = field === null ? null : (row.columns.get(field) ?? null);
  return remark({ ...row.place, column }, code, parameters);
}
