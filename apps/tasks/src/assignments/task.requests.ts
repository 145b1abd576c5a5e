import { TASK_STATES, type TaskState, TIMELINESS, type Timeliness } from '#libs/contracts';
import {
  BooleanField,
  CodeField,
  CursorQuery,
  DateField,
  kinds,
  ListField,
  ObjectField,
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

export class ListTasksQuery extends CursorQuery {
  @CodeField(AGENCY_CODE, { description: 'Only tasks that this agency leads or co-leads', optional: true })
  lead?: string;

  @CodeField(AGENCY_CODE, { description: 'Only tasks that this agency collaborates on', optional: true })
  collaborator?: string;

  @TextField({ description: 'Only tasks of this directive: its id, or its number', max: 100, optional: true })
  directive?: string;

  @QueryListField(kinds.oneOf(TASK_STATES), {
    description: 'Only these states',
    max: TASK_STATES.length,
    unique: true,
    optional: true,
  })
  state?: TaskState[];

  @QueryListField(kinds.oneOf(TIMELINESS), {
    description: 'Only tasks that stand like this today',
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
}
