import {
  type EscalationStep,
  REPORT_RULE_KINDS,
  type ReportDutyState,
  type ReportForm,
  type ReportRule,
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
import { EscalationStepBody, FormBody } from './duty.requests.js';
import type { DutyDetail, DutyHistoryLine } from './duty-state.js';

/** When reports fall due: the fields of its kind. */
export class RuleView {
  @EnumField(REPORT_RULE_KINDS, { description: 'Kind of rule' })
  kind: ReportRule['kind'];

  @IntegerField({ description: 'weeks: weeks from one to the next', min: 1, optional: true })
  weeks?: number;

  @IntegerField({ description: 'weekly: 1 (Monday) to 7 (Sunday)', min: 1, max: 7, optional: true })
  weekday?: number;

  @IntegerField({ description: 'quarterly: month of the quarter', min: 1, max: 3, optional: true })
  month?: number;

  @IntegerField({
    description: 'monthly, quarterly: day as written; null: the last day of the month',
    optional: true,
    nullable: true,
  })
  day?: number | null;

  @DateField({ description: 'once: the date as written', optional: true })
  date?: string;

  @BooleanField({ description: 'True: the last day in time is the day before', optional: true })
  before?: boolean;

  @TextField({ description: 'Time of the last day, HH:mm; null: the whole day', max: 5, nullable: true })
  time: string | null;
}

export class DutyView implements Omit<ReportDutyState, 'rule'> {
  @UuidField({ description: 'Identifier' })
  id: string;

  @IntegerField({ description: 'Version, for If-Match', min: 1 })
  version: number;

  @TextField({ description: 'What is to be reported on', max: 500 })
  title: string;

  @UuidField({ description: 'Directive that orders it', nullable: true })
  directiveId: string | null;

  @TextField({ description: 'Place in the directive', max: 100, nullable: true })
  clause: string | null;

  @ObjectField(() => AgencyView, { description: 'Agency that set it', nullable: true })
  owner: AgencyView | null;

  @ListField(kinds.object(() => AgencyView), { description: 'Who reports', max: 200 })
  agencies: AgencyView[];

  @ListField(kinds.object(() => AgencyView), { description: 'Who receives the reports', max: 10 })
  recipients: AgencyView[];

  @ObjectField(() => RuleView, { description: 'When reports fall due' })
  rule: RuleView;

  @ObjectField(() => FormBody, { description: 'What is asked' })
  form: ReportForm;

  @IntegerField({ description: 'Working days from the last day to the reminder', min: 1 })
  graceWorkingDays: number;

  @ListField(kinds.object(() => EscalationStepBody), {
    description: 'Who is told after the reminder, in this order',
    max: 4,
  })
  escalation: EscalationStep[];

  @DateField({ description: 'Day on which it begins' })
  startsOn: string;

  @DateField({ description: 'No period has a last day after this one', nullable: true })
  endsOn: string | null;

  @EnumField(['active', 'ended'], { description: 'ended: no further period opens' })
  state: 'active' | 'ended';

  @DateField({ description: 'Periods whose last day is before this one are not judged' })
  countedFrom: string;

  @TextField({ description: 'What the document leaves open and was assumed', max: 1_000, nullable: true })
  assumptions: string | null;
}

export class DutyHistoryLineView implements DutyHistoryLine {
  @IntegerField({ description: 'Version after the change', min: 1 })
  version: number;

  @EnumField(['registration', 'change', 'end'], { description: 'What was done' })
  action: DutyHistoryLine['action'];

  @InstantField({ description: 'When' })
  at: string;

  @TextField({
    description: 'Code of the agency that did it; null: the service itself, or an actor of no agency',
    max: 64,
    nullable: true,
  })
  agency: string | null;

  @ListField(kinds.text({ max: 100 }), { description: 'Names of the fields that changed', max: 50 })
  changed: string[];

  @TextField({ description: 'Ground', max: 1_000, nullable: true })
  note: string | null;
}

/** A duty read alone. */
export class DutyDetailView extends DutyView implements Omit<DutyDetail, 'rule'> {
  @ListField(kinds.object(() => DutyHistoryLineView), {
    description: 'Everything that was done to it, oldest first',
    max: 10_000,
  })
  history: DutyHistoryLine[];
}
