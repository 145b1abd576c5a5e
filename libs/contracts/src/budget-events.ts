import { type BudgetOrigin, originSchema } from './budget-exchange.js';
import { BUDGET_ITEM_KINDS, type BudgetItemKind } from './budget-item-kind.js';
import { type BudgetLineState, budgetLineSchema, type MoneyStep } from './budget-money.js';
import { partnershipSchema, type PartnershipState } from './budget-partnership.js';
import {
  ITEM_STATUSES,
  type ItemStageState,
  itemStageSchema,
  type ItemStatus,
  LEGAL_REGIMES,
  type LegalRegime,
  PROJECT_GROUPS,
  type ProjectGroup,
} from './budget-stages.js';
import { schemaParts, type SourceReference, stateEventSchemas } from './event-schema.js';
import type { AgencyRef } from './overview.js';

/** Aggregate segment of the subject `ioc.budget.item.<id>`. */
export const BUDGET_ITEM = 'item';

export const BUDGET_ITEM_REGISTERED = 'vn.ioc.budget.item.registered.v1';
export const BUDGET_ITEM_CHANGED = 'vn.ioc.budget.item.changed.v1';
export const BUDGET_ITEM_STAGE_CHANGED = 'vn.ioc.budget.item.stage-changed.v1';
export const BUDGET_ITEM_STATUS_CHANGED = 'vn.ioc.budget.item.status-changed.v1';
export const BUDGET_ITEM_FUNDING_PLANNED = 'vn.ioc.budget.item.funding-planned.v1';
export const BUDGET_ITEM_REQUESTED = 'vn.ioc.budget.item.requested.v1';
export const BUDGET_ITEM_APPRAISED = 'vn.ioc.budget.item.appraised.v1';
export const BUDGET_ITEM_APPROVED = 'vn.ioc.budget.item.approved.v1';
export const BUDGET_ITEM_ALLOCATED = 'vn.ioc.budget.item.allocated.v1';
export const BUDGET_ITEM_DISBURSED = 'vn.ioc.budget.item.disbursed.v1';
export const BUDGET_ITEM_SETTLED = 'vn.ioc.budget.item.settled.v1';
export const BUDGET_ITEM_ENTRY_REVERSED = 'vn.ioc.budget.item.entry-reversed.v1';
export const BUDGET_ITEM_PARTNERSHIP_CHANGED = 'vn.ioc.budget.item.partnership-changed.v1';

/** Event of an entry into the ledger, by its step of the chain. */
export const BUDGET_STEP_EVENTS: Readonly<Record<MoneyStep, string>> = {
  requested: BUDGET_ITEM_REQUESTED,
  appraised: BUDGET_ITEM_APPRAISED,
  approved: BUDGET_ITEM_APPROVED,
  allocated: BUDGET_ITEM_ALLOCATED,
  disbursed: BUDGET_ITEM_DISBURSED,
  settled: BUDGET_ITEM_SETTLED,
};

/** Public state of a budget item. Money is whole đồng; null means not determined, which differs from 0. */
export interface BudgetItemState {
  id: string;
  version: number;
  kind: BudgetItemKind;
  /** Row number in the list that the item comes from. */
  number: number | null;
  name: string;
  /** Investor of a project (chủ đầu tư), lead agency of an activity (cơ quan chủ trì). */
  owner: AgencyRef;
  /** Heading the list puts the item under, for example the priority group. */
  group: string | null;
  /** Fiscal year of the list; totals of a year count the items of that fiscal year. */
  fiscalYear: number;
  /** First and last year of a project's term, both included. */
  years: { from: number; to: number } | null;
  /** Total cost of a project (tổng kinh phí). */
  totalCost: number | null;
  /** Planned amount by year, for example `{"2023": 8000000000}`; a year that is not in it is not determined. */
  plannedByYear: Record<string, number>;
  /** Requested amount (nhu cầu kinh phí): as reported, or what the ledger of its State-budget lines adds up to. */
  requested: number | null;
  /** Amount granted so far (kinh phí đã cấp). */
  allocated: number | null;
  /** Supplement to consider (xem xét cấp bổ sung): requested − allocated, never below 0. */
  supplement: number | null;
  /** More was allocated than requested; kept as reported. */
  overAllocated: boolean;
  /** Progress in the words of the report. */
  progressPhrase: string | null;
  /** For example the source of money that the report names. */
  note: string | null;
  sourceDocument: SourceReference | null;
  /** Official code of the project or activity; null: not determined. */
  code: string | null;
  legalRegime: LegalRegime | null;
  projectGroup: ProjectGroup | null;
  status: ItemStatus;
  /** Why it is suspended or cancelled. */
  statusReason: string | null;
  /** Null: not determined; the progress phrase may tell. */
  stage: ItemStageState | null;
  /** Money by source and year; empty while only the figures above are known, as reported. */
  lines: BudgetLineState[];
  partnership: PartnershipState | null;
  origin: BudgetOrigin | null;
}

