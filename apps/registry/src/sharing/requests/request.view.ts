import {
  SHARING_ESCALATIONS,
  SHARING_REQUEST_STANDINGS,
  SHARING_REQUEST_STATES,
  type SharingDecision,
  type SharingEscalation,
  type SharingLimits,
  type SharingRequestStanding,
  sharingRequestStanding,
  type SharingRequestState,
  type SharingRequestStatus,
} from '#libs/contracts';
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
import { SharingTermsView } from '../terms.view.js';
import { EndLimit, FieldsLimit, FrequencyLimit, MethodLimit } from './limit.requests.js';
import { ContactBody } from './request.requests.js';
import type { AgencyFigures, RequestFigures, SharingFigures } from './request-figures.js';

class LimitsView implements SharingLimits {
  @ObjectField(() => FieldsLimit, { description: 'Fewer fields', nullable: true })
  fields: FieldsLimit | null;

  @ObjectField(() => EndLimit, { description: 'An earlier end', nullable: true })
  validUntil: EndLimit | null;

  @ObjectField(() => FrequencyLimit, { description: 'Another frequency', nullable: true })
  frequency: FrequencyLimit | null;

  @ObjectField(() => MethodLimit, { description: 'Another way', nullable: true })
  method: MethodLimit | null;
}

class DecisionView implements SharingDecision {
  @TextField({ description: 'Why', max: 4_000, nullable: true })
  reason: string | null;

  @TextField({ description: 'Legal ground', max: 1_000, nullable: true })
  legalGround: string | null;

  @TextField({ description: 'Document', max: 500, nullable: true })
  document: string | null;

  @ObjectField(() => AgencyView, {
    description: 'Agency that decided; null: the data are shared by law',
    nullable: true,
  })
  decidedBy: AgencyView | null;

  @ObjectField(() => LimitsView, {
    description: 'Where less was granted than was asked; null: refused, or granted as it was asked',
    nullable: true,
  })
  limits: LimitsView | null;
}

export class RequestView extends SharingTermsView implements SharingRequestState {
  @ObjectField(() => AgencyView, { description: 'Agency that asks' })
  requester: AgencyView;

  @TextField({ description: 'Legal ground of the use', max: 1_000 })
  legalGround: string;

  @TextField({ description: 'How much, in words', max: 500, nullable: true })
  quantity: string | null;

  @UuidField({ description: 'Earlier request whose answer it objects to', nullable: true })
  objectsTo: string | null;

  @EnumField(SHARING_REQUEST_STATES, { description: 'State' })
  state: SharingRequestStatus;

  @EnumField(SHARING_REQUEST_STANDINGS, { description: 'How it stands today' })
  standing: SharingRequestStanding;

  @InstantField({ description: 'When it was submitted' })
  submittedAt: string;

  @DateField({ description: 'Last day for an answer' })
  dueOn: string;

  @InstantField({ description: 'When it was granted or refused', nullable: true })
  decidedAt: string | null;

  @DateField({ description: 'Day of that', nullable: true })
  decidedOn: string | null;

  @ObjectField(() => DecisionView, { description: 'Answer', nullable: true })
  decision: DecisionView | null;

  @EnumField(SHARING_ESCALATIONS, { description: 'Furthest level told of a late answer', nullable: true })
  escalatedTo: SharingEscalation | null;

  @UuidField({ description: 'Grant that it led to', nullable: true })
  grantId: string | null;
}

export class RequestDetailView extends RequestView {
  @ObjectField(() => ContactBody, { description: 'Whom to ask' })
  contact: ContactBody;
}

class RequestFiguresView implements RequestFigures {
  @IntegerField({ description: 'Wait for an answer, in time', min: 0 })
  open: number;

  @IntegerField({ description: 'Wait for an answer that is late', min: 0 })
  late: number;

  @IntegerField({ description: 'Answered in time', min: 0 })
  answeredInTime: number;

  @IntegerField({ description: 'Answered late', min: 0 })
  answeredLate: number;

  @IntegerField({ description: 'Granted without an answer, since the data must be shared', min: 0 })
  grantedByLaw: number;

  @IntegerField({ description: 'Granted, those included', min: 0 })
  granted: number;

  @IntegerField({ description: 'Granted within limits, less than was asked', min: 0 })
  grantedInPart: number;

  @IntegerField({ description: 'Refused', min: 0 })
  refused: number;

  @IntegerField({ description: 'Taken back', min: 0 })
  withdrawn: number;
}

class AgencyFiguresView extends RequestFiguresView implements AgencyFigures {
  @ObjectField(() => AgencyView, { description: 'Agency that is to answer' })
  provider: AgencyView;
}

export class SharingFiguresView implements SharingFigures {
  @ObjectField(() => RequestFiguresView, { description: 'All requests that the caller may see' })
  total: RequestFiguresView;

  @ListField(kinds.object(() => AgencyFiguresView), {
    description: 'By the agency that is to answer, by code',
    max: 10_000,
  })
  byProvider: AgencyFiguresView[];
}

/** A request as it is answered. */
export type RequestItem = SharingRequestState & { standing: SharingRequestStanding };

/** @param today day in Asia/Ho_Chi_Minh */
export function requestView(state: SharingRequestState, today: string): RequestItem {
  return { ...state, standing: sharingRequestStanding(state, today) };
}
