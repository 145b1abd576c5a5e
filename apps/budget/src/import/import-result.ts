import type { AgencyRef, BudgetItemKind, BudgetItemState } from '#libs/contracts';
import type { Texts } from '#libs/http';
import type { Remark } from './faults.js';
import type { ColumnTotal } from './tables/totals.js';
import type { Unit } from './tables/unit.js';

/** create: a new item; change: an item gets other figures or words; none: the list says the same already. */
export const IMPORT_ACTIONS = ['create', 'change', 'none'] as const;
export type ImportAction = (typeof IMPORT_ACTIONS)[number];

/** What an import does to a field; amounts as whole đồng, null = not determined. */
export interface FieldChange {
  field: string;
  before: string | null;
  after: string | null;
}

/** What an import does, or would do, with one row. */
export interface ImportedItem {
  sheet: string | null;
  row: number;
  action: ImportAction;
  /** Null: the item does not exist, since this is a dry run. */
  id: string | null;
  kind: BudgetItemKind;
  fiscalYear: number;
  number: number | null;
  name: string;
  owner: AgencyRef;
  overAllocated: boolean;
  changes: FieldChange[];
}

export interface ImportedTable {
  kind: BudgetItemKind;
  sheet: string | null;
  row: number;
  unit: Unit | null;
  rows: number;
  totals: ColumnTotal[];
  /** What a reader of the totals should know. */
  remarks: Texts[];
}

export interface ImportResult {
  dryRun: boolean;
  /** False only in a dry run: an import with faults is refused. */
  accepted: boolean;
  created: number;
  changed: number;
  unchanged: number;
  tables: ImportedTable[];
  items: ImportedItem[];
  faultCount: number;
  faults: Remark[];
  warnings: Remark[];
}

const COMPARED = [
  'number',
  'code',
  'name',
  'group',
  'totalCost',
  'requested',
  'allocated',
  'progressPhrase',
  'note',
] as const;

export function changesBetween(before: BudgetItemState, after: BudgetItemState): FieldChange[] {
  return [
    ...COMPARED.map((field) => ({ field, before: written(before[field]), after: written(after[field]) })),
    { field: 'owner', before: before.owner.name, after: after.owner.name },
    { field: 'years', before: termOf(before), after: termOf(after) },
    ...planChanges(before, after),
    { field: 'sourceDocument', before: sourceOf(before), after: sourceOf(after) },
  ].filter((change) => change.before !== change.after);
}

function planChanges(before: BudgetItemState, after: BudgetItemState): FieldChange[] {
  const years = new Set([...Object.keys(before.plannedByYear), ...Object.keys(after.plannedByYear)]);
  return [...years].sort().map((year) => ({
    field: `plannedByYear.${year}`,
    before: written(before.plannedByYear[year]),
    after: written(after.plannedByYear[year]),
  }));
}

function termOf({ years }: BudgetItemState): string | null {
  return years === null ? null : `${years.from} - ${years.to}`;
}

function sourceOf({ sourceDocument: source }: BudgetItemState): string | null {
  if (source === null) return null;
  return [source.document, source.clause, source.asOf].filter((part) => part !== null).join('; ');
}

function written(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
