import {
  type Lifecycle,
  LIFECYCLES,
  OPEN_STATUSES,
  type OpenAttributeName,
  type OpenStatus,
  DATABASE_ATTRIBUTES,
  SYSTEM_ATTRIBUTES,
  USE_STATES,
  type UseState,
} from '#libs/contracts';
import {
  CodeField,
  CursorQuery,
  DateField,
  EnumField,
  kinds,
  ListField,
  ObjectField,
  SourceBody,
  TextField,
} from '#libs/http';
import { AGENCY_CODE } from '#libs/reference';

/** Codes of databases and systems: of the province's own making, so that only their form is given. */
export const ENTRY_CODE = /^[A-Z0-9][A-Z0-9._-]{0,34}$/;
const ATTRIBUTES = [...new Set<string>([...DATABASE_ATTRIBUTES, ...SYSTEM_ATTRIBUTES])];

/** Who operates something: an agency of the reference list, or anybody else by name, such as an enterprise. */
export class OperatorBody {
  @CodeField(AGENCY_CODE, { description: 'Agency code', optional: true, nullable: true })
  code?: string | null;

  @TextField({ description: 'Name, where the reference list has no code', max: 300, optional: true })
  name?: string;
}

export class TechnicalContactBody {
  @TextField({ description: 'Unit or post', max: 300 })
  name: string;

  @TextField({ description: 'Telephone', max: 50, nullable: true })
  phone: string | null;

  @TextField({ description: 'E-mail', max: 200, nullable: true })
  email: string | null;
}

export class DocumentBody {
  @TextField({ description: 'What it is', max: 500 })
  title: string;

  @TextField({ description: 'Number and symbol', max: 100, nullable: true })
  number: string | null;

  @DateField({ description: 'Day of issue', nullable: true })
  issuedOn: string | null;

  @TextField({ description: 'Where it can be read', max: 1_000, nullable: true })
  url: string | null;
}

/** Why an attribute has no value. */
export class OpenAttributeBody {
  @EnumField(ATTRIBUTES, { description: 'Attribute without a value' })
  attribute: OpenAttributeName;

  @EnumField(OPEN_STATUSES, { description: 'Whether it is not determined yet, or not applicable' })
  status: OpenStatus;

  @CodeField(AGENCY_CODE, {
    description: 'Agency that has to determine it; required when it is not determined',
    optional: true,
    nullable: true,
  })
  responsible?: string | null;

  @DateField({
    description: 'Day by which; required when it is not determined',
    optional: true,
    nullable: true,
  })
  due?: string | null;

  @TextField({
    description: 'Reason; required when it is not applicable',
    max: 1_000,
    optional: true,
    nullable: true,
  })
  reason?: string | null;
}

/** What can be changed in an entry of either catalogue; a field that is left out stays as it is. */
export class ChangeEntryBody {
  @TextField({ description: 'Official name, unique in the catalogue', max: 500, optional: true })
  name?: string;

  @CodeField(AGENCY_CODE, {
    description: 'Agency code of the owning agency; null: not determined',
    optional: true,
    nullable: true,
    example: 'SDL',
  })
  owner?: string | null;

  @ObjectField(() => SourceBody, {
    nullable: true,
    description: 'Document it was taken from',
    optional: true,
  })
  source?: SourceBody | null;

  @TextField({ description: 'Note', max: 4_000, multiline: true, optional: true, nullable: true })
  note?: string | null;

  @CodeField(ENTRY_CODE, {
    description: 'Official code, never used again for another entry; null: not determined',
    optional: true,
    nullable: true,
    max: 35,
  })
  code?: string | null;

  @ObjectField(() => OperatorBody, { nullable: true, description: 'Operator', optional: true })
  operator?: OperatorBody | null;

  @ObjectField(() => TechnicalContactBody, {
    nullable: true,
    description: 'Technical contact',
    optional: true,
  })
  technicalContact?: TechnicalContactBody | null;

  @ListField(kinds.object(() => DocumentBody), {
    description: 'Documents; the given ones replace all',
    max: 100,
    optional: true,
  })
  documents?: DocumentBody[];

  @ListField(kinds.object(() => OpenAttributeBody), {
    description: 'Why attributes have no value; the given ones replace all',
    max: 20,
    optional: true,
  })
  openAttributes?: OpenAttributeBody[];
}

/** A new entry of either catalogue. */
export class CreateEntryBody extends ChangeEntryBody {
  @TextField({ description: 'Official name, unique in the catalogue', max: 500 })
  override name: string;

  @EnumField(LIFECYCLES, { description: 'First life-cycle state', optional: true, default: 'not-determined' })
  lifecycle?: Lifecycle;

  @DateField({ description: 'Day as of which that state is attested', optional: true, nullable: true })
  lifecycleOn?: string | null;

  @TextField({ description: 'Document that attests it', max: 500, optional: true, nullable: true })
  lifecycleDocument?: string | null;
}

export class LifecycleBody {
  @EnumField(LIFECYCLES, { description: 'State the entry passes to', example: 'in-operation' })
  to: Lifecycle;

  @DateField({
    description: 'Day of the change: not in the future, not before the last one',
    example: '2026-04-20',
  })
  on: string;

  @TextField({ description: 'Document that attests it', max: 500, optional: true, nullable: true })
  document?: string | null;

  @TextField({ description: 'Note', max: 4_000, multiline: true, optional: true, nullable: true })
  note?: string | null;
}

export class UseBody {
  @EnumField(USE_STATES, { description: 'State of use the entry passes to', example: 'in-use' })
  to: UseState;

  @DateField({ description: 'Day of the change: not in the future, not before the last one' })
  on: string;

  @TextField({ description: 'Document that attests it', max: 500, optional: true, nullable: true })
  document?: string | null;

  @TextField({ description: 'Note', max: 4_000, multiline: true, optional: true, nullable: true })
  note?: string | null;
}

/** Filters of both catalogues; the kinds are each one's own. */
export class ListEntriesQuery extends CursorQuery {
  @CodeField(AGENCY_CODE, { description: 'Only entries of this owning agency', optional: true })
  owner?: string;

  @EnumField(LIFECYCLES, { description: 'Only entries in this life-cycle state', optional: true })
  lifecycle?: Lifecycle;

  @EnumField(USE_STATES, { description: 'Only entries in this state of use', optional: true })
  use?: UseState;

  @TextField({
    description: 'Words of name, code or owner, anywhere in them; diacritics and case make no difference',
    max: 200,
    optional: true,
  })
  q?: string;
}

export class ListStepsQuery extends CursorQuery {}
