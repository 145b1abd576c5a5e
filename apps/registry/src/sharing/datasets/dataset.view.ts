import { ApiProperty } from '@nestjs/swagger';
import {
  type BilingualText,
  DATASET_ACCESS,
  DATASET_CLASSES,
  type DatasetAccess,
  type DatasetClass,
  type DatasetField,
  type DatasetRef,
  SHARING_DATASET_STATES,
  type SharingDatasetState,
  type SharingDatasetStatus,
} from '#libs/contracts';
import {
  AgencyView,
  BooleanField,
  EnumField,
  IntegerField,
  kinds,
  ListField,
  ObjectField,
  TextField,
  UuidField,
} from '#libs/http';
import { DatabaseRefView } from '../../lists/list.view.js';

export class BilingualTextView implements BilingualText {
  @TextField({ description: 'Vietnamese', max: 1_000 })
  vi: string;

  @TextField({ description: 'English', max: 1_000 })
  en: string;
}

export class DatasetRefView implements DatasetRef {
  @UuidField({ description: 'Identifier' })
  id: string;

  @TextField({ description: 'Code', max: 100 })
  code: string;

  @ObjectField(() => BilingualTextView, { description: 'Title' })
  title: BilingualTextView;
}

class DatasetFieldView implements DatasetField {
  @TextField({ description: 'Name in the records', max: 100 })
  name: string;

  @TextField({ description: 'What it means', max: 1_000, nullable: true })
  meaning: string | null;

  @TextField({ description: 'JSON types', max: 100 })
  type: string;
}

/** A dataset as lists answer it. */
export class DatasetLineView implements Omit<SharingDatasetState, 'schema'> {
  @UuidField({ description: 'Identifier' })
  id: string;

  @IntegerField({ description: 'Version, for If-Match', min: 1 })
  version: number;

  @TextField({ description: 'Code', max: 100 })
  code: string;

  @TextField({ description: 'Service that publishes it; null: the agency itself', max: 20, nullable: true })
  service: string | null;

  @ObjectField(() => AgencyView, { description: 'Agency that shares it' })
  provider: AgencyView;

  @ObjectField(() => DatabaseRefView, { description: 'Database that the data are of', nullable: true })
  database: DatabaseRefView | null;

  @ObjectField(() => BilingualTextView, { description: 'Title' })
  title: BilingualTextView;

  @ObjectField(() => BilingualTextView, { description: 'What the data are' })
  meaning: BilingualTextView;

  @EnumField(DATASET_CLASSES, { description: 'shared, restricted or open' })
  classification: DatasetClass;

  @EnumField(DATASET_ACCESS, { description: 'mandatory or on request' })
  access: DatasetAccess;

  @BooleanField({ description: 'Master data' })
  master: boolean;

  @TextField({ description: 'Legal ground of the sharing', max: 1_000, nullable: true })
  legalGround: string | null;

  @TextField({ description: 'Stream that carries it', max: 64 })
  stream: string;

  @TextField({ description: 'Subject of its events', max: 200 })
  subject: string;

  @ListField(kinds.text({ max: 200 }), { description: 'Types of its events', max: 100 })
  eventTypes: string[];

  @ListField(kinds.object(() => DatasetFieldView), { description: 'Fields of a record', max: 500 })
  fields: DatasetFieldView[];

  @EnumField(SHARING_DATASET_STATES, { description: 'closed: no further requests' })
  state: SharingDatasetStatus;
}

export class DatasetView extends DatasetLineView implements SharingDatasetState {
  @ApiProperty({
    description: 'JSON Schema (draft 2020-12) of a record',
    type: 'object',
    additionalProperties: true,
  })
  schema: object;
}
