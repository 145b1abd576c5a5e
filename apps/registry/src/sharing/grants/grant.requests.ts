import {
  SHARING_DATASET_STATES,
  SHARING_GRANT_STANDINGS,
  type SharingDatasetStatus,
  type SharingGrantStanding,
} from '#libs/contracts';
import {
  CodeField,
  CursorQuery,
  DateField,
  EnumField,
  QueryBooleanField,
  TextField,
  UuidField,
} from '#libs/http';
import { AGENCY_CODE } from '#libs/reference';

class DocumentedBody {
  @TextField({ description: 'Document it rests on', max: 500, optional: true, nullable: true })
  document?: string | null;
}

export class RenewGrantBody extends DocumentedBody {
  @DateField({ description: 'New last day; later than the present one' })
  validUntil: string;
}

export class ResumeGrantBody extends DocumentedBody {
  @TextField({ description: 'Note', max: 4_000, multiline: true, optional: true, nullable: true })
  note?: string | null;
}

/** Suspension, or withdrawal for good. */
export class StopGrantBody extends DocumentedBody {
  @TextField({ description: 'Reason, in writing', max: 4_000, multiline: true })
  reason: string;

  @TextField({
    description: 'Legal ground; the agency that shares must give it, the one that receives need not',
    max: 1_000,
    multiline: true,
    optional: true,
    nullable: true,
  })
  legalGround?: string | null;
}

export class ListGrantsQuery extends CursorQuery {
  @UuidField({ description: 'Only grants of this dataset', optional: true })
  dataset?: string;

  @CodeField(AGENCY_CODE, { description: 'Only grants to this agency', optional: true })
  receiver?: string;

  @CodeField(AGENCY_CODE, { description: 'Only grants of this agency', optional: true })
  provider?: string;

  @EnumField(SHARING_GRANT_STANDINGS, {
    description: 'Only grants that stand like this today',
    optional: true,
  })
  standing?: SharingGrantStanding;

  @QueryBooleanField({
    description: "true: only those whose receiver's account is opened late today",
    optional: true,
  })
  openingLate?: boolean;

  @EnumField(SHARING_DATASET_STATES, {
    description: 'closed: only grants of datasets that take no further requests',
    optional: true,
  })
  datasetState?: SharingDatasetStatus;

  @DateField({ description: 'Only grants whose last day is not after this one', optional: true })
  endingUntil?: string;
}
