import { DATABASE_SCHEDULES, type DatabaseSchedule, type Lifecycle, LIFECYCLES } from '#libs/contracts';
import {
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
import { ReportCountsView, ReportLineView } from '../reports/report.requests.js';
import type { ConsolidatedRow, Consolidation } from './consolidation.js';

class ConsolidatedListView {
  @UuidField({ description: 'The list' })
  id: string;

  @TextField({ description: 'Title', max: 500 })
  title: string;

  @IntegerField({ description: 'Year', min: 2000, max: 2100 })
  year: number;

  @TextField({ description: 'Decision that approves it', max: 500, nullable: true })
  decision: string | null;
}

class TotalsView {
  @MoneyField({ description: 'Part of the partner enterprises, đồng' })
  enterprisePart: number;

  @MoneyField({ description: 'State-budget part, đồng' })
  statePart: number;

  @MoneyField({ description: 'Allocated from the State budget, đồng' })
  allocated: number;
}

class ConsolidatedRowView extends ReportLineView implements ConsolidatedRow {
  @ListField(kinds.text({ max: 300 }), { description: 'Partner enterprises', max: 100 })
  partners: string[];

  @EnumField(LIFECYCLES, { description: 'Life-cycle state' })
  lifecycle: Lifecycle;

  @TextField({ description: 'Quarter by whose end it is to be in operation', max: 7, nullable: true })
  targetQuarter: string | null;

  @EnumField(DATABASE_SCHEDULES, { description: 'How it stands against that quarter' })
  schedule: DatabaseSchedule;

  @MoneyField({ description: 'Part of the partner enterprises, đồng', nullable: true })
  enterprisePart: number | null;

  @MoneyField({ description: 'State-budget part, đồng', nullable: true })
  statePart: number | null;

  @MoneyField({ description: 'Allocated from the State budget, đồng' })
  allocated: number;
}

export class ConsolidationView implements Consolidation {
  @TextField({ description: 'Period', max: 20 })
  period: string;

  @TextField({ description: 'Its name', max: 100 })
  label: string;

  @DateField({ description: 'Last day that is in time' })
  lastDay: string;

  @ObjectField(() => ConsolidatedListView, { description: 'The list' })
  list: ConsolidatedListView;

  @DateField({ description: 'Day on which it was drawn up' })
  asOf: string;

  @ObjectField(() => ReportCountsView, { description: 'How the reports stand' })
  counts: ReportCountsView;

  @ObjectField(() => TotalsView, { description: 'Sums' })
  totals: TotalsView;

  @ListField(kinds.object(() => ConsolidatedRowView), { description: 'Databases', max: 10_000 })
  rows: ConsolidatedRowView[];
}
