import type { ReportForm } from '#libs/contracts';
import {
  AgencyView,
  BooleanField,
  DateField,
  Field,
  InstantField,
  IntegerField,
  kinds,
  ListField,
  ObjectField,
  TextField,
  UuidField,
} from '#libs/http';
import { DirectiveView } from '../../directives/directive.view.js';
import { figureKind } from '../answers/answer.requests.js';
import { FormBody } from '../duties/duty.requests.js';
import { AnswerLineView, PeriodFactsView, ReportCountsView } from '../periods/period.view.js';
import type { AgencyPoints, AgencyText, Consolidation, FigureSummary, TaskSummary } from './consolidation.js';

const MAX_REPORTERS = 500;

class AgencyTextView implements AgencyText {
  @ObjectField(() => AgencyView, { description: 'Who reported' })
  agency: AgencyView;

  @TextField({ description: 'What it wrote', max: 20_000, multiline: true })
  text: string;
}

class AgencyPointsView implements AgencyPoints {
  @ObjectField(() => AgencyView, { description: 'Who reported' })
  agency: AgencyView;

  @ListField(kinds.text({ max: 4_000, multiline: true }), { description: 'Point by point', max: 50 })
  points: string[];
}

class FigureOfAgencyView {
  @ObjectField(() => AgencyView, { description: 'Who reported' })
  agency: AgencyView;

  @Field(figureKind, { description: 'Value; null: it has none to give', nullable: true })
  value: number | null;

  @TextField({ description: 'Remark', max: 1_000, nullable: true })
  note: string | null;
}

class FigureSummaryView implements FigureSummary {
  @TextField({ description: 'Name within the duty', max: 40 })
  key: string;

  @TextField({ description: 'What is counted', max: 300 })
  name: string;

  @TextField({ description: 'Unit', max: 50, nullable: true })
  unit: string | null;

  @BooleanField({ description: 'Whether the figures may be added up' })
  summable: boolean;

  @Field(figureKind, {
    description: 'Sum; null when they may not be added, or nobody gave one',
    nullable: true,
  })
  total: number | null;

  @IntegerField({ description: 'How many agencies gave a value', min: 0 })
  given: number;

  @ListField(kinds.object(() => FigureOfAgencyView), {
    description: 'Those who reported',
    max: MAX_REPORTERS,
  })
  byAgency: FigureOfAgencyView[];
}

class PercentOfAgencyView {
  @ObjectField(() => AgencyView, { description: 'Who reported' })
  agency: AgencyView;

  @IntegerField({ description: 'Percent done', min: 0, max: 100 })
  percent: number;

  @TextField({ description: 'Remark', max: 1_000, nullable: true })
  note: string | null;
}

class TaskSummaryView implements TaskSummary {
  @UuidField({ description: 'The task' })
  taskId: string;

  @TextField({ description: 'What is to be done', max: 500 })
  title: string;

  @DateField({ description: 'Its last day', nullable: true })
  lastDay: string | null;

  @ListField(kinds.object(() => PercentOfAgencyView), {
    description: 'Percent by agency',
    max: MAX_REPORTERS,
  })
  byAgency: PercentOfAgencyView[];
}

class ConsolidatedDutyView {
  @UuidField({ description: 'Identifier' })
  id: string;

  @TextField({ description: 'What is reported on', max: 500 })
  title: string;

  @TextField({ description: 'Place in the directive', max: 100, nullable: true })
  clause: string | null;

  @ListField(kinds.object(() => AgencyView), { description: 'Who receives the reports', max: 10 })
  recipients: AgencyView[];
}

/** The reports of a period taken together. */
export class ConsolidationView implements Consolidation {
  @InstantField({ description: 'As of when' })
  asOf: string;

  @ObjectField(() => AgencyView, { description: 'Who sends it on' })
  preparedBy: AgencyView;

  @ObjectField(() => ConsolidatedDutyView, { description: 'The duty' })
  duty: ConsolidatedDutyView;

  @ObjectField(() => DirectiveView, { description: 'Directive that orders the reports', nullable: true })
  directive: DirectiveView | null;

  @ObjectField(() => PeriodFactsView, { description: 'The period' })
  period: PeriodFactsView;

  @ObjectField(() => FormBody, { description: 'What was asked' })
  form: ReportForm;

  @ObjectField(() => ReportCountsView, { description: 'How many reports stand how' })
  counts: ReportCountsView;

  @ListField(kinds.object(() => AnswerLineView), {
    description: 'Everybody who owed a report',
    max: MAX_REPORTERS,
  })
  agencies: AnswerLineView[];

  @ListField(kinds.object(() => AgencyTextView), { description: 'Results', max: MAX_REPORTERS })
  results: AgencyTextView[];

  @ListField(kinds.object(() => FigureSummaryView), { description: 'Figures with their sums', max: 50 })
  figures: FigureSummaryView[];

  @ListField(kinds.object(() => AgencyPointsView), {
    description: 'Obstacles by agency',
    max: MAX_REPORTERS,
  })
  obstacles: AgencyPointsView[];

  @ListField(kinds.object(() => AgencyPointsView), {
    description: 'Proposals by agency',
    max: MAX_REPORTERS,
  })
  proposals: AgencyPointsView[];

  @ListField(kinds.object(() => TaskSummaryView), { description: 'Percent done of each task', max: 10_000 })
  tasks: TaskSummaryView[];
}
