import {
  APPRAISAL_VERDICTS,
  type AppraisalVerdict,
  BUDGET_ITEM_KINDS,
  type BudgetEstimateState,
  type BudgetItemKind,
  type BudgetRoundState,
  ESTIMATE_STATES,
  type EstimateLineState,
  type EstimateState,
  type LineAppraisal,
  MONEY_FORMS,
  MONEY_SOURCES,
  type MoneyForm,
  type MoneySource,
  ROUND_STATES,
  type RoundState,
} from '#libs/contracts';
import {
  AgencyView,
  BooleanField,
  DateField,
  EnumField,
  IntegerField,
  kinds,
  ListField,
  MoneyField,
  ObjectField,
  TextField,
  UuidField,
} from '#libs/http';
import { OriginView } from '../items/item.view.js';
import type { TableLine } from './estimates.queries.js';
import type { NextStep } from './next-steps.js';
import { ROUND_ACTIONS, type RoundAction } from './round-machine.js';

export class DecisionView {
  @TextField({ description: 'Number and symbol', max: 500 })
  document: string;

  @DateField({ description: 'Date' })
  date: string;
}

export class CancellationView {
  @TextField({ description: 'Document that says so', max: 500 })
  document: string;

  @TextField({ description: 'Reason', max: 4_000 })
  reason: string;
}

export class RoundView implements BudgetRoundState {
  @UuidField({ description: 'Identifier' })
  id: string;

  @IntegerField({ description: 'Version, for If-Match', min: 1 })
  version: number;

  @TextField({ description: 'Name', max: 500 })
  name: string;

  @IntegerField({ description: 'Fiscal year of the money' })
  fiscalYear: number;

  @DateField({ description: 'Last day on which an estimate is in time' })
  deadline: string;

  @TextField({ description: 'Document that calls for the estimates', max: 500, nullable: true })
  document: string | null;

  @EnumField(ROUND_STATES, { description: 'How far it is' })
  state: RoundState;

  @ObjectField(() => DecisionView, { description: 'Decision that approved it', nullable: true })
  decision: DecisionView | null;

  @ObjectField(() => CancellationView, { description: 'Why it was cancelled', nullable: true })
  cancellation: CancellationView | null;

  @MoneyField({ description: 'Requested by the estimates, once consolidated' })
  requested: number;

  @MoneyField({ description: 'Appraised, once Sở Tài chính has handed it on' })
  appraised: number;

  @MoneyField({ description: 'Approved' })
  approved: number;

  @MoneyField({ description: 'Allocated so far' })
  allocated: number;
}

export class LineAppraisalView implements LineAppraisal {
  @EnumField(APPRAISAL_VERDICTS, { description: 'What Sở Tài chính says' })
  verdict: AppraisalVerdict;

  @MoneyField({ description: 'Amount appraised' })
  amount: number;

  @TextField({ description: 'Reason', max: 4_000, nullable: true })
  reason: string | null;

  @TextField({ description: 'Legal ground', max: 500, nullable: true })
  ground: string | null;
}

export class EstimateLineView implements EstimateLineState {
  @UuidField({ description: 'Identifier' })
  id: string;

  @UuidField({ description: 'Item of the list; null: a new one', nullable: true })
  itemId: string | null;

  @EnumField(BUDGET_ITEM_KINDS, { description: 'Kind of the item' })
  kind: BudgetItemKind;

  @TextField({ description: 'Name of what the money is for', max: 1_000 })
  name: string;

  @EnumField(MONEY_SOURCES, { description: 'Part of the State budget that is asked' })
  source: MoneySource;

  @IntegerField({ description: 'Fiscal year' })
  year: number;

  @EnumField(MONEY_FORMS, { description: 'Cash, or in kind' })
  form: MoneyForm;

  @MoneyField({ description: 'Amount asked for' })
  amount: number;

  @TextField({ description: 'Why it is needed', max: 4_000, nullable: true })
  explanation: string | null;

  @ObjectField(() => OriginView, { description: 'What of another service it came from', nullable: true })
  origin: OriginView | null;

  @MoneyField({ description: 'What the origin asks for by now, where it is another amount', nullable: true })
  originAmount: number | null;

  @ObjectField(() => LineAppraisalView, { description: 'Appraisal', nullable: true })
  appraisal: LineAppraisalView | null;
}

export class TableLineView extends EstimateLineView implements TableLine {
  @ObjectField(() => AgencyView, { description: 'Who asks' })
  agency: { code: string; name: string };

  @UuidField({ description: 'Estimate; null: it waits for a round', nullable: true })
  estimateId: string | null;

  @MoneyField({ description: 'Allocated of it in its round' })
  allocated: number;
}

export class EstimateView implements BudgetEstimateState {
  @UuidField({ description: 'Identifier' })
  id: string;

  @IntegerField({ description: 'Version, for If-Match', min: 1 })
  version: number;

  @UuidField({ description: 'Round' })
  roundId: string;

  @ObjectField(() => AgencyView, { description: 'Who asks' })
  agency: AgencyView;

  @EnumField(ESTIMATE_STATES, { description: 'How far it is' })
  state: EstimateState;

  @DateField({ description: 'Day on which it was last submitted', nullable: true })
  submittedOn: string | null;

  @BooleanField({ description: "Submitted after the round's deadline" })
  late: boolean;

  @TextField({ description: 'Why it was returned', max: 4_000, nullable: true })
  returnReason: string | null;

  @MoneyField({ description: 'Sum of the lines' })
  requested: number;

  @ListField(kinds.object(() => EstimateLineView), { description: 'Lines', max: 500 })
  lines: EstimateLineView[];
}

export class NextStepView implements NextStep {
  @EnumField(ROUND_ACTIONS, { description: 'What the caller may do' })
  action: RoundAction;

  @UuidField({ description: "The caller's own estimate, where it is about that", nullable: true })
  estimateId: string | null;

  @IntegerField({ description: 'How many estimates or lines it is about', min: 1 })
  count: number;
}
