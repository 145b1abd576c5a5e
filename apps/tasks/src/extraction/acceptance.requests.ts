import { DIRECTIVE_KINDS, type DirectiveKind } from '#libs/contracts';
import {
  AgencyView,
  BooleanField,
  DateField,
  EnumField,
  Field,
  kinds,
  ListField,
  ObjectField,
  TextField,
} from '#libs/http';
import { ExtractedDueBody, IssuerView } from './extraction.view.js';

const MAX_TASKS = 500;
const MAX_AGENCIES = 100;
const NOT_KEPT = 'Of the draft; may come back as it was, is not kept';

/** Header of a draft, edited or not. */
export class AcceptedHeaderBody {
  @TextField({ description: 'Number and symbol', max: 100, optional: true, nullable: true })
  number: string | null = null;

  @TextField({
    description: 'Symbol, for a directive without a number',
    max: 100,
    optional: true,
    nullable: true,
  })
  symbol: string | null = null;

  @EnumField(DIRECTIVE_KINDS, { description: 'Kind of document' })
  kind: DirectiveKind;

  @ObjectField(() => IssuerView, { description: 'Issuer; its code must be known now' })
  issuer: IssuerView;

  @DateField({ description: 'Day of issue', optional: true, nullable: true })
  date: string | null = null;

  @DateField({ description: 'Day of the meeting whose conclusions it gives', optional: true, nullable: true })
  meetingOn: string | null = null;

  @TextField({ description: 'What it is about', max: 1_000 })
  subject: string;
}

/** A task of a draft, edited or not. */
export class AcceptedTaskBody {
  @TextField({
    description: 'Title; the beginning of the text when left out',
    max: 500,
    optional: true,
    nullable: true,
  })
  title: string | null = null;

  @TextField({ description: 'What is to be done', max: 4_000, multiline: true })
  text: string;

  @TextField({ description: 'Place in the directive', max: 100, optional: true, nullable: true })
  clause: string | null = null;

  @ListField(kinds.object(() => AgencyView), {
    description: 'At least one with a code; those without are noted in the description of the task',
    min: 1,
    max: MAX_AGENCIES,
  })
  leads: AgencyView[];

  @ListField(kinds.object(() => AgencyView), {
    description: 'Who is to be worked with',
    max: MAX_AGENCIES,
    optional: true,
  })
  collaborators: AgencyView[] = [];

  @ObjectField(() => ExtractedDueBody, { description: 'Left out: no time', optional: true })
  due?: ExtractedDueBody;

  @BooleanField({ description: 'False: no further extension', optional: true, default: true })
  extendable = true;

  @ListField(kinds.integer({ min: 0 }), { description: NOT_KEPT, max: 2, optional: true })
  span?: number[];

  @Field(
    {
      schema: { type: 'number' },
      normalise: (value) => value,
      check: (value) => (typeof value === 'number' ? undefined : { code: 'not-number' }),
    },
    { description: NOT_KEPT, optional: true },
  )
  confidence?: number;

  @BooleanField({ description: NOT_KEPT, optional: true })
  needsCheck?: boolean;

  @TextField({ description: NOT_KEPT, max: 4_000, optional: true })
  reason?: string;
}

/** The draft that somebody checked. */
export class AcceptDraftBody {
  @ObjectField(() => AcceptedHeaderBody, { description: 'The directive' })
  header: AcceptedHeaderBody;

  @ListField(kinds.object(() => AcceptedTaskBody), {
    description: 'All of them are assigned, or none',
    min: 1,
    max: MAX_TASKS,
  })
  tasks: AcceptedTaskBody[];
}
