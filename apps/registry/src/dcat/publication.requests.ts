import {
  AVAILABILITIES,
  type Availability,
  DATASET_CLASSES,
  DATA_THEMES,
  type DatasetClass,
  type DatabaseRef,
  type DataTheme,
  FILE_FORMATS,
  type FileFormat,
  PUBLICATION_LANGUAGES,
  type PublicationDistribution,
  type PublicationLanguage,
  type PublicationService,
  type RegistryPublicationState,
} from '#libs/contracts';
import {
  CodeField,
  DateField,
  EnumField,
  IntegerField,
  kinds,
  ListField,
  ObjectField,
  TextField,
  UrlField,
  UuidField,
} from '#libs/http';
import { DatabaseRefView } from '../lists/list.view.js';

const EMAIL = /^[^\s@<>"{}|\\^`]+@[^\s@<>"{}|\\^`]+$/;
const PHONE = /^[+0-9][0-9 ().-]{4,29}$/;

class LicenceBody {
  @TextField({ description: 'Name', max: 300 })
  name: string;

  @UrlField({ description: 'Its text', nullable: true })
  url: string | null;
}

class PeriodBody {
  @DateField({ description: 'First day that the data speak of' })
  from: string;

  @DateField({ description: 'Last day that the data speak of' })
  to: string;
}

class ContactBody {
  @TextField({ description: 'Unit or post; no person', max: 300 })
  name: string;

  @CodeField(EMAIL, { description: 'E-mail', max: 200, nullable: true })
  email: string | null;

  @CodeField(PHONE, { description: 'Telephone', max: 30, nullable: true })
  phone: string | null;
}

class DistributionBody implements PublicationDistribution {
  @TextField({ description: 'Title', max: 300 })
  title: string;

  @TextField({ description: 'What is in it', max: 2_000, multiline: true, nullable: true })
  description: string | null;

  @UrlField({ description: 'Where it is, or where it is told how to get it' })
  accessUrl: string;

  @UrlField({ description: 'The file itself', nullable: true })
  downloadUrl: string | null;

  @EnumField(FILE_FORMATS, { description: 'Format; null: not determined', nullable: true })
  format: FileFormat | null;

  @EnumField(AVAILABILITIES, { description: 'How long it is meant to be there', nullable: true })
  availability: Availability | null;
}

class ServiceBody implements PublicationService {
  @TextField({ description: 'Title', max: 300 })
  title: string;

  @UrlField({ description: 'Where it answers' })
  endpointUrl: string;

  @UrlField({ description: 'Its machine-readable description, such as an OpenAPI document' })
  descriptionUrl: string;

  @UrlField({ description: 'Standard it conforms to; null: not determined', nullable: true })
  standardUrl: string | null;
}

/** What can be changed; lists replace what was there. */
export class ChangePublicationBody {
  @EnumField(DATASET_CLASSES, {
    description: 'Class of the data as a whole; only `open` ones are described to everybody',
    optional: true,
  })
  access?: DatasetClass;

  @TextField({ description: 'English title', max: 500, optional: true, nullable: true })
  englishTitle?: string | null;

  @TextField({
    description: 'What the data are about; without it the scope of the database is told',
    max: 4_000,
    multiline: true,
    optional: true,
    nullable: true,
  })
  description?: string | null;

  @ListField(kinds.oneOf(DATA_THEMES), {
    description: 'Subjects, by the EU’s table data-theme',
    max: 13,
    unique: true,
    optional: true,
  })
  themes?: DataTheme[];

  @ListField(kinds.text({ max: 100 }), { description: 'Keywords', max: 30, unique: true, optional: true })
  keywords?: string[];

  @ListField(kinds.oneOf(PUBLICATION_LANGUAGES), {
    description: 'Languages of the data',
    max: 2,
    unique: true,
    optional: true,
  })
  languages?: PublicationLanguage[];

  @ObjectField(() => LicenceBody, { description: 'Terms of use', optional: true, nullable: true })
  licence?: LicenceBody | null;

  @UrlField({ description: 'Page about the data', optional: true, nullable: true })
  landingPage?: string | null;

  @ObjectField(() => PeriodBody, { description: 'Time that the data cover', optional: true, nullable: true })
  period?: PeriodBody | null;

  @ObjectField(() => ContactBody, {
    description: 'Who answers questions, published with the data; null: the owning agency',
    optional: true,
    nullable: true,
  })
  contact?: ContactBody | null;

  @ListField(kinds.object(() => DistributionBody), {
    description: 'Forms in which it can be had',
    max: 50,
    optional: true,
  })
  distributions?: DistributionBody[];

  @ListField(kinds.object(() => ServiceBody), {
    description: 'Services that answer questions',
    max: 20,
    optional: true,
  })
  services?: ServiceBody[];
}

export class StatePublicationBody extends ChangePublicationBody {
  @EnumField(DATASET_CLASSES, { description: 'Class of the data as a whole' })
  override access: DatasetClass;
}

export class PublicationView implements RegistryPublicationState {
  @UuidField({ description: 'Identifier' })
  id: string;

  @IntegerField({ description: 'Version, for If-Match', min: 1 })
  version: number;

  @ObjectField(() => DatabaseRefView, { description: 'The database' })
  database: DatabaseRef;

  @EnumField(DATASET_CLASSES, { description: 'Class of the data as a whole' })
  access: DatasetClass;

  @TextField({ description: 'English title', max: 500, nullable: true })
  englishTitle: string | null;

  @TextField({ description: 'What the data are about', max: 4_000, nullable: true })
  description: string | null;

  @ListField(kinds.oneOf(DATA_THEMES), { description: 'Subjects', max: 13 })
  themes: DataTheme[];

  @ListField(kinds.text({ max: 100 }), { description: 'Keywords', max: 30 })
  keywords: string[];

  @ListField(kinds.oneOf(PUBLICATION_LANGUAGES), { description: 'Languages of the data', max: 2 })
  languages: PublicationLanguage[];

  @ObjectField(() => LicenceBody, { description: 'Terms of use', nullable: true })
  licence: LicenceBody | null;

  @UrlField({ description: 'Page about the data', nullable: true })
  landingPage: string | null;

  @ObjectField(() => PeriodBody, { description: 'Time that the data cover', nullable: true })
  period: PeriodBody | null;

  @ObjectField(() => ContactBody, { description: 'Who answers questions', nullable: true })
  contact: ContactBody | null;

  @ListField(kinds.object(() => DistributionBody), { description: 'Forms in which it can be had', max: 50 })
  distributions: DistributionBody[];

  @ListField(kinds.object(() => ServiceBody), { description: 'Services that answer questions', max: 20 })
  services: ServiceBody[];
}
