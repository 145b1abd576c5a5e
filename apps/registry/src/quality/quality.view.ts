import {
  type AspectStanding,
  CRITERION_STATES,
  type CriterionState,
  type FieldMappingStanding,
  type FreshnessDeclaration,
  type Lifecycle,
  LIFECYCLES,
  QUALITY_CRITERIA,
  type QualityAspect,
  type QualityCheckFigures,
  type QualityCriterion,
  type QualityExpectations,
  type RegistryQualityState,
  UPDATE_FREQUENCIES,
  type UpdateFrequency,
  type WrongValues,
} from '#libs/contracts';
import {
  AgencyView,
  BooleanField,
  EnumField,
  InstantField,
  IntegerField,
  kinds,
  ListField,
  ObjectField,
  TextField,
  type Texts,
  UuidField,
} from '#libs/http';
import { DatabaseRefView } from '../lists/list.view.js';
import { count, optionalCount } from './check.view.js';
import type { TrendItem } from './trend.queries.js';

class FreshnessView implements FreshnessDeclaration {
  @EnumField(UPDATE_FREQUENCIES, { description: 'How often; null: not determined', nullable: true })
  frequency: UpdateFrequency | null;

  @optionalCount('Hours by which data may be late; null: the default of the frequency')
  toleranceHours: number | null;
}

class ExpectationsView implements QualityExpectations {
  @optionalCount('Records that there should be')
  expectedRecords: number | null;

  @ListField(kinds.text({ max: 200 }), { description: 'Mandatory fields', max: 1_000, nullable: true })
  mandatoryFields: string[] | null;

  @optionalCount('Share that may be wrong, ten thousandths; null: the default')
  allowedErrors: number | null;
}

class WrongValuesView implements WrongValues {
  @count('Values looked at')
  values: number;

  @count('Of these wrong')
  wrong: number;
}

class CheckFiguresView implements QualityCheckFigures {
  @UuidField({ description: 'The check' })
  id: string;

  @InstantField({ description: 'When it was checked' })
  checkedAt: string;

  @TextField({ description: 'Tool', max: 200 })
  tool: string;

  @count('Records')
  records: number;

  @ObjectField(() => WrongValuesView, { description: 'Values against type or pattern', nullable: true })
  validity: WrongValuesView | null;

  @ObjectField(() => WrongValuesView, { description: 'Values against their code list', nullable: true })
  codes: WrongValuesView | null;

  @ObjectField(() => WrongValuesView, { description: 'Places of mandatory fields', nullable: true })
  mandatory: WrongValuesView | null;

  @optionalCount('Records whose key an earlier record has')
  duplicates: number | null;
}

class MappingView implements FieldMappingStanding {
  @count('Fields of the database')
  fields: number;

  @count('Of these mapped to the shared dictionary')
  mapped: number;

  @TextField({ description: 'Version of the dictionary', max: 100, nullable: true })
  dictionaryVersion: string | null;
}

/** What is declared and known, as the event tells it. */
export class QualityStateView implements RegistryQualityState {
  @UuidField({ description: 'Identifier: the database’s' })
  id: string;

  @IntegerField({ description: 'Version, for If-Match', min: 1 })
  version: number;

  @ObjectField(() => DatabaseRefView, { description: 'The database' })
  database: DatabaseRefView;

  @ObjectField(() => FreshnessView, { description: 'Declared frequency' })
  freshness: FreshnessView;

  @ObjectField(() => ExpectationsView, { description: 'What is expected of the content' })
  expectations: ExpectationsView;

  @InstantField({ description: 'When data last arrived', nullable: true })
  lastUpdateAt: string | null;

  @ObjectField(() => CheckFiguresView, { description: 'The newest check, in sums', nullable: true })
  check: CheckFiguresView | null;

  @ObjectField(() => MappingView, { description: 'Fields mapped to the dictionary', nullable: true })
  mapping: MappingView | null;

  @count('Open sharing services')
  services: number;
}

