import {
  SHARING_METHODS,
  SHARING_REQUEST_STATES,
  type SharingMethod,
  type SharingRequestStatus,
} from '#libs/contracts';
import {
  CodeField,
  CursorQuery,
  DateField,
  EnumField,
  kinds,
  ListField,
  ObjectField,
  QueryBooleanField,
  TextField,
  UuidField,
} from '#libs/http';
import { AGENCY_CODE } from '#libs/reference';
import { GrantLimitsBody } from './limit.requests.js';

/** Whom to ask about a request. */
export class ContactBody {
  @TextField({ description: 'Unit or person', max: 200 })
  name: string;

  @TextField({ description: 'E-mail', max: 200, optional: true, nullable: true })
  email?: string | null;

  @TextField({ description: 'Telephone', max: 50, optional: true, nullable: true })
  phone?: string | null;
}

export class SubmitRequestBody {
  @UuidField({ description: 'Dataset' })
  datasetId: string;

  @TextField({ description: 'What the data are needed for', max: 4_000, multiline: true })
  purpose: string;

  @TextField({ description: 'Legal ground of the use', max: 1_000, multiline: true })
  legalGround: string;

  @ListField(kinds.text({ max: 100 }), {
    description: 'Names of the fields that are needed; without them: all',
    min: 1,
    max: 500,
    unique: true,
    optional: true,
    nullable: true,
  })
  fields?: string[] | null;

  @TextField({ description: 'How much, in words', max: 500, optional: true, nullable: true })
  quantity?: string | null;

  @DateField({ description: 'First day of the use; not in the past' })
  validFrom: string;

  @DateField({ description: 'Last day of the use' })
  validUntil: string;

  @TextField({ description: 'How often, in words', max: 300, optional: true, nullable: true })
  frequency?: string | null;

  @EnumField(SHARING_METHODS, {
    description: 'query: asked for when needed; sync: kept in step; package: on storage media',
  })
  method: SharingMethod;

  @ObjectField(() => ContactBody, { description: 'Whom to ask' })
  contact: ContactBody;

  @UuidField({
    description: 'Earlier request of the same agency for the same dataset whose answer this one objects to',
    optional: true,
    nullable: true,
  })
  objectsTo?: string | null;
}

export class GrantRequestBody {
  @TextField({ description: 'Document of the decision', max: 500, optional: true, nullable: true })
  document?: string | null;

  @TextField({ description: 'Note', max: 4_000, multiline: true, optional: true, nullable: true })
  note?: string | null;

  @ObjectField(() => GrantLimitsBody, {
    description: 'Where less is granted than was asked, each with its reason; left out: as it was asked',
    optional: true,
    nullable: true,
  })
  limits?: GrantLimitsBody | null;
}

export class RefuseRequestBody {
  @TextField({ description: 'Reason of the refusal, in writing', max: 4_000, multiline: true })
  reason: string;

  @TextField({ description: 'Legal ground of the refusal', max: 1_000, multiline: true })
  legalGround: string;

  @TextField({ description: 'Document of the decision', max: 500, optional: true, nullable: true })
  document?: string | null;
}

export class WithdrawRequestBody {
  @TextField({ description: 'Why', max: 4_000, multiline: true, optional: true, nullable: true })
  reason?: string | null;
}

export class ListRequestsQuery extends CursorQuery {
  @UuidField({ description: 'Only requests for this dataset', optional: true })
  dataset?: string;

  @CodeField(AGENCY_CODE, { description: 'Only requests of this agency', optional: true })
  requester?: string;

  @CodeField(AGENCY_CODE, { description: 'Only requests to this agency', optional: true })
  provider?: string;

  @EnumField(SHARING_REQUEST_STATES, { description: 'Only requests in this state', optional: true })
  state?: SharingRequestStatus;

  @QueryBooleanField({ description: 'true: only those whose answer is late today', optional: true })
  late?: boolean;
}

export class FiguresQuery {
  @DateField({ description: 'Only requests submitted from this day on', optional: true })
  from?: string;

  @DateField({ description: 'Only requests submitted up to this day', optional: true })
  until?: string;
}
