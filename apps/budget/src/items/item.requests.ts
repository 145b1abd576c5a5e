import {
  BUDGET_ITEM_KINDS,
  BUDGET_STAGES,
  type BudgetItemKind,
  type BudgetStage,
  ITEM_STATUSES,
  type ItemStatus,
  LEGAL_REGIMES,
  type LegalRegime,
  PROJECT_GROUPS,
  type ProjectGroup,
} from '#libs/contracts';
import {
  CodeField,
  CursorQuery,
  EnumField,
  IntegerField,
  MoneyField,
  ObjectField,
  QueryBooleanField,
  QueryIntegerField,
  SourceBody,
  TextField,
} from '#libs/http';
import { AGENCY_CODE } from '#libs/reference';
import { MAX_MONEY } from './item-money.js';
import { MoneyByYearField, YEARS } from './money-by-year.js';

/** Letters, digits and the marks that official codes are written with. */
export const ITEM_CODE = /^[0-9A-ZĐ][0-9A-ZĐ./_-]{0,63}$/;

export class TermBody {
  @IntegerField({ description: 'First year of the project', ...YEARS, example: 2026 })
  from: number;

  @IntegerField({ description: 'Last year of the project, not before the first', ...YEARS, example: 2028 })
  to: number;
}

/** What can be stated about an item; a field that is left out stays as it is, or not determined in a new item. */
export class ChangeItemBody {
  @IntegerField({ description: 'Row number in the list', min: 1, max: 9_999, optional: true, nullable: true })
  number?: number | null;

  @TextField({ description: 'Official name', max: 1_000, optional: true })
  name?: string;

  @CodeField(AGENCY_CODE, {
    description: 'Agency code of the investor or lead agency',
    optional: true,
    example: 'SYT',
  })
  owner?: string;

  @TextField({ description: 'Heading the list puts it under', max: 500, optional: true, nullable: true })
  group?: string | null;

  @IntegerField({ description: 'Fiscal year of the list', ...YEARS, optional: true, example: 2026 })
  fiscalYear?: number;

  @ObjectField(() => TermBody, {
    description: 'First and last year; projects only',
    optional: true,
    nullable: true,
  })
  years?: TermBody | null;

  @MoneyField({
    description: 'Total cost, đồng; projects only',
    max: MAX_MONEY,
    optional: true,
    nullable: true,
  })
  totalCost?: number | null;

  @MoneyByYearField({
    description:
      'Planned amount of each year, đồng; projects only; replaces the whole plan; at most the total cost',
    optional: true,
    example: { '2026': 8_000_000_000 },
  })
  plannedByYear?: Record<string, number>;

  @MoneyField({
    description: 'Requested, đồng; activities only',
    max: MAX_MONEY,
    optional: true,
    nullable: true,
  })
  requested?: number | null;

  @MoneyField({
    description: 'Allocated so far, đồng; activities only; may exceed what was requested (overAllocated)',
    max: MAX_MONEY,
    optional: true,
    nullable: true,
  })
  allocated?: number | null;

  @TextField({
    description: 'Progress, in the words of the report',
    max: 4_000,
    multiline: true,
    optional: true,
    nullable: true,
  })
  progressPhrase?: string | null;

  @TextField({ description: 'Note', max: 4_000, multiline: true, optional: true, nullable: true })
  note?: string | null;

  @ObjectField(() => SourceBody, {
    description: 'Document it was taken from',
    optional: true,
    nullable: true,
  })
  sourceDocument?: SourceBody | null;

  @CodeField(ITEM_CODE, {
    description: 'Official code of the project or activity; one item only has it',
    optional: true,
    nullable: true,
  })
  code?: string | null;

  @EnumField(LEGAL_REGIMES, {
    description: 'Decree that it is carried out under',
    optional: true,
    nullable: true,
  })
  legalRegime?: LegalRegime | null;

  @EnumField(PROJECT_GROUPS, { description: 'Group of a project', optional: true, nullable: true })
  projectGroup?: ProjectGroup | null;
}

/** A new item. */
export class CreateItemBody extends ChangeItemBody {
  @EnumField(BUDGET_ITEM_KINDS, { description: 'Investment project, or recurrent activity; never changes' })
  kind: BudgetItemKind;

  @TextField({ description: 'Official name', max: 1_000 })
  override name: string;

  @CodeField(AGENCY_CODE, { description: 'Agency code of the investor or lead agency', example: 'SYT' })
  override owner: string;

  @IntegerField({ description: 'Fiscal year of the list', ...YEARS, example: 2026 })
  override fiscalYear: number;
}

export class ListItemsQuery extends CursorQuery {
  @EnumField(BUDGET_ITEM_KINDS, { description: 'Only this kind', optional: true })
  kind?: BudgetItemKind;

  @CodeField(AGENCY_CODE, { description: 'Only items of this agency', optional: true })
  owner?: string;

  @QueryIntegerField({ description: 'Only items of this fiscal year', ...YEARS, optional: true })
  year?: number;

  @TextField({
    description: 'Words of name, owner or heading, anywhere in them; diacritics and case make no difference',
    max: 200,
    optional: true,
  })
  q?: string;

  @EnumField(BUDGET_STAGES, { description: 'Only items in this stage', optional: true })
  stage?: BudgetStage;

  @EnumField(ITEM_STATUSES, { description: 'Only items in this status', optional: true })
  status?: ItemStatus;

  @QueryBooleanField({ description: 'Only items in a partnership, or only others', optional: true })
  partnership?: boolean;
}

export class StatusBody {
  @EnumField(ITEM_STATUSES, { description: 'The new status; active resumes a suspended item' })
  status: ItemStatus;

  @TextField({ description: 'Why', max: 4_000, multiline: true, optional: true, nullable: true })
  reason?: string | null;

  @TextField({ description: 'Document that says so', max: 500, optional: true, nullable: true })
  document?: string | null;
}
