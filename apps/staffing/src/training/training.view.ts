import {
  TRAINING_PLAN_STATES,
  type TrainingPlanEventState,
  type TrainingPlanState,
  type TrainingSession,
  type TrainingUnit,
} from '#libs/contracts';
import {
  AgencyView,
  DateField,
  EnumField,
  IntegerField,
  kinds,
  ListField,
  ObjectField,
  SourceBody,
  TextField,
  UuidField,
} from '#libs/http';
import { DocumentBody } from '../plans/document.body.js';
import { MAX_SESSIONS, MAX_UNITS, UnitAttendanceBody } from './training.requests.js';

export class TrainingUnitView implements TrainingUnit {
  @ObjectField(() => AgencyView, { description: 'Agency whose staff is trained' })
  unit: AgencyView;

  @IntegerField({ description: 'Persons that are to take part; null: not determined', nullable: true })
  planned: number | null;

  @IntegerField({
    description:
      'Most persons of it that were at one session: so many were trained at least; null: not reported',
    nullable: true,
  })
  attended: number | null;
}

export class TrainingSessionView implements TrainingSession {
  @UuidField({ description: 'Identifier' })
  id: string;

  @TextField({ description: 'What the session is', max: 300 })
  title: string;

  @DateField({ description: 'Day on which it is to be held', nullable: true })
  plannedOn: string | null;

  @DateField({ description: 'Day on which it was held; null: not yet', nullable: true })
  heldOn: string | null;

  @ListField(kinds.object(() => UnitAttendanceBody), { description: 'Who was there', max: MAX_UNITS })
  attendance: UnitAttendanceBody[];
}

/** A training plan as it is answered. */
export class TrainingPlanView implements TrainingPlanEventState {
  @UuidField({ description: 'Identifier' })
  id: string;

  @IntegerField({ description: 'Version, for If-Match', min: 1 })
  version: number;

  @TextField({ description: 'Title', max: 500 })
  title: string;

  @ObjectField(() => AgencyView, { description: 'Agency that carries it out' })
  owner: AgencyView;

  @TextField({ description: 'For whom it is; null: not determined', max: 1_000, nullable: true })
  audience: string | null;

  @ListField(kinds.text({ max: 200 }), { description: 'Subjects and skills; none: not determined', max: 50 })
  skills: string[];

  @DateField({ description: 'Last day by which it is to be finished; null: not determined', nullable: true })
  dueOn: string | null;

  @ObjectField(() => DocumentBody, {
    description: 'Document that issues it; null: not determined',
    nullable: true,
  })
  document: DocumentBody | null;

  @ObjectField(() => SourceBody, { description: 'Document that it was taken from', nullable: true })
  source: SourceBody | null;

  @EnumField(TRAINING_PLAN_STATES, { description: 'State' })
  state: TrainingPlanState;

  @ListField(kinds.object(() => TrainingUnitView), { description: 'None: not determined', max: MAX_UNITS })
  units: TrainingUnitView[];

  @ListField(kinds.object(() => TrainingSessionView), {
    description: 'None: not determined',
    max: MAX_SESSIONS,
  })
  sessions: TrainingSessionView[];

  @IntegerField({
    description: 'Sessions held of those planned, at most 99 before the report; null: nothing to count',
    min: 0,
    max: 100,
    nullable: true,
  })
  progressPercent: number | null;

  @DateField({ description: 'Day on which it began', nullable: true })
  startedOn: string | null;

  @DateField({ description: 'Day of the report that it is finished', nullable: true })
  finishedOn: string | null;

  @ObjectField(() => DocumentBody, { description: 'Report that it is finished', nullable: true })
  report: DocumentBody | null;

  @TextField({ description: 'Why it was cancelled', max: 4_000, nullable: true })
  cancelGround: string | null;
}
