import {
  ESCALATION_LEVELS,
  type EscalationLevel,
  type EscalationStep,
  REPORT_STATES,
  type ReportCounts,
  type ReportForm,
  type ReportState,
  type TakenStep,
} from '#libs/contracts';
import {
  AgencyView,
  BooleanField,
  DateField,
  EnumField,
  InstantField,
  IntegerField,
  kinds,
  ListField,
  ObjectField,
  TextField,
  UuidField,
} from '#libs/http';
import { EscalationStepBody, FormBody } from '../duties/duty.requests.js';
import {
  type AnswerLine,
  PERIOD_HAPPENINGS,
  type PeriodDetail,
  type PeriodItem,
  type PeriodTimelineLine,
  type ReportItem,
} from './period-state.js';

const LEVELS = ['agency', ...ESCALATION_LEVELS] as const;

export class ReportCountsView implements ReportCounts {
  @IntegerField({ description: 'Submitted in time', min: 0 })
  onTime: number;

  @IntegerField({ description: 'Submitted late', min: 0 })
  late: number;

  @IntegerField({ description: 'Due and not submitted', min: 0 })
  missing: number;

  @IntegerField({ description: 'Not due yet and not submitted', min: 0 })
  due: number;
}

/** A period itself, without what came in. */
export class PeriodFactsView {
  @UuidField({ description: 'Identifier' })
  id: string;

  @UuidField({ description: 'The duty' })
  dutyId: string;

  @TextField({ description: 'Title of the duty and name of the period', max: 1_000 })
  title: string;

  @IntegerField({ description: 'Counts from 1', min: 1 })
  number: number;

  @TextField({ description: 'Name of the period', max: 200 })
  label: string;

  @DateField({ description: 'First day' })
  opensOn: string;

  @DateField({ description: 'Date as written' })
  date: string;

  @DateField({ description: 'Last day that is in time' })
  lastDay: string;

  @InstantField({ description: 'First instant that is too late' })
  deadline: string;

  @BooleanField({
    description: 'Over before the duty was registered here: whether anybody reported is not known',
  })
  beforeStart: boolean;

  @InstantField({ description: 'Set when the duty ended first: nobody owes the report', nullable: true })
  withdrawnAt: string | null;
}

/** A period in a list. */
export class PeriodItemView extends PeriodFactsView implements PeriodItem {
  @IntegerField({ description: 'Version', min: 1 })
  version: number;

  @ObjectField(() => ReportCountsView, { description: 'Of the reports that the caller may see' })
  counts: ReportCountsView;
}

export class TakenStepView implements TakenStep {
  @EnumField(LEVELS, { description: 'Who was told' })
  level: TakenStep['level'];

  @InstantField({ description: 'When' })
  at: string;
}

export class AnswerLineView implements AnswerLine {
  @ObjectField(() => AgencyView, { description: 'Who reports' })
  agency: AgencyView;

  @EnumField(REPORT_STATES, { description: 'How it stands; computed when read' })
  state: ReportState;

  @InstantField({ description: 'First submission', nullable: true })
  submittedAt: string | null;

  @InstantField({ description: 'Newest correction', nullable: true })
  correctedAt: string | null;

  @IntegerField({ description: 'How often it was corrected', min: 0 })
  corrections: number;

  @ObjectField(() => TakenStepView, { description: 'Newest step for the missing report', nullable: true })
  step: TakenStepView | null;
}

export class PeriodTimelineLineView implements PeriodTimelineLine {
  @InstantField({ description: 'When' })
  at: string;

  @EnumField(PERIOD_HAPPENINGS, { description: 'What happened' })
  what: PeriodTimelineLine['what'];

  @ObjectField(() => AgencyView, { description: 'Whose report; null: the whole period', nullable: true })
  agency: AgencyView | null;

  @EnumField(LEVELS, { description: 'Who was told, or was to be', nullable: true })
  level: 'agency' | EscalationLevel | null;

  @InstantField({ description: 'When the step was due', nullable: true })
  dueAt: string | null;

  @TextField({ description: 'Why a report was corrected', max: 1_000, nullable: true })
  reason: string | null;

  @DateField({ description: 'Day on which a report came on paper', nullable: true })
  receivedOn: string | null;
}

/** A period read alone. */
export class PeriodDetailView extends PeriodItemView implements PeriodDetail {
  @ObjectField(() => FormBody, { description: 'What is asked' })
  form: ReportForm;

  @IntegerField({ description: 'Working days from the last day to the reminder', min: 1 })
  graceWorkingDays: number;

  @ListField(kinds.object(() => EscalationStepBody), {
    description: 'Who is told after the reminder',
    max: 4,
  })
  escalation: EscalationStep[];

  @ListField(kinds.object(() => AnswerLineView), {
    description: 'Agencies whose reports the caller may see',
    max: 500,
  })
  answers: AnswerLine[];

  @ListField(kinds.object(() => PeriodTimelineLineView), {
    description: 'Everything that happened, oldest first',
    max: 10_000,
  })
  timeline: PeriodTimelineLine[];
}

class DutyRefView {
  @UuidField({ description: 'Identifier' })
  id: string;

  @TextField({ description: 'What is reported on', max: 500 })
  title: string;
}

class PeriodRefView {
  @UuidField({ description: 'Identifier' })
  id: string;

  @IntegerField({ description: 'Counts from 1', min: 1 })
  number: number;

  @TextField({ description: 'Name of the period', max: 200 })
  label: string;

  @DateField({ description: 'Last day that is in time' })
  lastDay: string;

  @InstantField({ description: 'First instant that is too late' })
  deadline: string;
}

/** A report in the list over all duties. */
export class ReportItemView implements ReportItem {
  @ObjectField(() => DutyRefView, { description: 'The duty' })
  duty: DutyRefView;

  @ObjectField(() => PeriodRefView, { description: 'The period' })
  period: PeriodRefView;

  @ObjectField(() => AgencyView, { description: 'Who reports' })
  agency: AgencyView;

  @EnumField(REPORT_STATES, { description: 'How it stands; computed when read' })
  state: ReportState;

  @InstantField({ description: 'First submission', nullable: true })
  submittedAt: string | null;
}