class TextsView implements Texts {
  @TextField({ description: 'In Vietnamese', max: 2_000 })
  vi: string;

  @TextField({ description: 'In English', max: 2_000 })
  en: string;
}

class AspectView implements AspectStanding {
  @TextField({ description: 'What is looked at', max: 100 })
  aspect: QualityAspect;

  @EnumField(CRITERION_STATES, { description: 'How it stands' })
  state: CriterionState;

  @optionalCount('Number found')
  count: number | null;

  @optionalCount('Of so many')
  of: number | null;

  @optionalCount('Threshold, ten thousandths of these')
  limit: number | null;

  @InstantField({ description: 'When the data is late, or has been since', nullable: true })
  lateAt: string | null;
}

class CriterionLineView {
  @EnumField(QUALITY_CRITERIA, { description: 'Criterion: đúng, đủ, sạch, sống, thống nhất, dùng chung' })
  criterion: QualityCriterion;

  @EnumField(CRITERION_STATES, { description: 'How it stands' })
  state: CriterionState;
}

export class CriterionView extends CriterionLineView {
  @ObjectField(() => TextsView, { description: 'Its name' })
  name: TextsView;

  @ObjectField(() => TextsView, { description: 'Why, with the figures' })
  reason: TextsView;

  @ListField(kinds.object(() => AspectView), { description: 'What it consists of', max: 10 })
  aspects: AspectView[];
}

/** A database in the list of scores. */
export class ScoreLineView {
  @ObjectField(() => DatabaseRefView, { description: 'The database' })
  database: DatabaseRefView;

  @ObjectField(() => AgencyView, { description: 'Its owner', nullable: true })
  owner: AgencyView | null;

  @EnumField(LIFECYCLES, { description: 'Life-cycle state' })
  lifecycle: Lifecycle;

  @IntegerField({ description: 'Criteria attained, of six', min: 0, max: 6 })
  attained: number;

  @IntegerField({
    description: 'Criteria that could be judged; the others are not determined',
    min: 0,
    max: 6,
  })
  judged: number;

  @BooleanField({ description: 'Whether its data is late; null: not known', nullable: true })
  stale: boolean | null;

  @InstantField({ description: 'When data last arrived', nullable: true })
  lastUpdateAt: string | null;

  @InstantField({ description: 'When the data is late, or has been since', nullable: true })
  lateAt: string | null;

  @ListField(kinds.object(() => CriterionLineView), { description: 'The six criteria', max: 6 })
  criteria: CriterionLineView[];
}

export class ScoreView extends ScoreLineView {
  @IntegerField({
    description: 'Version, for If-Match; null: nothing is declared yet',
    min: 1,
    nullable: true,
  })
  version: number | null;

  @ObjectField(() => FreshnessView, { description: 'Declared frequency' })
  freshness: FreshnessView;

  @ObjectField(() => ExpectationsView, { description: 'What is expected of the content' })
  expectations: ExpectationsView;

  @ObjectField(() => CheckFiguresView, { description: 'The newest check, in sums', nullable: true })
  check: CheckFiguresView | null;

  @ListField(kinds.object(() => CriterionView), { description: 'The six criteria, with reasons', max: 6 })
  override criteria: CriterionView[];
}

class TrendCriterionView {
  @EnumField(QUALITY_CRITERIA, { description: 'Criterion' })
  criterion: QualityCriterion;

  @EnumField(CRITERION_STATES, { description: 'How it stood' })
  state: CriterionState;
}

export class TrendItemView implements TrendItem {
  @TextField({ description: 'Month, 2026-04', max: 7 })
  month: string;

  @IntegerField({ description: 'Criteria attained, of the six', min: 0, max: 6 })
  attained: number;

  @IntegerField({ description: 'Criteria judged', min: 0, max: 6 })
  judged: number;

  @ListField(kinds.object(() => TrendCriterionView), { description: 'The six criteria', max: 6 })
  criteria: TrendCriterionView[];
}
