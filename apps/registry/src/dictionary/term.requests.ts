import {
  DATASET_CLASSES,
  type DatasetClass,
  TERM_STATES,
  type TermCode,
  type TermState,
  VALUE_TYPES,
  type ValueType,
} from '#libs/contracts';
import {
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

/** Letters of any script, digits, and what joins them. */
export const TERM_CODE = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u;
export const LIST_CODE = /^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,19}$/u;
/** So many that a code list, written line by line, still fits into one cell of a sheet (32,767 characters). */
export const MAX_CODES = 300;
export const LIMITS = { name: 300, meaning: 4_000, document: 500, codeName: 80 } as const;

export class TermCodeBody implements TermCode {
  @CodeField(LIST_CODE, { description: 'Code', max: 20 })
  code: string;

  @TextField({ description: 'What it stands for', max: LIMITS.codeName })
  name: string;
}

export class SourceOfTruthBody {
  @UuidField({
    description: 'A database of the registry; either it or an agency',
    optional: true,
    nullable: true,
  })
  databaseId?: string | null;

  @CodeField(AGENCY_CODE, { description: 'An agency', optional: true, nullable: true })
  agency?: string | null;
}

/** What can be changed in a term; its code stays. */
export class ChangeTermBody {
  @TextField({ description: 'Vietnamese name', max: LIMITS.name, optional: true })
  name?: string;

  @TextField({ description: 'English name', max: LIMITS.name, optional: true, nullable: true })
  englishName?: string | null;

  @TextField({ description: 'Meaning', max: LIMITS.meaning, multiline: true, optional: true })
  meaning?: string;

  @EnumField(VALUE_TYPES, { description: 'What its values are', optional: true })
  type?: ValueType;

  @ListField(kinds.object(() => TermCodeBody), {
    description: 'Code list; the given one replaces all',
    max: MAX_CODES,
    optional: true,
  })
  codes?: TermCodeBody[];

  @TextField({
    description: 'Document of the code list',
    max: LIMITS.document,
    optional: true,
    nullable: true,
  })
  codeSource?: string | null;

  @TextField({ description: 'Legal basis', max: LIMITS.document, optional: true, nullable: true })
  legalBasis?: string | null;

  @ObjectField(() => SourceOfTruthBody, {
    description: 'Where the right value is kept; null: not determined',
    optional: true,
    nullable: true,
  })
  sourceOfTruth?: SourceOfTruthBody | null;

  @EnumField(DATASET_CLASSES, {
    description: 'Shared, restricted or open (dùng chung, dùng riêng, mở); null: not determined',
    optional: true,
    nullable: true,
  })
  sharing?: DatasetClass | null;

  @EnumField(TERM_STATES, { description: 'Whether it is in use', optional: true })
  state?: TermState;

  @TextField({
    description: 'Why it is changed',
    max: 4_000,
    multiline: true,
    optional: true,
    nullable: true,
  })
  note?: string | null;
}

export class AddTermBody extends ChangeTermBody {
  @CodeField(TERM_CODE, { description: 'Code, given once', example: 'CONG_DAN.HO_TEN' })
  code: string;

  @TextField({ description: 'Vietnamese name', max: LIMITS.name })
  override name: string;

  @TextField({ description: 'Meaning', max: LIMITS.meaning, multiline: true })
  override meaning: string;

  @EnumField(VALUE_TYPES, { description: 'What its values are' })
  override type: ValueType;
}

export class ListTermsQuery extends CursorQuery {
  @TextField({ description: 'Words of code or names, anywhere in them', max: 200, optional: true })
  q?: string;

  @EnumField(VALUE_TYPES, { description: 'Only terms with such values', optional: true })
  type?: ValueType;

  @EnumField(DATASET_CLASSES, { description: 'Only terms of this sharing level', optional: true })
  sharing?: DatasetClass;

  @EnumField(TERM_STATES, { description: 'Only terms in this state', optional: true })
  state?: TermState;
}

export class ListVersionsQuery extends CursorQuery {}
