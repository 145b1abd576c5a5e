import {
  DATASET_CLASSES,
  type DatasetClass,
  type DatabaseRef,
  type RegistryTermState,
  type SourceOfTruth,
  TERM_STATES,
  type TermState,
  VALUE_TYPES,
  type ValueType,
} from '#libs/contracts';
import {
  AgencyView,
  EnumField,
  InstantField,
  IntegerField,
  kinds,
  ListField,
  ObjectField,
  TextField,
  UuidField,
} from '#libs/http';
import { DatabaseRefView } from '../lists/list.view.js';
import { LIMITS, MAX_CODES, TermCodeBody } from './term.requests.js';
import type { TermVersion } from './term.store.js';

class SourceOfTruthView implements SourceOfTruth {
  @ObjectField(() => DatabaseRefView, { description: 'A database of the registry', nullable: true })
  database: DatabaseRef | null;

  @ObjectField(() => AgencyView, { description: 'An agency', nullable: true })
  agency: AgencyView | null;
}

export class TermView implements RegistryTermState {
  @UuidField({ description: 'Identifier' })
  id: string;

  @IntegerField({ description: 'Version of the term, for If-Match', min: 1 })
  version: number;

  @TextField({ description: 'Code', max: 64 })
  code: string;

  @TextField({ description: 'Vietnamese name', max: LIMITS.name })
  name: string;

  @TextField({ description: 'English name', max: LIMITS.name, nullable: true })
  englishName: string | null;

  @TextField({ description: 'Meaning', max: LIMITS.meaning })
  meaning: string;

  @EnumField(VALUE_TYPES, { description: 'What its values are' })
  type: ValueType;

  @ListField(kinds.object(() => TermCodeBody), { description: 'Code list', max: MAX_CODES })
  codes: TermCodeBody[];

  @TextField({ description: 'Document of the code list', max: LIMITS.document, nullable: true })
  codeSource: string | null;

  @TextField({ description: 'Legal basis', max: LIMITS.document, nullable: true })
  legalBasis: string | null;

  @ObjectField(() => SourceOfTruthView, { description: 'Where the right value is kept', nullable: true })
  sourceOfTruth: SourceOfTruthView | null;

  @EnumField(DATASET_CLASSES, { description: 'Shared, restricted or open', nullable: true })
  sharing: DatasetClass | null;

  @EnumField(TERM_STATES, { description: 'Whether it is in use' })
  state: TermState;
}

export class TermVersionView extends TermView implements TermVersion {
  @InstantField({ description: 'When this version was recorded' })
  recordedAt: string;
}
