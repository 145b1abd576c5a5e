import { TASK_STATES, type TaskState, TIMELINESS, type Timeliness } from '#libs/contracts';
import {
  BooleanField,
  CodeField,
  type CursorQuery,
  DateField,
  DEFAULT_LIMIT,
  kinds,
  ListField,
  MAX_LIMIT,
  ObjectField,
  QueryIntegerField,
  QueryListField,
  TextField,
  UuidField,
} from '#libs/http';
import { AGENCY_CODE } from '#libs/reference';
import type { StatedDue } from './task-due.js';

const MAX_AGENCIES = 100;
const agencyCode = kinds.code(AGENCY_CODE);

export class DueBody implements StatedDue {
  @TextField({
    description: 'Words of the directive; date, last day and recurrence are read from them',
    max: 500,
    optional: true,
    nullable: true,
    example: 'trước ngày 15/5/2026',
  })
  phrase?: string | null;

  @DateField({ description: 'Date as written', optional: true, nullable: true, example: '2026-05-15' })
  date?: string | null;

  @DateField({
    description: 'Last day that is in time; the date itself when left out ("trước ngày": the day before)',
    optional: true,
    nullable: true,
    example: '2026-05-14',
  })
  lastDay?: string | null;

  @BooleanField({ description: 'False: no further extension', optional: true, default: true })
  extendable?: boolean;
}

/** A task to assign. */
export class CreateTaskBody {
  @UuidField({ description: 'The directive that assigns it' })
  directiveId: string;

  @TextField({
    description: 'Place in the directive',
    max: 100,
    optional: true,
    nullable: true,
    example: '2.a',
  })
  clause: string | null = null;

  @TextField({ description: 'What is to be done', max: 500 })
  title: string;

  @TextField({ description: 'Details', max: 4_000, multiline: true, optional: true, nullable: true })
  description: string | null = null;

  @ListField(agencyCode, {
    description: 'Agency codes: one lead, or several co-leads; groups such as CSBN are possible',
    min: 1,
    max: MAX_AGENCIES,
    unique: true,
    example: ['SKHCN', 'STC'],
  })
  leads: string[];

  @ListField(agencyCode, {
    description: 'Agency codes of those who collaborate',
    max: MAX_AGENCIES,
    unique: true,
    optional: true,
    example: ['SNV'],
  })
  collaborators: string[] = [];

  @ObjectField(() => DueBody, { description: 'Left out when the directive sets no time', optional: true })
  due?: DueBody;
}

export class PartDueBody implements StatedDue {
  @TextField({
    description: 'In words; date, last day and recurrence are read from them',
    max: 500,
    optional: true,
    nullable: true,
    example: 'trước ngày 10/5/2026',
  })
  phrase?: string | null;

  @DateField({ description: 'Date as written', optional: true, nullable: true })
  date?: string | null;

  @DateField({
    description: 'Last day that is in time; the date itself when left out',
    optional: true,
    nullable: true,
  })
  lastDay?: string | null;
}

/** A part that a task is split into. */
export class PartBody {
  @TextField({ description: 'What is to be done; to forward the task whole, its own title', max: 500 })
  title: string;

  @TextField({ description: 'Details', max: 4_000, multiline: true, optional: true, nullable: true })
  description: string | null = null;

  @ListField(agencyCode, {
    description: 'Agency codes: one lead, or several co-leads',
    min: 1,
    max: MAX_AGENCIES,
    unique: true,
  })
  leads: string[];

  @ListField(agencyCode, {
    description: 'Agency codes of those who collaborate',
    max: MAX_AGENCIES,
    unique: true,
    optional: true,
  })
  collaborators: string[] = [];

  @ObjectField(() => PartDueBody, {
    description: 'Not later than that of the whole, and the same when left out',
    optional: true,
  })
  due?: PartDueBody;
}

export class SplitBody {
  @ListField(kinds.object(() => PartBody), {
    description: 'The parts; a single one forwards the task',
    min: 1,
    max: 100,
  })
  children: PartBody[];

  @TextField({ description: 'Remark', max: 4_000, multiline: true, optional: true, nullable: true })
  note: string | null = null;
}

const AS_OF = {
  description: 'As it was at the end of this day (Asia/Ho_Chi_Minh); not in the future. Left out: now',
  optional: true,
};

/** Which tasks, and as they stood on which day. */
export class TaskFilters {
  @CodeField(AGENCY_CODE, { description: 'Only tasks that this agency leads or co-leads', optional: true })
  lead?: string;

  @CodeField(AGENCY_CODE, { description: 'Only tasks that this agency collaborates on', optional: true })
  collaborator?: string;

  @TextField({ description: 'Only tasks of this directive: its id, or its number', max: 100, optional: true })
  directive?: string;

  @UuidField({ description: 'Only the parts of this task', optional: true })
  parent?: string;

  @QueryListField(kinds.oneOf(TASK_STATES), {
    description: 'Only these states',
    max: TASK_STATES.length,
    unique: true,
    optional: true,
  })
  state?: TaskState[];

  @QueryListField(kinds.oneOf(TIMELINESS), {
    description: 'Only tasks that stand like this on the day',
    max: TIMELINESS.length,
    unique: true,
    optional: true,
  })
  timeliness?: Timeliness[];

  @DateField({ description: 'Only tasks whose last day is this one or later', optional: true })
  dueFrom?: string;

  @DateField({ description: 'Only tasks whose last day is this one or earlier', optional: true })
  dueTo?: string;

  @TextField({
    description:
      'Words of title, details, agencies or number of the directive; diacritics and case make no difference',
    max: 200,
    optional: true,
  })
  q?: string;

  @DateField(AS_OF)
  asOf?: string;
}

export class ListTasksQuery extends TaskFilters implements CursorQuery {
  @QueryIntegerField({
    description: 'Greatest number of items in the answer',
    min: 1,
    max: MAX_LIMIT,
    optional: true,
    default: DEFAULT_LIMIT,
  })
  limit: number = DEFAULT_LIMIT;

  @TextField({
    description: 'nextCursor of the page before; left out for the first page',
    max: 2_000,
    optional: true,
  })
  cursor?: string;
}

export class ReadTaskQuery {
  @DateField(AS_OF)
  asOf?: string;
}
