import { BUDGET_ITEM_KINDS, type BudgetItemKind, type BudgetItemState } from '#libs/contracts';
import {
  AgencyView,
  BooleanField,
  EnumField,
  IntegerField,
  MoneyField,
  ObjectField,
  SourceBody,
  TextField,
  UuidField,
} from '#libs/http';
import { TermBody } from './item.requests.js';
import { MoneyByYearField } from './money-by-year.js';

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
}
