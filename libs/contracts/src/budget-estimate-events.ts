import { BUDGET_ITEM_KINDS, type BudgetItemKind } from './budget-item-kind.js';
import {
  fiscalYearSchema,
  MONEY_FORMS,
  MONEY_SOURCES,
  type MoneyForm,
  moneySchema,
  type MoneySource,
} from './budget-money.js';
import { type BudgetOrigin, originSchema } from './budget-exchange.js';
import { orNull, schemaParts, stateEventSchemas } from './event-schema.js';
import type { AgencyRef } from './overview.js';

/** Aggregate segments of the subjects `ioc.budget.round.<id>`, `ioc.budget.estimate.<id>`, `ioc.budget.year.<id>`. */
export const BUDGET_ROUND = 'round';
export const BUDGET_ESTIMATE = 'estimate';
export const BUDGET_YEAR = 'year';

export const BUDGET_ROUND_OPENED = 'vn.ioc.budget.round.opened.v1';
export const BUDGET_ROUND_CHANGED = 'vn.ioc.budget.round.changed.v1';
export const BUDGET_ROUND_CONSOLIDATED = 'vn.ioc.budget.round.consolidated.v1';
export const BUDGET_ROUND_APPRAISED = 'vn.ioc.budget.round.appraised.v1';
export const BUDGET_ROUND_APPROVED = 'vn.ioc.budget.round.approved.v1';
export const BUDGET_ROUND_ALLOCATED = 'vn.ioc.budget.round.allocated.v1';
export const BUDGET_ROUND_HANDED_BACK = 'vn.ioc.budget.round.handed-back.v1';
export const BUDGET_ROUND_CANCELLED = 'vn.ioc.budget.round.cancelled.v1';

export const BUDGET_ESTIMATE_DRAFTED = 'vn.ioc.budget.estimate.drafted.v1';
export const BUDGET_ESTIMATE_CHANGED = 'vn.ioc.budget.estimate.changed.v1';
export const BUDGET_ESTIMATE_SUBMITTED = 'vn.ioc.budget.estimate.submitted.v1';
export const BUDGET_ESTIMATE_RETURNED = 'vn.ioc.budget.estimate.returned.v1';
export const BUDGET_ESTIMATE_APPRAISED = 'vn.ioc.budget.estimate.appraised.v1';

export const BUDGET_YEAR_CLOSED = 'vn.ioc.budget.year.closed.v1';
export const BUDGET_YEAR_REOPENED = 'vn.ioc.budget.year.reopened.v1';

/** open: agencies draft and submit; each next state is the work of the next role. A cancelled round stays so. */
export const ROUND_STATES = [
  'open',
  'consolidated',
  'appraised',
  'approved',
  'allocated',
  'cancelled',
] as const;
export type RoundState = (typeof ROUND_STATES)[number];

export const ESTIMATE_STATES = ['draft', 'submitted', 'returned'] as const;
export type EstimateState = (typeof ESTIMATE_STATES)[number];

/** A call for estimates: one fiscal year, one deadline, one decision at its end. */
export interface BudgetRoundState {
  id: string;
  version: number;
  name: string;
  fiscalYear: number;
  /** Last day (yyyy-MM-dd) on which an estimate is in time. */
  deadline: string;
  /** Document that calls for the estimates. */
  document: string | null;
  state: RoundState;
  /** Decision of the Provincial People's Committee; null until then. */
  decision: { document: string; date: string } | null;
  /** Why it was cancelled, and the document that says so; null: it was not. */
  cancellation: { document: string; reason: string } | null;
  /** Sums over the round's lines, whole đồng. Requested counts submitted estimates. */
  requested: number;
  appraised: number;
  approved: number;
  allocated: number;
}

export const APPRAISAL_VERDICTS = ['accepted', 'reduced', 'refused'] as const;
export type AppraisalVerdict = (typeof APPRAISAL_VERDICTS)[number];

/** What Sở Tài chính says about a line. */
export interface LineAppraisal {
  verdict: AppraisalVerdict;
  /** Whole đồng; 0 when refused. */
  amount: number;
  /** Reason of a reduction or refusal. */
  reason: string | null;
  /** Legal ground of a refusal. */
  ground: string | null;
}

export interface EstimateLineState {
  id: string;
  /** Item of the list that the money is for; null: the line describes a new one. */
  itemId: string | null;
  kind: BudgetItemKind;
  name: string;
  source: MoneySource;
  year: number;
  form: MoneyForm;
  /** Whole đồng. */
  amount: number;
  explanation: string | null;
  /** What of another service it came from. */
  origin: BudgetOrigin | null;
  /** The origin asks for another amount by now; whole đồng. Null: it does not. */
  originAmount: number | null;
  appraisal: LineAppraisal | null;
}

