import { SHARING_METHODS, type SharingMethod } from '#libs/contracts';
import {
  AgencyView,
  DateField,
  EnumField,
  IntegerField,
  kinds,
  ListField,
  ObjectField,
  TextField,
  UuidField,
} from '#libs/http';
import { DatasetRefView } from './datasets/dataset.view.js';

/** What requests and grants have in common: which data, whose, what for, how and how long. */
export abstract class SharingTermsView {
  @UuidField({ description: 'Identifier' })
  id: string;

  @IntegerField({ description: 'Version, for If-Match', min: 1 })
  version: number;

  @ObjectField(() => DatasetRefView, { description: 'Dataset' })
  dataset: DatasetRefView;

  @TextField({ description: 'Vietnamese title of the dataset', max: 1_000 })
  title: string;

  @ObjectField(() => AgencyView, { description: 'Agency that shares' })
  provider: AgencyView;

  @TextField({ description: 'What the data are needed for', max: 4_000 })
  purpose: string;

  @ListField(kinds.text({ max: 100 }), { description: 'Fields; null: all', max: 500, nullable: true })
  fields: string[] | null;

  @TextField({ description: 'How often, in words', max: 300, nullable: true })
  frequency: string | null;

  @EnumField(SHARING_METHODS, { description: 'query, sync or package' })
  method: SharingMethod;

  @DateField({ description: 'First day of the use' })
  validFrom: string;

  @DateField({ description: 'Last day of the use' })
  validUntil: string;
}
