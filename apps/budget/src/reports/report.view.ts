import { BUDGET_STAGES, type BudgetStage } from '#libs/contracts';
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
import { MoneyChainView } from '../items/item.view.js';
import { type Breakdown, BREAKDOWNS } from './report-money.js';
import type {
  DisbursementReport,
  LateStep,
  MoneyReport,
  MoneyRow,
  OverCommitment,
} from './reports.service.js';

class GapsView {
  @MoneyField({ description: 'Requested and not allocated' })
  requestedNotAllocated: number;

  @MoneyField({ description: 'Approved and not allocated' })
  approvedNotAllocated: number;

  @MoneyField({ description: 'Allocated and not disbursed' })
  allocatedNotDisbursed: number;
}

class MoneyRowView extends MoneyChainView implements MoneyRow {
  @TextField({ description: 'What the row is about: agency code, source, year, stage …', max: 500 })
  key: string;

  @TextField({ description: 'Name of an agency', max: 500, nullable: true })
  label: string | null;

  @IntegerField({ description: 'Items that have money in it' })
  items: number;

  @ObjectField(() => GapsView, { description: 'What is missing from one step to the next' })
  gaps: GapsView;

  @IntegerField({ description: 'Disbursed of what was allocated, hundredths of a percent', nullable: true })
  disbursementRate: number | null;

  @IntegerField({ description: 'Disbursed of what was planned, hundredths of a percent', nullable: true })
  planRate: number | null;
}

class AgencyMoneyRowView extends MoneyRowView {
  @BooleanField({ description: 'Less of the money is disbursed than of the year has gone by' })
  behind: boolean;
}

export class MoneyReportView implements MoneyReport {
  @DateField({ description: 'Day as of which it is true' })
  asOf: string;

  @IntegerField({ description: 'Fiscal year; null: all', nullable: true })
  year: number | null;

  @EnumField(BREAKDOWNS, { description: 'What it is broken down by' })
  by: Breakdown;

  @ListField(kinds.object(() => MoneyRowView), { description: 'Rows', max: 1_000 })
  rows: MoneyRowView[];
}

export class DisbursementReportView implements DisbursementReport {
  @DateField({ description: 'Day as of which it is true' })
  asOf: string;

  @IntegerField({ description: 'Fiscal year' })
  year: number;

  @IntegerField({ description: 'Part of the year that has gone by, hundredths of a percent' })
  timeGone: number;

  @ListField(kinds.object(() => AgencyMoneyRowView), { description: 'By agency', max: 1_000 })
  rows: AgencyMoneyRowView[];
}

const OVER_COMMITMENTS = ['allocated-over-approved', 'allocated-over-requested', 'requested-over-cost'];

export class OverCommitmentView implements OverCommitment {
  @UuidField({ description: 'Item' })
  itemId: string;

  @TextField({ description: 'Name of the item', max: 1_000 })
  name: string;

  @ObjectField(() => AgencyView, { description: 'Owner of the item' })
  owner: AgencyView;

  @EnumField(OVER_COMMITMENTS, { description: 'What goes beyond what' })
  kind: OverCommitment['kind'];

  @TextField({ description: 'Source of the line; null: the item as a whole', max: 100, nullable: true })
  source: string | null;

  @IntegerField({ description: 'Fiscal year of the line; null: the item as a whole', nullable: true })
  year: number | null;

  @MoneyField({ description: 'What there is ground for' })
  ground: number;

  @MoneyField({ description: 'What is committed' })
  committed: number;

  @MoneyField({ description: 'The difference' })
  beyond: number;
}

export class LateStepView implements LateStep {
  @UuidField({ description: 'Item' })
  itemId: string;

  @TextField({ description: 'Name of the item', max: 1_000 })
  name: string;

  @ObjectField(() => AgencyView, { description: 'Owner of the item' })
  owner: AgencyView;

  @EnumField(BUDGET_STAGES, { description: 'Stage that takes too long' })
  stage: BudgetStage;

  @DateField({ description: 'Day on which the item came into it' })
  since: string;

  @DateField({ description: 'Last day by law' })
  lastDay: string;

  @IntegerField({ description: 'Working days after the last day', min: 1 })
  workingDaysLate: number;

  @TextField({ description: 'Document that brought it there', max: 500, nullable: true })
  document: string | null;
}
