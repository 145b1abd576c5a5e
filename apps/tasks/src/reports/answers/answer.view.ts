import { REPORT_STATES, type ReportForm, type ReportState } from '#libs/contracts';
import {
  AgencyView,
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
import { FormBody } from '../duties/duty.requests.js';
import { ReportContentBody } from './answer.requests.js';
import type { AnswerDetail, AnswerVersion } from './answers.queries.js';

export class AnswerVersionView implements AnswerVersion {
  @IntegerField({ description: '1: as first submitted', min: 1 })
  number: number;

  @InstantField({ description: 'When it was submitted here, or entered' })
  submittedAt: string;

  @DateField({ description: 'Day on which it came on paper; null: it was sent here', nullable: true })
  receivedOn: string | null;

  @TextField({ description: 'Why it was corrected; null for the first one', max: 1_000, nullable: true })
  reason: string | null;

  @ObjectField(() => ReportContentBody, { description: 'What was reported' })
  content: ReportContentBody;
}

/** The report of an agency in a period. */
export class AnswerDetailView implements AnswerDetail {
  @IntegerField({ description: 'Version, for If-Match', min: 1 })
  version: number;

  @UuidField({ description: 'The duty' })
  dutyId: string;

  @UuidField({ description: 'The period' })
  periodId: string;

  @ObjectField(() => AgencyView, { description: 'Who reports' })
  agency: AgencyView;

  @EnumField(REPORT_STATES, { description: 'How it stands now; computed when read' })
  state: ReportState;

  @InstantField({ description: 'First instant that is too late' })
  deadline: string;

  @ObjectField(() => FormBody, { description: 'What is asked' })
  form: ReportForm;

  @ObjectField(() => ReportContentBody, { description: 'Draft; shown to the agency itself', nullable: true })
  draft: ReportContentBody | null;

  @ListField(kinds.object(() => AnswerVersionView), {
    description: 'What was submitted and corrected, oldest first',
    max: 10_000,
  })
  versions: AnswerVersion[];
}
