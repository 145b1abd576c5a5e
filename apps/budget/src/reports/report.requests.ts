import { CursorQuery, DateField, EnumField, QueryIntegerField } from '#libs/http';
import { YEARS } from '../items/money-by-year.js';
import { type Breakdown, BREAKDOWNS } from './report-money.js';

class AsOfQuery {
  @DateField({ description: 'Day as of which to report; default today', optional: true })
  asOf?: string;
}

export class MoneyReportQuery extends AsOfQuery {
  @QueryIntegerField({ description: 'Only money of this fiscal year', ...YEARS, optional: true })
  year?: number;

  @EnumField(BREAKDOWNS, { description: 'What to break it down by' })
  by: Breakdown;
}

export class DisbursementQuery extends AsOfQuery {
  @QueryIntegerField({ description: 'Fiscal year', ...YEARS })
  year: number;
}

export class LateStepsQuery extends CursorQuery {
  @DateField({ description: 'Day as of which to report; default today', optional: true })
  asOf?: string;
}

export class OverCommitmentsQuery extends LateStepsQuery {
  @QueryIntegerField({ description: 'Only money of this fiscal year', ...YEARS, optional: true })
  year?: number;
}