/** JSON Schemas (draft 2020-12) of the data of the events of budget items, by event type. */
export const budgetEventSchemas: Record<string, object> = stateEventSchemas<BudgetItemState>(
  {
    [BUDGET_ITEM_REGISTERED]: 'A project or activity was entered into the budget list.',
    [BUDGET_ITEM_CHANGED]: 'A project or activity was changed.',
    [BUDGET_ITEM_STAGE_CHANGED]: 'A project or activity passed to another stage.',
    [BUDGET_ITEM_STATUS_CHANGED]: 'A project or activity was suspended, resumed, cancelled or completed.',
    [BUDGET_ITEM_FUNDING_PLANNED]: 'The sources and years of the money of a project or activity were set.',
    [BUDGET_ITEM_REQUESTED]: 'Money was requested.',
    [BUDGET_ITEM_APPRAISED]: 'Requested money was appraised.',
    [BUDGET_ITEM_APPROVED]: 'Money was approved.',
    [BUDGET_ITEM_ALLOCATED]: 'Money was allocated.',
    [BUDGET_ITEM_DISBURSED]: 'Allocated money was disbursed.',
    [BUDGET_ITEM_SETTLED]: 'Disbursed money was settled.',
    [BUDGET_ITEM_ENTRY_REVERSED]: 'An entry of the ledger was reversed.',
    [BUDGET_ITEM_PARTNERSHIP_CHANGED]:
      'The public-private partnership of an item was set, changed or taken off.',
  },
  {
    id: schemaParts.id,
    version: schemaParts.version,
    kind: { enum: BUDGET_ITEM_KINDS },
    number: { type: ['integer', 'null'], minimum: 1 },
    name: schemaParts.text,
    owner: schemaParts.agency,
    group: schemaParts.optionalText,
    fiscalYear: { type: 'integer', minimum: 2000, maximum: 2100 },
    years: {
      type: ['object', 'null'],
      required: ['from', 'to'],
      properties: { from: { type: 'integer' }, to: { type: 'integer' } },
    },
    totalCost: schemaParts.optionalMoney,
    plannedByYear: {
      type: 'object',
      propertyNames: { pattern: '^[0-9]{4}$' },
      additionalProperties: { type: 'integer', minimum: 0 },
    },
    requested: schemaParts.optionalMoney,
    allocated: schemaParts.optionalMoney,
    supplement: schemaParts.optionalMoney,
    overAllocated: { type: 'boolean' },
    progressPhrase: schemaParts.optionalText,
    note: schemaParts.optionalText,
    sourceDocument: schemaParts.source,
    code: schemaParts.optionalText,
    legalRegime: { enum: [...LEGAL_REGIMES, null] },
    projectGroup: { enum: [...PROJECT_GROUPS, null] },
    status: { enum: ITEM_STATUSES },
    statusReason: schemaParts.optionalText,
    stage: itemStageSchema,
    lines: { type: 'array', items: budgetLineSchema },
    partnership: partnershipSchema,
    origin: originSchema,
  },
);
