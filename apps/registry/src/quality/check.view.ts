import { BooleanField, InstantField, IntegerField, kinds, ListField, TextField, UuidField } from '#libs/http';
import type { FieldFigures } from './check-figures.js';
import type { QualityCheck } from './quality.service.js';

const MAX_COUNT = 1_000_000_000_000;

/** How many of something. */
export const count = (description: string) => IntegerField({ description, min: 0, max: MAX_COUNT });

/** How many of something, or null. */
export const optionalCount = (description: string) =>
  IntegerField({ description, min: 0, max: MAX_COUNT, nullable: true });

export class FieldFiguresView implements FieldFigures {
  @TextField({ description: 'Name of the field', max: 200 })
  name: string;

  @count('Records with a value in it')
  filled: number;

  @optionalCount('Values that break its type or pattern; null: it has none')
  invalid: number | null;

  @optionalCount('Values that are not in its code list; null: it has none')
  unknownCodes: number | null;

  @optionalCount('Different values; null: not counted')
  distinct: number | null;

  @BooleanField({ description: 'Whether they were counted; false: estimated', nullable: true })
  distinctExact: boolean | null;

  @TextField({ description: 'Smallest value', max: 200, min: 0, multiline: true, nullable: true })
  min: string | null;

  @TextField({ description: 'Greatest value', max: 200, min: 0, multiline: true, nullable: true })
  max: string | null;
}

export class CheckView implements QualityCheck {
  @UuidField({ description: 'Identifier' })
  id: string;

  @InstantField({ description: 'When it was checked' })
  checkedAt: string;

  @TextField({ description: 'Tool that checked', max: 200 })
  tool: string;

  @count('Records that were looked at')
  records: number;

  @optionalCount('Records with more or fewer cells than there are fields')
  malformed: number | null;

  @optionalCount('Places that are no text in the stated encoding')
  encodingErrors: number | null;

  @ListField(kinds.text({ max: 200 }), { description: 'Fields that tell records apart', max: 20 })
  key: string[];

  @optionalCount('Records whose key an earlier record has')
  duplicates: number | null;

  @InstantField({ description: 'When the data itself last changed', nullable: true })
  dataUpdatedAt: string | null;

  @TextField({ description: 'Note', max: 4_000, nullable: true })
  note: string | null;

  @ListField(kinds.object(() => FieldFiguresView), { description: 'What was found, by field', max: 1_000 })
  fields: FieldFiguresView[];

  @TextField({ description: 'Agency that sent it', max: 64, nullable: true })
  agency: string | null;

  @InstantField({ description: 'When it was recorded' })
  receivedAt: string;
}
