import type { BudgetItemState, SourceReference } from '#libs/contracts';
import type { ItemContent } from '../items/item-state.js';
import type { OwnedRow } from './matching.js';

/** Document that a file was taken from, as the importer states it. */
export type ImportSource = SourceReference;

/**
 * What a row makes of an item: fields that the file has no column for stay as they are, or not determined in a new item.
 *
 * @param before the item as it is; null: a new one
 */
export function contentOf(
  { row, owner }: OwnedRow,
  before: BudgetItemState | null,
  source: ImportSource,
): ItemContent {
  const clause = [source.clause, row.clause].filter((part) => part !== null).join(', ');
  return {
    kind: row.kind,
    number: row.number ?? before?.number ?? null,
    name: row.name,
    // An agency by another of its names is the same agency.
    owner: before?.owner.code === owner.code ? before.owner : owner,
    group: kept(row.group, before?.group),
    fiscalYear: row.fiscalYear,
    years: kept(row.years, before?.years),
    totalCost: kept(row.totalCost, before?.totalCost),
    plannedByYear: planOf(row.planned, before?.plannedByYear ?? {}),
    requested: kept(row.requested, before?.requested),
    allocated: kept(row.allocated, before?.allocated),
    progressPhrase: kept(row.progressPhrase, before?.progressPhrase),
    note: kept(row.note, before?.note),
    sourceDocument: { ...source, clause },
    code: kept(row.code, before?.code),
  };
}

function kept<Value>(imported: Value | null | undefined, before: Value | null | undefined): Value | null {
  return imported === undefined ? (before ?? null) : imported;
}

/** Years without a column stay; a blank cell is "not determined". */
function planOf(
  planned: Readonly<Record<string, number | null>>,
  before: Readonly<Record<string, number>>,
): Record<string, number> {
  const years = { ...before, ...planned };
  return Object.fromEntries(
    Object.entries(years).flatMap(([year, amount]) => (amount === null ? [] : [[year, amount]])),
  );
}
