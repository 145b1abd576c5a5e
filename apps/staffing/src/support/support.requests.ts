import {
  SUPPORT_COST_SOURCES,
  SUPPORT_MODES,
  SUPPORT_PLAN_STATES,
  type SupportCostSource,
  type SupportMode,
  type SupportPlanState,
} from '#libs/contracts';
import { CodeField, CursorQuery, DateField, EnumField, MoneyField, TextField } from '#libs/http';
import { AGENCY_CODE } from '#libs/reference';
import { UNITS_EXIST_SINCE } from '../head-counts/head-count-rules.js';
import { UNIT_CODE } from '../units/unit.requests.js';

/** Fiscal years end here for the budget, too. */
const LAST_DAY = '2100-12-31';

const MODE =
  'secondment (biệt phái), remote (hỗ trợ từ xa), contract (hợp đồng), recruit (tuyển dụng), train (đào tạo)';
const TO = 'Last day; null: without an end, for recruit alone';
const COST = 'Whole đồng; null: not determined';
const SOURCE =
  'none: costs nothing more (cost 0); state-budget: becomes a draft estimate line; null: not determined';

/** What can be changed while a plan is proposed; a field that is left out stays as it is. */
export class ChangeSupportPlanBody {
  @TextField({
    description: 'What the support is; an estimate line gets this name',
    max: 300,
    optional: true,
  })
  title?: string;

  @TextField({ description: 'Skill that is needed', max: 200, optional: true })
  skill?: string;

  @EnumField(SUPPORT_MODES, { description: MODE, optional: true })
  mode?: SupportMode;

  @DateField({ description: 'First day', min: UNITS_EXIST_SINCE, max: LAST_DAY, optional: true })
  from?: string;

  @DateField({ description: TO, max: LAST_DAY, optional: true, nullable: true })
  to?: string | null;

  @TextField({ description: 'Assessed need that is the reason', max: 4_000, multiline: true, optional: true })
  need?: string;

  @MoneyField({ description: COST, optional: true, nullable: true })
  cost?: number | null;

  @EnumField(SUPPORT_COST_SOURCES, { description: SOURCE, optional: true, nullable: true })
  costSource?: SupportCostSource | null;
}

export class ProposeSupportPlanBody extends ChangeSupportPlanBody {
  @CodeField(UNIT_CODE, { description: 'Statistical code of the commune unit', example: '22333' })
  unit: string;

  @CodeField(AGENCY_CODE, { description: 'Code of the agency that supports it', example: 'SKHCN' })
  supporter: string;

  @CodeField(AGENCY_CODE, {
    description:
      'Code of the agency that asks for the money: the commune unit (also when left out) or the supporter',
    optional: true,
  })
  agency?: string;

  @TextField({ description: 'What the support is; an estimate line gets this name', max: 300 })
  override title: string;

  @TextField({ description: 'Skill that is needed', max: 200, example: 'Quản trị hệ thống' })
  override skill: string;

  @EnumField(SUPPORT_MODES, { description: MODE })
  override mode: SupportMode;

  @DateField({ description: 'First day', min: UNITS_EXIST_SINCE, max: LAST_DAY })
  override from: string;

  @TextField({ description: 'Assessed need that is the reason', max: 4_000, multiline: true })
  override need: string;
}

export class ApproveSupportBody {
  @TextField({ description: 'Number of the document that approves it', max: 200, example: '900/QĐ-UBND' })
  number: string;

  @DateField({ description: 'Date of the document, not in the future' })
  date: string;
}

export class StartSupportBody {
  @DateField({ description: 'Day on which it began, not in the future; left out: today', optional: true })
  startedOn?: string;
}

export class EndSupportBody {
  @TextField({ description: 'What came of it', max: 4_000, multiline: true })
  result: string;

  @DateField({
    description: 'Last day of it: not in the future, not before it began; left out: today',
    optional: true,
  })
  endedOn?: string;
}

export class ListSupportPlansQuery extends CursorQuery {
  @EnumField(SUPPORT_PLAN_STATES, { description: 'Only in this state', optional: true })
  state?: SupportPlanState;

  @CodeField(UNIT_CODE, { description: 'Only support of this commune unit', optional: true })
  unit?: string;

  @CodeField(AGENCY_CODE, { description: 'Only support by this agency', optional: true })
  supporter?: string;

  @EnumField(SUPPORT_MODES, { description: 'Only of this mode', optional: true })
  mode?: SupportMode;

  @TextField({
    description: 'Part of title, skill, unit or supporter; diacritics and case make no difference',
    max: 200,
    optional: true,
  })
  q?: string;
}
