import type { SupportPlanCost } from './budget-exchange.js';
import { schemaParts, stateEventSchemas } from './event-schema.js';
import type { AgencyRef } from './overview.js';
import { optionalPlanDocument, type PlanDocument } from './staffing-training-events.js';

/** Aggregate segment of the subject `ioc.staffing.support-plan.<id>`. */
export const STAFFING_SUPPORT_PLAN = 'support-plan';

/** A support plan (kế hoạch hỗ trợ nhân lực) is proposed, approved, under way, ended; or cancelled before its end. */
export const SUPPORT_PLAN_STATES = ['proposed', 'approved', 'under-way', 'ended', 'cancelled'] as const;
export type SupportPlanState = (typeof SUPPORT_PLAN_STATES)[number];

/** Biệt phái, hỗ trợ từ xa, hợp đồng, tuyển dụng, đào tạo. */
export const SUPPORT_MODES = ['secondment', 'remote', 'contract', 'recruit', 'train'] as const;
export type SupportMode = (typeof SUPPORT_MODES)[number];

/** What a support plan is paid from. none: it costs nothing more. */
export const SUPPORT_COST_SOURCES = ['none', 'state-budget'] as const;
export type SupportCostSource = (typeof SUPPORT_COST_SOURCES)[number];

/** Public state of a plan to support a commune unit with IT staff; what it costs is read by the budget. */
export interface SupportPlanEventState extends SupportPlanCost {
  id: string;
  version: number;
  /** Commune unit that is supported. */
  unit: AgencyRef;
  /** Agency that supports it. */
  supporter: AgencyRef;
  skill: string;
  mode: SupportMode;
  /** First day, yyyy-MM-dd. */
  from: string;
  /** Last day; null: without an end, as staff that is recruited. */
  to: string | null;
  /** The assessed need that is the reason for it. */
  need: string;
  /** null: not determined. */
  costSource: SupportCostSource | null;
  /** Fiscal year of the first day. */
  year: number;
  state: SupportPlanState;
  proposedOn: string;
  /** Document that approves it; null: not approved. */
  approval: PlanDocument | null;
  startedOn: string | null;
  endedOn: string | null;
  /** What came of it. */
  result: string | null;
  /** Why it was cancelled. */
  cancelGround: string | null;
}

export const SUPPORT_PLAN_PROPOSED = 'vn.ioc.staffing.support-plan.proposed.v1';
export const SUPPORT_PLAN_CHANGED = 'vn.ioc.staffing.support-plan.changed.v1';
export const SUPPORT_PLAN_APPROVED = 'vn.ioc.staffing.support-plan.approved.v1';
export const SUPPORT_PLAN_STARTED = 'vn.ioc.staffing.support-plan.started.v1';
export const SUPPORT_PLAN_ENDED = 'vn.ioc.staffing.support-plan.ended.v1';
export const SUPPORT_PLAN_CANCELLED = 'vn.ioc.staffing.support-plan.cancelled.v1';

/** JSON Schemas (draft 2020-12) of the data of the events of support plans, by event type. */
export const supportPlanEventSchemas: Record<string, object> = stateEventSchemas<SupportPlanEventState>(
  {
    [SUPPORT_PLAN_PROPOSED]: 'Support of a commune unit was proposed.',
    [SUPPORT_PLAN_CHANGED]: 'A proposed support plan changed.',
    [SUPPORT_PLAN_APPROVED]: 'A support plan was approved.',
    [SUPPORT_PLAN_STARTED]: 'The support of a commune unit began.',
    [SUPPORT_PLAN_ENDED]: 'The support of a commune unit ended.',
    [SUPPORT_PLAN_CANCELLED]: 'A support plan was cancelled; it asks for no money any more.',
  },
  {
    id: schemaParts.id,
    version: schemaParts.version,
    title: schemaParts.text,
    unit: schemaParts.agency,
    supporter: schemaParts.agency,
    agency: schemaParts.agency,
    skill: schemaParts.text,
    mode: { enum: SUPPORT_MODES },
    from: { type: 'string', format: 'date' },
    to: schemaParts.optionalDate,
    need: schemaParts.text,
    cost: schemaParts.optionalMoney,
    costSource: { enum: [...SUPPORT_COST_SOURCES, null] },
    year: { type: 'integer', minimum: 2000, maximum: 2100 },
    state: { enum: SUPPORT_PLAN_STATES },
    proposedOn: { type: 'string', format: 'date' },
    approval: optionalPlanDocument,
    startedOn: schemaParts.optionalDate,
    endedOn: schemaParts.optionalDate,
    result: schemaParts.optionalText,
    cancelGround: schemaParts.optionalText,
  },
);
