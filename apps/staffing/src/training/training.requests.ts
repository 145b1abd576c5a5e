import { TRAINING_PLAN_STATES, type TrainingPlanState } from '#libs/contracts';
import {
  CodeField,
  CursorQuery,
  DateField,
  EnumField,
  IntegerField,
  kinds,
  ListField,
  ObjectField,
  QueryBooleanField,
  SourceBody,
  TextField,
  UuidField,
} from '#libs/http';
import { AGENCY_CODE } from '#libs/reference';
import { DocumentBody } from '../plans/document.body.js';

/** With attendance of all units at all sessions, the event that tells of a plan stays below half a megabyte. */
export const MAX_UNITS = 200;
export const MAX_SESSIONS = 50;

export class TrainingUnitBody {
  @CodeField(AGENCY_CODE, {
    description: 'Agency code; a commune unit has its statistical code',
    example: '22333',
  })
  code: string;

  @IntegerField({
    description: 'Persons that are to take part; null: not determined',
    min: 0,
    max: 10_000,
    optional: true,
    nullable: true,
  })
  planned?: number | null;
}

export class TrainingSessionBody {
  @UuidField({
    description: 'Identifier of a session that the plan has; left out: a new one',
    optional: true,
  })
  id?: string;

  @TextField({ description: 'What the session is', max: 300, example: 'Lớp 1: an toàn thông tin' })
  title: string;

  @DateField({ description: 'Day on which it is to be held', optional: true, nullable: true })
  plannedOn?: string | null;
}

/** What can be changed in a training plan; a field that is left out stays as it is. */
export class ChangeTrainingPlanBody {
  @TextField({ description: 'Title', max: 500, optional: true })
  title?: string;

  @TextField({ description: 'For whom it is, in words', max: 1_000, optional: true, nullable: true })
  audience?: string | null;

  @ListField(kinds.text({ max: 200 }), { description: 'Subjects and skills', max: 50, optional: true })
  skills?: string[];

  @DateField({ description: 'Last day by which it is to be finished', optional: true, nullable: true })
  dueOn?: string | null;

  @ObjectField(() => DocumentBody, {
    description: 'Document that issues the plan',
    optional: true,
    nullable: true,
  })
  document?: DocumentBody | null;

  @ListField(kinds.object(() => TrainingUnitBody), {
    description: 'Agencies whose staff is trained; the given ones replace all',
    max: MAX_UNITS,
    optional: true,
  })
  units?: TrainingUnitBody[];

  @ListField(kinds.object(() => TrainingSessionBody), {
    description: 'Sessions in their order; the given ones replace all',
    max: MAX_SESSIONS,
    optional: true,
  })
  sessions?: TrainingSessionBody[];
}

export class RegisterTrainingPlanBody extends ChangeTrainingPlanBody {
  @TextField({ description: 'Title', max: 500 })
  override title: string;

  @CodeField(AGENCY_CODE, { description: 'Code of the agency that carries it out', example: 'SKHCN' })
  owner: string;

  @ObjectField(() => SourceBody, {
    description: 'Document that it was taken from',
    optional: true,
    nullable: true,
  })
  source?: SourceBody | null;
}

export class StartTrainingBody {
  @DateField({ description: 'Day on which it began, not in the future; left out: today', optional: true })
  startedOn?: string;
}

export class UnitAttendanceBody {
  @CodeField(AGENCY_CODE, { description: 'Code of a unit of the plan', example: '22333' })
  unit: string;

  @IntegerField({ description: 'Persons of it that were there', min: 0, max: 10_000 })
  participants: number;
}

export class AttendanceBody {
  @DateField({
    description: 'Day on which the session was held, not in the future; for the owner',
    optional: true,
  })
  heldOn?: string;

  @ListField(kinds.object(() => UnitAttendanceBody), {
    description: 'Who was there; a unit that was reported before is corrected',
    max: MAX_UNITS,
    optional: true,
  })
  attendance: UnitAttendanceBody[] = [];
}

export class FinishTrainingBody {
  @TextField({ description: 'Number of the report', max: 200, example: '45/BC-SKHCN' })
  number: string;

  @DateField({ description: 'Date of the report: not in the future, not before the plan began' })
  date: string;
}

export class ListTrainingPlansQuery extends CursorQuery {
  @EnumField(TRAINING_PLAN_STATES, { description: 'Only in this state', optional: true })
  state?: TrainingPlanState;

  @CodeField(AGENCY_CODE, { description: 'Only plans of this owner', optional: true })
  owner?: string;

  @CodeField(AGENCY_CODE, { description: 'Only plans that train staff of this agency', optional: true })
  unit?: string;

  @QueryBooleanField({
    description: 'Only plans that are not finished though their last day has passed (true), or all others',
    optional: true,
  })
  overdue?: boolean;

  @TextField({
    description: 'Part of title, audience, skills or owner; diacritics and case make no difference',
    max: 200,
    optional: true,
  })
  q?: string;
}
