import type {
  BudgetItemState,
  BudgetLineState,
  BudgetOrigin,
  BudgetStage,
  SourceReference,
} from '#libs/contracts';
import type { WorkingCalendar } from '#libs/calendar';
import { foldVietnamese } from '#libs/http';
import { type PartnershipRecord, toPartnership } from '../partnerships/partnership-state.js';
import { phaseOf } from '../stages/stage-machine.js';
import { lastDayOf } from '../stages/stage-times.js';
import type { BudgetItem, BudgetItemPlan } from './item.entity.js';
import { isOverAllocated, supplementOf } from './item-money.js';

/** Fields that an item had from the first; a new item states all of them. */
type Listed =
  | 'kind'
  | 'number'
  | 'name'
  | 'owner'
  | 'group'
  | 'fiscalYear'
  | 'years'
  | 'totalCost'
  | 'plannedByYear'
  | 'requested'
  | 'allocated'
  | 'progressPhrase'
  | 'note'
  | 'sourceDocument';

/** What somebody states about an item; the rest of its state follows from it, or has operations of its own. */
export type ItemContent = Pick<BudgetItemState, Listed> &
  Partial<Pick<BudgetItemState, 'code' | 'legalRegime' | 'projectGroup' | 'origin'>>;

/** Columns that follow from what was stated. */
type StatedColumns = Omit<
  BudgetItem,
  'id' | 'version' | 'createdAt' | 'updatedAt' | 'status' | 'statusReason'
>;

/** An item with all that belongs to it, as one statement reads it. */
export interface ItemRecord {
  item: Record<string, unknown>;
  plans: Record<string, number> | null;
  lines: LineRecord[] | null;
  stage: { stage: BudgetStage; entered_on: string; document: string | null } | null;
  partnership: PartnershipRecord | null;
}

export type LineRecord = Omit<BudgetLineState, 'overGranted'>;

/**
 * Reads whole items in one statement, so that a version is never answered with another version's lines. Ends before its
 * WHERE, where `item` is the table.
 */
export const SELECT_ITEMS = `
  SELECT to_jsonb(item) - 'search_text' AS item,
    (SELECT jsonb_object_agg(plan.year, plan.amount) FROM budget_item_plan plan WHERE plan.item_id = item.id) AS plans,
    (SELECT jsonb_agg(to_jsonb(line) || to_jsonb(balance) ORDER BY line.year NULLS LAST, line.source, line.form)
       FROM budget_line line JOIN budget_balance balance ON balance.line_id = line.id
      WHERE line.item_id = item.id) AS lines,
    (SELECT to_jsonb(entered) FROM item_stage entered WHERE entered.item_id = item.id AND NOT entered.passed_over
      ORDER BY entered.position DESC LIMIT 1) AS stage,
    (SELECT to_jsonb(partnership) FROM partnership WHERE partnership.item_id = item.id) AS partnership
  FROM budget_item item`;

export function toState(record: ItemRecord, calendar: WorkingCalendar): BudgetItemState {
  const item = record.item as unknown as ItemColumns;
  return {
    id: item.id,
    version: item.version,
    kind: item.kind,
    number: item.number,
    name: item.name,
    owner: { code: item.owner_code, name: item.owner_name },
    group: item.group_name,
    fiscalYear: item.fiscal_year,
    years:
      item.year_from === null || item.year_to === null ? null : { from: item.year_from, to: item.year_to },
    totalCost: item.total_cost,
    plannedByYear: record.plans ?? {},
    requested: item.requested,
    allocated: item.allocated,
    supplement: item.supplement,
    overAllocated: isOverAllocated(item.requested, item.allocated),
    progressPhrase: item.progress_phrase,
    note: item.note,
    sourceDocument: sourceOf(item),
    code: item.code,
    legalRegime: item.legal_regime,
    projectGroup: item.project_group,
    status: item.status,
    statusReason: item.status_reason,
    stage: stageOf(record, item, calendar),
    lines: (record.lines ?? []).map(toLine),
    partnership: record.partnership && toPartnership(record.partnership),
    origin: originOf(item),
  };
}

/** Columns of an item by their names in the database. */
interface ItemColumns extends Pick<
  BudgetItemState,
  | 'id'
  | 'version'
  | 'kind'
  | 'number'
  | 'name'
  | 'requested'
  | 'allocated'
  | 'supplement'
  | 'note'
  | 'code'
  | 'status'
> {
  owner_code: string | null;
  owner_name: string;
  group_name: string | null;
  fiscal_year: number;
  year_from: number | null;
  year_to: number | null;
  total_cost: number | null;
  progress_phrase: string | null;
  source_document: string | null;
  source_clause: string | null;
  source_as_of: string | null;
  legal_regime: BudgetItemState['legalRegime'];
  project_group: BudgetItemState['projectGroup'];
  status_reason: string | null;
  origin_service: BudgetOrigin['service'] | null;
  origin_aggregate: string | null;
  origin_id: string | null;
}

function sourceOf(item: ItemColumns): SourceReference | null {
  if (item.source_document === null) return null;
  return { document: item.source_document, clause: item.source_clause, asOf: item.source_as_of };
}

function originOf(item: ItemColumns): BudgetOrigin | null {
  if (item.origin_service === null || item.origin_aggregate === null || item.origin_id === null) return null;
  return { service: item.origin_service, aggregate: item.origin_aggregate, id: item.origin_id };
}

function stageOf(
  { stage: entered }: ItemRecord,
  item: ItemColumns,
  calendar: WorkingCalendar,
): BudgetItemState['stage'] {
  if (entered === null) return null;
  const { stage, entered_on: since, document } = entered;
  const timed = { kind: item.kind, legalRegime: item.legal_regime, projectGroup: item.project_group };
  return {
    stage,
    phase: phaseOf(item.kind, stage),
    since,
    lastDay: lastDayOf(timed, stage, since, calendar),
    document,
  };
}

function toLine(line: LineRecord): BudgetLineState {
  return {
    id: line.id,
    source: line.source,
    year: line.year,
    form: line.form,
    planned: line.planned,
    requested: line.requested,
    appraised: line.appraised,
    approved: line.approved,
    allocated: line.allocated,
    disbursed: line.disbursed,
    settled: line.settled,
    overGranted: Math.max(line.allocated - line.approved, 0),
  };
}

/** Columns that follow from what was stated, whether the item is new or changed. */
export function toColumns(content: ItemContent): StatedColumns {
  const { owner, years, sourceDocument: source, code = null, origin = null } = content;
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
    code,
    legalRegime: content.legalRegime ?? null,
    projectGroup: content.projectGroup ?? null,
    originService: origin?.service ?? null,
    originAggregate: origin?.aggregate ?? null,
    originId: origin?.id ?? null,
    searchText: foldVietnamese([content.name, owner.name, content.group ?? '', code ?? ''].join(' ')),
  };
}

export function toPlans(itemId: string, plannedByYear: Record<string, number>): BudgetItemPlan[] {
  return Object.entries(plannedByYear).map(([year, amount]) => ({ itemId, year: Number(year), amount }));
}
