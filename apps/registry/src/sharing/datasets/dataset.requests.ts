import {
  DATASET_ACCESS,
  DATASET_CLASSES,
  type DatasetAccess,
  type DatasetClass,
  SHARING_DATASET_STATES,
  type SharingDatasetStatus,
} from '#libs/contracts';
import {
  BooleanField,
  CodeField,
  CursorQuery,
  EnumField,
  kinds,
  ListField,
  ObjectField,
  TextField,
  UuidField,
} from '#libs/http';
import { AGENCY_CODE } from '#libs/reference';

/** Types of JSON Schema that a field of an agency's own dataset may have. */
export const FIELD_TYPES = ['string', 'integer', 'number', 'boolean', 'object', 'array'] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const FIELD_NAME = /^[A-Za-z][A-Za-z0-9_]*$/;

export class BilingualTextBody {
  @TextField({ description: 'Vietnamese', max: 1_000 })
  vi: string;

  @TextField({ description: 'English', max: 1_000 })
  en: string;
}

export class DatasetFieldBody {
  @CodeField(FIELD_NAME, { description: 'Name in the records', max: 64, example: 'giaDat' })
  name: string;

  @TextField({ description: 'What it means', max: 1_000, optional: true, nullable: true })
  meaning?: string | null;

  @EnumField(FIELD_TYPES, { description: 'JSON type' })
  type: FieldType;
}

class DatasetTermsBody {
  @EnumField(DATASET_CLASSES, {
    description: 'shared (dùng chung), restricted (dùng riêng), open (mở)',
    optional: true,
  })
  classification?: DatasetClass;

  @EnumField(DATASET_ACCESS, {
    description: 'mandatory: agencies that ask are granted at once; on-request: the provider decides',
    optional: true,
  })
  access?: DatasetAccess;

  @BooleanField({ description: 'Master data (dữ liệu chủ)', optional: true })
  master?: boolean;

  @TextField({ description: 'Legal ground of the sharing', max: 1_000, optional: true, nullable: true })
  legalGround?: string | null;

  @UuidField({
    description: 'Database of the registry that the data are of; of the same agency',
    optional: true,
    nullable: true,
  })
  databaseId?: string | null;
}

/** What can be changed in an agency's own dataset. */
export class ChangeDatasetBody extends DatasetTermsBody {
  @ObjectField(() => BilingualTextBody, { description: 'Title', optional: true })
  title?: BilingualTextBody;

  @ObjectField(() => BilingualTextBody, { description: 'What the data are', optional: true })
  meaning?: BilingualTextBody;

  @ListField(kinds.object(() => DatasetFieldBody), {
    description: 'All fields of a record from now on; one that a grant has stays, with its type',
    min: 1,
    max: 200,
    optional: true,
  })
  fields?: DatasetFieldBody[];

  @BooleanField({
    description:
      'Whether grants of all fields get the fields that are added. Needed for restricted data that somebody has whole',
    optional: true,
  })
  addedFieldsToGrantsOfAll?: boolean;
}

export class RegisterDatasetBody extends DatasetTermsBody {
  @CodeField(SLUG, { description: "Rest of the code, behind the agency's own", max: 40, example: 'gia-dat' })
  slug: string;

  @ObjectField(() => BilingualTextBody, { description: 'Title' })
  title: BilingualTextBody;

  @ObjectField(() => BilingualTextBody, { description: 'What the data are' })
  meaning: BilingualTextBody;

  @ListField(kinds.object(() => DatasetFieldBody), { description: 'Fields of a record', min: 1, max: 200 })
  fields: DatasetFieldBody[];
}

export class CloseDatasetBody {
  @TextField({ description: 'Why', max: 4_000, multiline: true })
  reason: string;
}

export class ListDatasetsQuery extends CursorQuery {
  @TextField({
    description: 'In code, title or meaning; case and marks make no difference',
    max: 200,
    optional: true,
  })
  q?: string;

  @CodeField(AGENCY_CODE, { description: 'Only datasets of this agency', optional: true })
  provider?: string;

  @EnumField(DATASET_CLASSES, { description: 'Only this classification', optional: true })
  classification?: DatasetClass;

  @EnumField(DATASET_ACCESS, { description: 'Only mandatory ones, or those on request', optional: true })
  access?: DatasetAccess;

  @UuidField({ description: 'Only data of this database of the registry', optional: true })
  database?: string;

  @EnumField(SHARING_DATASET_STATES, { description: 'Only open or closed ones', optional: true })
  state?: SharingDatasetStatus;
}
