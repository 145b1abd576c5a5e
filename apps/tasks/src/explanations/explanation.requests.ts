import { EXPLANATION_STANDINGS, type ExplanationStanding } from '#libs/contracts';
import {
  CodeField,
  CursorQuery,
  DateField,
  kinds,
  ObjectField,
  QueryListField,
  TextField,
  UrlField,
  UuidField,
} from '#libs/http';
import { AGENCY_CODE } from '#libs/reference';

const MAX_TEXT = 10_000;

export class RequestExplanationBody {
  @TextField({
    description: 'What is to be explained, and why it is asked',
    max: 4_000,
    multiline: true,
    example:
      'Nhiệm vụ quá hạn 12 ngày, chưa có báo cáo; giải trình nguyên nhân, trách nhiệm, thời gian hoàn thành.',
  })
  reason: string;

  @DateField({
    description: 'Last day for the answer, today at the earliest; left out: 3 working days',
    optional: true,
  })
  lastDay?: string;
}

export class ExplanationDocumentBody {
  @TextField({
    description: 'Number and symbol',
    max: 100,
    optional: true,
    nullable: true,
    example: '95/BC-STC',
  })
  number: string | null = null;

  @DateField({ description: 'Day of the document', optional: true, nullable: true })
  date: string | null = null;

  @UrlField({ description: 'Where it can be read', optional: true, nullable: true })
  link: string | null = null;
}

export class AnswerExplanationBody {
  @TextField({ description: 'The explanation', max: MAX_TEXT, multiline: true })
  text: string;

  @ObjectField(() => ExplanationDocumentBody, {
    description: 'Document that it was given in',
    optional: true,
  })
  document?: ExplanationDocumentBody;

  @CodeField(AGENCY_CODE, {
    description:
      'Agency that answers; left out: the caller’s own. Needed where those who keep a group’s progress answer for it',
    optional: true,
  })
  agency?: string;
}

export class WithdrawExplanationBody {
  @TextField({ description: 'Why it is no longer needed', max: 4_000, multiline: true })
  reason: string;
}

export class ListExplanationsQuery extends CursorQuery {
  @QueryListField(kinds.oneOf(EXPLANATION_STANDINGS), {
    description: 'How they stand today; late: open after the last day',
    max: EXPLANATION_STANDINGS.length,
    unique: true,
    optional: true,
  })
  standing?: ExplanationStanding[];

  @CodeField(AGENCY_CODE, { description: 'Only those that this agency was asked for', optional: true })
  agency?: string;

  @UuidField({ description: 'Only those about this task', optional: true })
  task?: string;
}
