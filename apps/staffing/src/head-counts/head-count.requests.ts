import { CursorQuery, DateField, IntegerField, TextField } from '#libs/http';
import { UNITS_EXIST_SINCE } from './head-count-rules.js';

export class HeadCountBody {
  @IntegerField({ description: 'IT staff of the unit, persons', min: 0, max: 1_000, example: 2 })
  itStaff: number;

  @DateField({
    description: 'Day as of which the figure is true: not in the future, not before the units existed',
    min: UNITS_EXIST_SINCE,
    example: '2026-04-20',
  })
  asOf: string;

  @TextField({ description: 'Note', max: 2_000, multiline: true, optional: true, nullable: true })
  note?: string | null;
}

export class ListHeadCountsQuery extends CursorQuery {}
