import { DIRECTIVE_KINDS, type DirectiveKind, type Recurrence } from '#libs/contracts';
import {
  AgencyView,
  BooleanField,
  DateField,
  EnumField,
  Field,
  IntegerField,
  kinds,
  ListField,
  ObjectField,
  TextField,
} from '#libs/http';

const UNITS = ['week', 'month', 'quarter', 'year'] as const;
const MAX_TASKS = 1_000;
const MAX_AGENCIES = 100;
const MAX_TEXT = 2_000_000;

export class RecurrenceBody implements Recurrence {
  @EnumField(UNITS, { description: 'Unit of time' })
  unit: Recurrence['unit'];

  @IntegerField({ description: 'Units from one time to the next', min: 1, max: 999 })
  interval: number;

  @IntegerField({ description: 'Day of the month as written', min: 1, max: 31, nullable: true })
  day: number | null;

  @IntegerField({ description: 'Last day of the month that is in time', min: 0, max: 31, nullable: true })
  lastDay: number | null;
}

export class ExtractedDueBody {
  @DateField({ description: 'Date as written', nullable: true })
  date: string | null;

  @DateField({ description: 'Last day that is in time ("trước ngày": the day before)', nullable: true })
  lastDay: string | null;

  @TextField({ description: 'Words of the document', max: 500, nullable: true })
  phrase: string | null;

  // What null means is said by leaving it out, so that nothing nested is looked for.
  @Field(
    { ...kinds.object(() => RecurrenceBody), normalise: (value) => value ?? undefined },
    { description: 'A duty that comes again', optional: true, nullable: true },
  )
  recurrence?: RecurrenceBody | null;
}

export class IssuerView {
  @TextField({
    description: 'Code in the reference list; null when it is not in it',
    max: 64,
    nullable: true,
  })
  code: string | null;

  @TextField({ description: 'Name; null when the document does not say', max: 500, nullable: true })
  name: string | null;
}

export class ExtractedHeaderView {
  @TextField({
    description: 'Number and symbol; null when the document leaves it open',
    max: 100,
    nullable: true,
  })
  number: string | null;

  @TextField({ description: 'Symbol part of the number', max: 100, nullable: true })
  symbol: string | null;

  @EnumField(DIRECTIVE_KINDS, { description: 'Kind of document' })
  kind: DirectiveKind;

  @ObjectField(() => IssuerView, { description: 'Issuer' })
  issuer: IssuerView;

  @DateField({ description: 'Day of issue; null when the document leaves it open', nullable: true })
  date: string | null;

  @DateField({ description: 'Day of the meeting whose conclusions it gives', nullable: true })
  meetingOn: string | null;

  @TextField({ description: 'What it is about', min: 0, max: 1_000 })
  subject: string;
}

export class ExtractedTaskView {
  @TextField({ description: 'Words of the document', max: MAX_TEXT })
  text: string;

  @ListField(kinds.integer({ min: 0 }), {
    description: 'Place [start, end) of the words: UTF-16 offsets in the text that was read, in NFC',
    min: 2,
    max: 2,
    example: [120, 310],
  })
  span: [number, number];

  @TextField({
    description: 'Place among the numbered parts ("2.a, gạch đầu dòng 1")',
    max: 200,
    nullable: true,
  })
  clause: string | null;

  @ListField(kinds.object(() => AgencyView), {
    description:
      'One lead, or several co-leads; code null: not in the reference list. Persons appear by their office',
    max: MAX_AGENCIES,
  })
  leads: AgencyView[];

  @ListField(kinds.object(() => AgencyView), { description: 'Who is to be worked with', max: MAX_AGENCIES })
  collaborators: AgencyView[];

  @ObjectField(() => ExtractedDueBody, { description: 'All null when no time is set' })
  due: ExtractedDueBody;

  @BooleanField({ description: 'False: the document rules out an extension' })
  extendable: boolean;

  @Field(
    { ...kinds.integer({}), schema: { type: 'number', minimum: 0, maximum: 1 } },
    { description: 'How sure the task is, 0–1' },
  )
  confidence: number;

  @BooleanField({ description: 'True: so unsure that whoever checks the draft should look here first' })
  needsCheck: boolean;

  @TextField({ description: 'What it was read from and what is doubtful, in Vietnamese', max: 4_000 })
  reason: string;
}

export class ExtractedDirectiveView {
  @ObjectField(() => ExtractedHeaderView, { description: 'What the document says of itself' })
  header: ExtractedHeaderView;

  @ListField(kinds.object(() => ExtractedTaskView), {
    description: 'Tasks in the order of the document',
    max: MAX_TASKS,
  })
  tasks: ExtractedTaskView[];

  @TextField({
    description:
      'The text that spans refer to; only for .docx and .pdf (for text/plain it is the body in NFC)',
    max: MAX_TEXT,
    optional: true,
  })
  text?: string;
}