/** What one agency or commune asks for in a round. */
export interface BudgetEstimateState {
  id: string;
  version: number;
  roundId: string;
  agency: AgencyRef;
  state: EstimateState;
  /** Day on which it was last submitted. */
  submittedOn: string | null;
  /** Submitted after the round's deadline. */
  late: boolean;
  returnReason: string | null;
  requested: number;
  lines: EstimateLineState[];
}

/** A fiscal year of the books. Nothing can be entered into a closed one. */
export interface BudgetYearState {
  id: string;
  version: number;
  year: number;
  state: 'open' | 'closed';
  /** Document of the last closing or reopening. */
  document: string | null;
}

const round: Record<keyof BudgetRoundState, object> = {
  id: schemaParts.id,
  version: schemaParts.version,
  name: schemaParts.text,
  fiscalYear: fiscalYearSchema,
  deadline: { type: 'string', format: 'date' },
  document: schemaParts.optionalText,
  state: { enum: ROUND_STATES },
  decision: {
    type: ['object', 'null'],
    required: ['document', 'date'],
    properties: { document: schemaParts.text, date: { type: 'string', format: 'date' } },
  },
  cancellation: {
    type: ['object', 'null'],
    required: ['document', 'reason'],
    properties: { document: schemaParts.text, reason: schemaParts.text },
  },
  requested: moneySchema,
  appraised: moneySchema,
  approved: moneySchema,
  allocated: moneySchema,
};

const line: Record<keyof EstimateLineState, object> = {
  id: { type: 'string', format: 'uuid' },
  itemId: { type: ['string', 'null'], format: 'uuid' },
  kind: { enum: BUDGET_ITEM_KINDS },
  name: schemaParts.text,
  source: { enum: MONEY_SOURCES },
  year: fiscalYearSchema,
  form: { enum: MONEY_FORMS },
  amount: moneySchema,
  explanation: schemaParts.optionalText,
  origin: originSchema,
  originAmount: schemaParts.optionalMoney,
  appraisal: orNull({
    type: 'object',
    required: ['verdict', 'amount', 'reason', 'ground'],
    properties: {
      verdict: { enum: APPRAISAL_VERDICTS },
      amount: moneySchema,
      reason: schemaParts.optionalText,
      ground: schemaParts.optionalText,
    },
  }),
};

const estimate: Record<keyof BudgetEstimateState, object> = {
  id: schemaParts.id,
  version: schemaParts.version,
  roundId: { type: 'string', format: 'uuid' },
  agency: schemaParts.agency,
  state: { enum: ESTIMATE_STATES },
  submittedOn: schemaParts.optionalDate,
  late: { type: 'boolean' },
  returnReason: schemaParts.optionalText,
  requested: moneySchema,
  lines: { type: 'array', items: { type: 'object', required: Object.keys(line), properties: line } },
};

/** JSON Schemas (draft 2020-12) of the events of rounds, estimates and years, by event type. */
export const budgetEstimateEventSchemas: Record<string, object> = {
  ...stateEventSchemas<BudgetRoundState>(
    {
      [BUDGET_ROUND_OPENED]: 'A round of estimates was opened.',
      [BUDGET_ROUND_CHANGED]: 'The name, deadline or document of an open round was changed.',
      [BUDGET_ROUND_CONSOLIDATED]: 'The standing body consolidated the estimates of a round.',
      [BUDGET_ROUND_APPRAISED]: 'Sở Tài chính appraised every line of a round.',
      [BUDGET_ROUND_APPROVED]: "The Provincial People's Committee approved a round.",
      [BUDGET_ROUND_ALLOCATED]: 'Money of an approved round was allocated.',
      [BUDGET_ROUND_HANDED_BACK]:
        'A consolidated round was handed back whole; its estimates are with their agencies again.',
      [BUDGET_ROUND_CANCELLED]: 'A round was cancelled before anything of it was approved.',
    },
    round,
  ),
  ...stateEventSchemas<BudgetEstimateState>(
    {
      [BUDGET_ESTIMATE_DRAFTED]: 'An agency began its estimate.',
      [BUDGET_ESTIMATE_CHANGED]: 'The lines of an estimate were changed.',
      [BUDGET_ESTIMATE_SUBMITTED]: 'An agency submitted its estimate.',
      [BUDGET_ESTIMATE_RETURNED]: 'The standing body returned an estimate with a reason.',
      [BUDGET_ESTIMATE_APPRAISED]: 'Sở Tài chính appraised a line of an estimate.',
    },
    estimate,
  ),
  ...stateEventSchemas<BudgetYearState>(
    {
      [BUDGET_YEAR_CLOSED]: 'A fiscal year was closed.',
      [BUDGET_YEAR_REOPENED]: 'A closed fiscal year was opened again.',
    },
    {
      id: schemaParts.id,
      version: schemaParts.version,
      year: fiscalYearSchema,
      state: { enum: ['open', 'closed'] },
      document: schemaParts.optionalText,
    },
  ),
};
