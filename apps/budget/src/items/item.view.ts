import {
  BUDGET_ITEM_KINDS,
  BUDGET_STAGES,
  type BudgetItemKind,
  type BudgetItemState,
  type BudgetLineState,
  type BudgetOrigin,
  type BudgetStage,
  ITEM_STATUSES,
  type ItemStageState,
  type ItemStatus,
  LEGAL_REGIMES,
  type LegalRegime,
  MONEY_FORMS,
  MONEY_SOURCES,
  type MoneyForm,
  type MoneySource,
  PROJECT_GROUPS,
  type ProjectGroup,
  STAGE_PHASES,
  type StagePhase,
} from '#libs/contracts';
import {
  AgencyView,
  BooleanField,
  DateField,
  EnumField,
  IntegerField,
  kinds,
  ListField,
  MoneyField,
  ObjectField,
  SourceBody,
  TextField,
  UuidField,
} from '#libs/http';
import { PartnershipView } from '../partnerships/partnership.view.js';
import { TermBody } from './item.requests.js';
import { MoneyByYearField } from './money-by-year.js';

export class StageView implements ItemStageState {
  @EnumField(BUDGET_STAGES, { description: 'Stage that the item works on' })
  stage: BudgetStage;

  @EnumField(STAGE_PHASES, { description: 'Phase of the stage' })
  phase: StagePhase;

  @DateField({ description: 'Day on which it came into the stage' })
  since: string;

  @DateField({ description: 'Last day on which the stage is in time by law; null: no limit', nullable: true })
  lastDay: string | null;

  @TextField({ description: 'Document that brought it there', max: 500, nullable: true })
  document: string | null;
}

/** Money along the chain, in whole đồng. */
export class MoneyChainView {
  @MoneyField({ description: 'Planned' })
  planned: number;

  @MoneyField({ description: 'Requested' })
  requested: number;

  @MoneyField({ description: 'Appraised' })
  appraised: number;

  @MoneyField({ description: 'Approved' })
  approved: number;

  @MoneyField({ description: 'Allocated' })
  allocated: number;

  @MoneyField({ description: 'Disbursed' })
  disbursed: number;

  @MoneyField({ description: 'Settled' })
  settled: number;
}

export class LineView extends MoneyChainView implements BudgetLineState {
  @UuidField({ description: 'Identifier of the line' })
  id: string;

  @EnumField(MONEY_SOURCES, { description: 'Where the money comes from' })
  source: MoneySource;

  @IntegerField({ description: 'Fiscal year; null: not assigned', nullable: true })
  year: number | null;

  @EnumField(MONEY_FORMS, { description: 'Cash, or in kind' })
  form: MoneyForm;

  @MoneyField({ description: 'Allocated beyond what was approved, by a document' })
  overGranted: number;
}

export class OriginView implements BudgetOrigin {
  @EnumField(['registry', 'staffing'], { description: 'Service that it came from' })
  service: BudgetOrigin['service'];

  @TextField({ description: 'Kind of thing there', max: 100 })
  aggregate: string;

  @TextField({ description: 'Its identifier there', max: 100 })
  id: string;
}

/** A budget item as it is answered; money in whole đồng, null = not determined. */
export class ItemView implements BudgetItemState {
  @UuidField({ description: 'Identifier' })
  id: string;

  @IntegerField({ description: 'Version, for If-Match', min: 1 })
  version: number;

  @EnumField(BUDGET_ITEM_KINDS, { description: 'Investment project or recurrent activity' })
  kind: BudgetItemKind;

  @IntegerField({ description: 'Row number in the list', nullable: true })
  number: number | null;

  @TextField({ description: 'Official name', max: 1_000 })
  name: string;

  @ObjectField(() => AgencyView, { description: 'Investor of a project, lead agency of an activity' })
  owner: AgencyView;

  @TextField({ description: 'Heading the list puts it under', max: 500, nullable: true })
  group: string | null;

  @IntegerField({ description: 'Fiscal year of the list' })
  fiscalYear: number;

  @ObjectField(() => TermBody, { description: 'First and last year of a project', nullable: true })
  years: TermBody | null;

  @MoneyField({ description: 'Total cost', nullable: true })
  totalCost: number | null;

  @MoneyByYearField({ description: 'Planned amount by year; a missing year is not determined' })
  plannedByYear: Record<string, number>;

  @MoneyField({ description: 'Requested', nullable: true })
  requested: number | null;

  @MoneyField({ description: 'Allocated so far', nullable: true })
  allocated: number | null;

  @MoneyField({ description: 'Supplement to consider: requested − allocated, never below 0', nullable: true })
  supplement: number | null;

  @BooleanField({ description: 'More was allocated than requested' })
  overAllocated: boolean;

  @TextField({ description: 'Progress, in the words of the report', max: 4_000, nullable: true })
  progressPhrase: string | null;

  @TextField({ description: 'Note', max: 4_000, nullable: true })
  note: string | null;

  @ObjectField(() => SourceBody, { description: 'Document it was taken from', nullable: true })
  sourceDocument: SourceBody | null;

  @TextField({ description: 'Official code', max: 64, nullable: true })
  code: string | null;

  @EnumField(LEGAL_REGIMES, { description: 'Decree that it is carried out under', nullable: true })
  legalRegime: LegalRegime | null;

  @EnumField(PROJECT_GROUPS, { description: 'Group of a project', nullable: true })
  projectGroup: ProjectGroup | null;

  @EnumField(ITEM_STATUSES, { description: 'Whether it is under way' })
  status: ItemStatus;

  @TextField({ description: 'Why it is suspended, cancelled or completed', max: 4_000, nullable: true })
  statusReason: string | null;

  @ObjectField(() => StageView, { description: 'Where it stands; null: not determined', nullable: true })
  stage: StageView | null;

  @ListField(kinds.object(() => LineView), { description: 'Money by source and year', max: 200 })
  lines: LineView[];

  @ObjectField(() => PartnershipView, { description: 'Public-private partnership', nullable: true })
  partnership: PartnershipView | null;

  @ObjectField(() => OriginView, { description: 'What of another service it came from', nullable: true })
  origin: OriginView | null;
}
