import { schemaParts } from './event-schema.js';
import type { AgencyRef } from './overview.js';

/**
 * What of another service a budget line or item came from. The other service finds its own id in the state of
 * `vn.ioc.budget.item.*` events: the item's lines tell what was allocated for it.
 */
export interface BudgetOrigin {
  service: 'registry' | 'staffing';
  /** `database` of the registry, `support-plan` of staffing. */
  aggregate: string;
  id: string;
}

/**
 * Field `budgetSplit` of a registry database's state: who carries what of it. A State part above 0 becomes a draft
 * estimate line of the database's owner, null or 0 takes the line back while it is a draft. Whole đồng; null means not
 * determined.
 */
export interface BudgetSplit {
  statePart: number | null;
  enterprisePart: number | null;
  /** Fiscal year in which the money is needed; null: the current one. */
  year: number | null;
}

/**
 * What the budget reads of the state of a staffing support plan (`vn.ioc.staffing.support-plan.*`): a cost above 0
 * becomes a draft estimate line of the agency, and is taken back while it is a draft when the plan is cancelled.
 */
export interface SupportPlanCost {
  /** What the support is, as the line will be named. */
  title: string;
  /** Who asks for the money. */
  agency: AgencyRef;
  /** Whole đồng; null when not determined. */
  cost: number | null;
  /** Fiscal year; null: the current one. */
  year: number | null;
  /** `cancelled`: nothing is asked for any more. */
  state: string;
}

export const originSchema = {
  type: ['object', 'null'],
  required: ['service', 'aggregate', 'id'],
  properties: {
    service: { enum: ['registry', 'staffing'] },
    aggregate: schemaParts.text,
    id: schemaParts.text,
  },
} as const;
