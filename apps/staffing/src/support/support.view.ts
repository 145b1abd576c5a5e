import {
  SUPPORT_COST_SOURCES,
  SUPPORT_MODES,
  SUPPORT_PLAN_STATES,
  type SupportCostSource,
  type SupportMode,
  type SupportPlanEventState,
  type SupportPlanState,
} from '#libs/contracts';
import {
  AgencyView,
  DateField,
  EnumField,
  IntegerField,
  MoneyField,
  ObjectField,
  TextField,
  UuidField,
} from '#libs/http';
import { DocumentBody } from '../plans/document.body.js';

/** A support plan as it is answered. */
export class SupportPlanView implements SupportPlanEventState {
  @UuidField({ description: 'Identifier' })
  id: string;

  @IntegerField({ description: 'Version, for If-Match', min: 1 })
  version: number;

  @TextField({ description: 'What the support is', max: 300 })
  title: string;

  @ObjectField(() => AgencyView, { description: 'Commune unit that is supported' })
  unit: AgencyView;

  @ObjectField(() => AgencyView, { description: 'Agency that supports it' })
  supporter: AgencyView;

  @ObjectField(() => AgencyView, { description: 'Agency that asks for the money' })
  agency: AgencyView;

  @TextField({ description: 'Skill that is needed', max: 200 })
  skill: string;

  @EnumField(SUPPORT_MODES, { description: 'How' })
  mode: SupportMode;

  @DateField({ description: 'First day' })
  from: string;

  @DateField({ description: 'Last day; null: without an end', nullable: true })
  to: string | null;

  @TextField({ description: 'Assessed need that is the reason', max: 4_000 })
  need: string;

  @MoneyField({ description: 'Whole đồng; null: not determined', nullable: true })
  cost: number | null;

  @EnumField(SUPPORT_COST_SOURCES, {
    description: 'What it is paid from; null: not determined',
    nullable: true,
  })
  costSource: SupportCostSource | null;

  @IntegerField({ description: 'Fiscal year of the first day' })
  year: number;

  @EnumField(SUPPORT_PLAN_STATES, { description: 'State' })
  state: SupportPlanState;

  @DateField({ description: 'Day of the proposal' })
  proposedOn: string;

  @ObjectField(() => DocumentBody, { description: 'Document that approves it', nullable: true })
  approval: DocumentBody | null;

  @DateField({ description: 'Day on which it began', nullable: true })
  startedOn: string | null;

  @DateField({ description: 'Day on which it ended', nullable: true })
  endedOn: string | null;

  @TextField({ description: 'What came of it', max: 4_000, nullable: true })
  result: string | null;

  @TextField({ description: 'Why it was cancelled', max: 4_000, nullable: true })
  cancelGround: string | null;
}
