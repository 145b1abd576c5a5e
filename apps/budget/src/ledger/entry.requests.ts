import { MONEY_CHAIN, type MoneyStep } from '#libs/contracts';
import {
  BooleanField,
  CursorQuery,
  DateField,
  EnumField,
  MoneyField,
  QueryIntegerField,
  TextField,
  UuidField,
} from '#libs/http';
import { MAX_MONEY } from '../items/item-money.js';
import { YEARS } from '../items/money-by-year.js';

class GroundBody {
  @TextField({ description: 'Document that says so: number, symbol and issuer', max: 500 })
  document: string;

  @DateField({ description: 'Date of the document', optional: true, nullable: true })
  documentDate?: string | null;

  @DateField({ description: 'Day on which it takes effect, not after today; default today', optional: true })
  effectiveOn?: string;
}

export class EntryBody extends GroundBody {
  @UuidField({ description: 'Line that the money is entered into' })
  lineId: string;

  @EnumField(MONEY_CHAIN, { description: 'Step of the chain' })
  step: MoneyStep;

  @MoneyField({ description: 'Amount added to the step, đồng', min: 1, max: MAX_MONEY })
  amount: number;

  @BooleanField({
    description: 'The document allows to allocate more than was approved; for allocations only',
    optional: true,
  })
  overGrant?: boolean;

  @TextField({ description: 'Note', max: 4_000, multiline: true, optional: true, nullable: true })
  reason?: string | null;
}

export class ReversalBody extends GroundBody {
  @TextField({ description: 'Why the entry is taken back', max: 4_000, multiline: true })
  reason: string;
}

export class ListEntriesQuery extends CursorQuery {
  @UuidField({ description: 'Only entries of this item', optional: true })
  item?: string;

  @UuidField({ description: 'Only entries of this line', optional: true })
  line?: string;

  @EnumField(MONEY_CHAIN, { description: 'Only entries of this step', optional: true })
  step?: MoneyStep;

  @QueryIntegerField({ description: 'Only entries of lines of this fiscal year', ...YEARS, optional: true })
  year?: number;

  @DateField({ description: 'Only entries that took effect on or before this day', optional: true })
  asOf?: string;
}
