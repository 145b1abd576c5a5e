import {
  type DatabaseRef,
  FIELD_STATES,
  type FieldState,
  type RegistryFieldState,
  type TermRef,
  VALUE_TYPES,
  type ValueType,
} from '#libs/contracts';
import {
  CursorQuery,
  EnumField,
  IntegerField,
  ObjectField,
  QueryBooleanField,
  TextField,
  UuidField,
} from '#libs/http';
import { DatabaseRefView } from '../lists/list.view.js';

export const FIELD_LIMITS = { name: 200, description: 2_000, termVersion: 1_000_000 } as const;

class MappingBody {
  @UuidField({ description: 'The term' })
  id: string;

  @IntegerField({
    description: 'Its version',
    min: 1,
    max: FIELD_LIMITS.termVersion,
    optional: true,
    default: 'the newest',
  })
  version?: number;
}

/** What can be changed in a field. */
export class ChangeFieldBody {
  @TextField({ description: 'Name in the database', max: FIELD_LIMITS.name, optional: true })
  name?: string;

  @TextField({
    description: 'What it holds',
    max: FIELD_LIMITS.description,
    multiline: true,
    optional: true,
    nullable: true,
  })
  description?: string | null;

  @EnumField(VALUE_TYPES, { description: 'What its values are', optional: true, nullable: true })
  type?: ValueType | null;

  @ObjectField(() => MappingBody, {
    description: 'Term of the shared dictionary that it is mapped to; null: none',
    optional: true,
    nullable: true,
  })
  term?: MappingBody | null;
}

export class AddFieldBody extends ChangeFieldBody {
  @TextField({ description: 'Name in the database, unique there', max: FIELD_LIMITS.name })
  override name: string;
}

export class RemoveFieldBody {
  @TextField({ description: 'Why it is removed', max: 4_000, multiline: true })
  reason: string;
}

export class ListFieldsQuery extends CursorQuery {
  @UuidField({ description: 'Only fields mapped to this term', optional: true })
  term?: string;

  @QueryBooleanField({ description: 'Only fields that are, or are not, mapped', optional: true })
  mapped?: boolean;

  @QueryBooleanField({
    description: 'Only fields mapped to a version of a term that is no longer its newest, or not those',
    optional: true,
  })
  outdated?: boolean;
}

class TermRefView implements TermRef {
  @UuidField({ description: 'The term' })
  id: string;

  @TextField({ description: 'Its code', max: 64 })
  code: string;

  @IntegerField({ description: 'The version that the field is mapped to', min: 1 })
  version: number;
}

export class FieldView implements RegistryFieldState {
  @UuidField({ description: 'Identifier' })
  id: string;

  @IntegerField({ description: 'Version, for If-Match', min: 1 })
  version: number;

  @ObjectField(() => DatabaseRefView, { description: 'Its database' })
  database: DatabaseRef;

  @TextField({ description: 'Name in the database', max: FIELD_LIMITS.name })
  name: string;

  @TextField({ description: 'What it holds', max: FIELD_LIMITS.description, nullable: true })
  description: string | null;

  @EnumField(VALUE_TYPES, { description: 'What its values are', nullable: true })
  type: ValueType | null;

  @ObjectField(() => TermRefView, { description: 'Term it is mapped to', nullable: true })
  term: TermRefView | null;

  @EnumField(FIELD_STATES, { description: 'Whether the database still has it' })
  state: FieldState;
}
