import { REPORT_STATES, type ReportState } from '#libs/contracts';
import { CodeField, CursorQuery, DateField, kinds, QueryListField, UuidField } from '#libs/http';
import { AGENCY_CODE } from '#libs/reference';

const AS_OF = {
  description: 'As it stood at the end of this day; left out: now',
  optional: true,
  example: '2026-04-20',
};

export class AsOfQuery {
  @DateField(AS_OF)
  asOf?: string;
}

export class ListPeriodsQuery extends CursorQuery {
  @DateField(AS_OF)
  asOf?: string;
}

/** Which reports a count is of. */
export class CountReportsQuery {
  @DateField(AS_OF)
  asOf?: string;

  @CodeField(AGENCY_CODE, { description: 'Only reports of this agency', optional: true })
  agency?: string;

  @UuidField({ description: 'Only reports of this duty', optional: true })
  duty?: string;

  @UuidField({ description: 'Only reports of duties of this directive', optional: true })
  directive?: string;

  @DateField({ description: 'Only periods whose last day is this one or later', optional: true })
  dueFrom?: string;

  @DateField({ description: 'Only periods whose last day is this one or earlier', optional: true })
  dueTo?: string;
}

export class ListReportsQuery extends CursorQuery implements CountReportsQuery {
  @DateField(AS_OF)
  asOf?: string;

  @QueryListField(kinds.oneOf(REPORT_STATES), {
    description: 'Only these states',
    max: REPORT_STATES.length,
    unique: true,
    optional: true,
  })
  state?: ReportState[];

  @CodeField(AGENCY_CODE, { description: 'Only reports of this agency', optional: true })
  agency?: string;

  @UuidField({ description: 'Only reports of this duty', optional: true })
  duty?: string;

  @UuidField({ description: 'Only reports of duties of this directive', optional: true })
  directive?: string;

  @DateField({ description: 'Only periods whose last day is this one or later', optional: true })
  dueFrom?: string;

  @DateField({ description: 'Only periods whose last day is this one or earlier', optional: true })
  dueTo?: string;
}
