import { CursorQuery, DateField, EnumField } from '#libs/http';
import { PERIOD_UNITS, type PeriodUnit } from './periods.js';

export class ScoreboardQuery extends CursorQuery {
  @DateField({
    description: 'First day of the window in which what happened is counted; left out: from the beginning',
    optional: true,
  })
  from?: string;

  @DateField({ description: 'Last day of the window; left out: asOf', optional: true })
  to?: string;

  @DateField({
    description: 'End of which day is looked at; not in the future. Left out: the end of the window, or now',
    optional: true,
  })
  asOf?: string;
}

export class PeriodsQuery extends ScoreboardQuery {
  @EnumField(PERIOD_UNITS, { description: 'What is compared', optional: true, default: 'month' })
  unit: PeriodUnit = 'month';
}
