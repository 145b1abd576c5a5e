import { MONEY_FORMS, MONEY_SOURCES, type MoneyForm, type MoneySource, STATE_SOURCES } from '#libs/contracts';
import { EnumField, IntegerField, kinds, ListField, MoneyField } from '#libs/http';
import { MAX_MONEY } from '../items/item-money.js';
import { YEARS } from '../items/money-by-year.js';

export class PlannedLineBody {
  @EnumField(MONEY_SOURCES, { description: 'Where the money comes from' })
  source: MoneySource;

  @IntegerField({ description: 'Fiscal year; null: not assigned to a year yet', ...YEARS, nullable: true })
  year: number | null;

  @EnumField(MONEY_FORMS, { description: 'Cash, or in kind', optional: true, default: 'cash' })
  form?: MoneyForm;

  @MoneyField({ description: 'Planned, đồng', max: MAX_MONEY })
  planned: number;
}

/** Where the money of an item comes from: every line, source by year. */
export class FundingBody {
  @MoneyField({
    description:
      'Total cost of a project that the lines add up to; default: as it is, or what they add up to',
    max: MAX_MONEY,
    optional: true,
  })
  totalCost?: number;

  @ListField(kinds.object(() => PlannedLineBody), {
    description: 'The whole plan; a line that is left out goes, unless it has entries',
    max: 200,
  })
  lines: PlannedLineBody[];

  @EnumField(STATE_SOURCES, {
    description:
      'Source that the figures belong to which an activity has as reported; they go into the ledger',
    optional: true,
  })
  statedSource?: MoneySource;
}
