import type { BudgetItemState, SourceReference } from '#libs/contracts';
import { foldVietnamese } from '#libs/http';
import type { ItemRow, PlanRow } from './item.entity.js';
import { isOverAllocated, supplementOf } from './item-money.js';

/** What somebody states about an item; the rest of its state follows from it. */
export type ItemContent = Omit<BudgetItemState, 'id' | 'version' | 'supplement' | 'overAllocated'>;

export function toState(item: ItemRow, plans: readonly PlanRow[]): BudgetItemState {
  return {
    id: item.id,
    version: item.version,
    kind: item.kind,
    number: item.number,
    name: item.name,
    owner: { code: item.ownerCode, name: item.ownerName },
    group: item.group,
    fiscalYear: item.fiscalYear,
    years: item.yearFrom === null || item.yearTo === null ? null : { from: item.yearFrom, to: item.yearTo },
    totalCost: item.totalCost,
    plannedByYear: Object.fromEntries(plans.map((plan) => [String(plan.year), plan.amount])),
    requested: item.requested,
    allocated: item.allocated,
    supplement: item.supplement,
    overAllocated: isOverAllocated(item.requested, item.allocated),
    progressPhrase: item.progressPhrase,
    note: item.note,
    sourceDocument: sourceOf(item),
  };
}

function sourceOf(item: ItemRow): SourceReference | null {
  if (item.sourceDocument === null) return null;
  return { document: item.sourceDocument, clause: item.sourceClause, asOf: item.sourceAsOf };
}

/** Columns that follow from what was stated, whether the item is new or changed. */
export function toColumns(content: ItemContent): Omit<ItemRow, 'id' | 'version' | 'createdAt' | 'updatedAt'> {
  const { owner, years, sourceDocument: source } = content;
  return {
    kind: content.kind,
    number: content.number,
    name: content.name,
    ownerCode: owner.code,
    ownerName: owner.name,
    group: content.group,
    fiscalYear: content.fiscalYear,
    yearFrom: years?.from ?? null,
    yearTo: years?.to ?? null,
    totalCost: content.totalCost,
    requested: content.requested,
    allocated: content.allocated,
    supplement: supplementOf(content.requested, content.allocated),
    progressPhrase: content.progressPhrase,
    note: content.note,
    sourceDocument: source?.document ?? null,
    sourceClause: source?.clause ?? null,
    sourceAsOf: source?.asOf ?? null,
    searchText: foldVietnamese([content.name, owner.name, content.group ?? ''].join(' ')),
  };
}

export function toPlans(itemId: string, plannedByYear: Record<string, number>): PlanRow[] {
  return Object.entries(plannedByYear).map(([year, amount]) => ({ itemId, year: Number(year), amount }));
}
