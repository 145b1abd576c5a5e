import type { AgencyRef } from './overview.js';
import { schemaParts, type SourceReference, stateEventSchemas } from './event-schema.js';

/** project: investment project (dự án); activity: recurrent activity (nhiệm vụ, kinh phí sự nghiệp). */
export const BUDGET_ITEM_KINDS = ['project', 'activity'] as const;
export type BudgetItemKind = (typeof BUDGET_ITEM_KINDS)[number];

/** Aggregate segment of the subject `ioc.budget.item.<id>`. */
export const BUDGET_ITEM = 'item';

export const BUDGET_ITEM_REGISTERED = 'vn.ioc.budget.item.registered.v1';
export const BUDGET_ITEM_CHANGED = 'vn.ioc.budget.item.changed.v1';

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
  /** Requested amount (nhu cầu kinh phí). */
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
}

/** JSON Schemas (draft 2020-12) of the data of the budget's events, by event type. */
export const budgetEventSchemas: Record<string, object> = stateEventSchemas<BudgetItemState>(
  {
    [BUDGET_ITEM_REGISTERED]: 'A project or activity was entered into the budget list.',
    [BUDGET_ITEM_CHANGED]: 'A project or activity was changed.',
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
  },
);
