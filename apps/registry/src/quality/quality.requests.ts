import { UPDATE_FREQUENCIES, type UpdateFrequency } from '#libs/contracts';
import {
  CodeField,
  CursorQuery,
  EnumField,
  fieldProblem,
  InstantField,
  IntegerField,
  kinds,
  ListField,
  QueryBooleanField,
  TextField,
} from '#libs/http';
import { AGENCY_CODE } from '#libs/reference';
import type { CheckContent } from './check-figures.js';
import { FieldFiguresView } from './check.view.js';

const MAX_COUNT = 1_000_000_000_000;

/** Fields of a table have names of at most this many characters. */
const FIELD_NAME = kinds.text({ max: 200 });

export class FreshnessBody {
  @EnumField(UPDATE_FREQUENCIES, {
    description: 'How often new data comes; irregular: nobody promises when; null: not determined',
    nullable: true,
  })
  frequency: UpdateFrequency | null;

  @IntegerField({
    description: 'Hours by which data may be late; null: a quarter of the period, at least one hour',
    min: 0,
    max: 8_784,
    optional: true,
    nullable: true,
  })
  toleranceHours?: number | null;
}

export class ExpectationsBody {
  @IntegerField({
    description: 'Records that there should be; null: not determined',
    min: 1,
    max: MAX_COUNT,
    optional: true,
    nullable: true,
  })
  expectedRecords?: number | null;

  @ListField(FIELD_NAME, {
    description: 'Fields that every record must have, [] for none; null: not determined',
    max: 1_000,
    unique: true,
    optional: true,
    nullable: true,
  })
  mandatoryFields?: string[] | null;

  @IntegerField({
    description: 'Share that may be wrong, in ten thousandths (100 is 1 %); null: 100',
    min: 0,
    max: 10_000,
    optional: true,
    nullable: true,
  })
  allowedErrors?: number | null;
}

export class ArrivalBody {
  @InstantField({ description: 'When the data arrived; not in the future; otherwise now', optional: true })
  arrivedAt?: string;

  @IntegerField({
    description: 'How many records came',
    min: 0,
    max: MAX_COUNT,
    optional: true,
    nullable: true,
  })
  records?: number | null;
}

/** Results of a check; what `npm run profile` prints. */
export class CheckBody {
  @InstantField({ description: 'When it was checked; not in the future' })
  checkedAt: string;

  @TextField({ description: 'Tool that checked, with its version', max: 200 })
  tool: string;

  @IntegerField({ description: 'Records that were looked at', min: 0, max: MAX_COUNT })
  records: number;

  @IntegerField({
    description: 'Records with more or fewer cells than there are fields; null: not counted',
    min: 0,
    max: MAX_COUNT,
    optional: true,
    nullable: true,
  })
  malformed?: number | null;

  @IntegerField({
    description: 'Places that are no text in the stated encoding; null: not counted',
    min: 0,
    max: MAX_COUNT,
    optional: true,
    nullable: true,
  })
  encodingErrors?: number | null;

  @ListField(FIELD_NAME, {
    description: 'Fields that together tell records apart',
    max: 20,
    unique: true,
    optional: true,
  })
  key: string[] = [];

  @IntegerField({
    description: 'Records whose key an earlier record has; null: not counted',
    min: 0,
    max: MAX_COUNT,
    optional: true,
    nullable: true,
  })
  duplicates?: number | null;

  @InstantField({
    description: 'When the data itself last changed, where the check can tell: counts as an arrival',
    optional: true,
    nullable: true,
  })
  dataUpdatedAt?: string | null;

  @TextField({ description: 'Note', max: 4_000, multiline: true, optional: true, nullable: true })
  note?: string | null;

  @ListField(kinds.object(() => FieldFiguresView), { description: 'What was found, by field', max: 1_000 })
  fields: FieldFiguresView[];
}

export class ListQualityQuery extends CursorQuery {
  @CodeField(AGENCY_CODE, { description: 'Only databases of this owner', optional: true })
  owner?: string;

  @QueryBooleanField({
    description: 'true: only those whose data is late against the declared frequency; false: all others',
    optional: true,
  })
  stale?: boolean;
}

export class ListChecksQuery extends CursorQuery {}

/** @throws problem `validation-failed` for figures that cannot be */
export function checkOf(body: CheckBody): CheckContent {
  const { checkedAt, tool, records, malformed, encodingErrors, key, duplicates, dataUpdatedAt, note } = body;
  const fields = body.fields.map((field, index) => {
    const { name, filled, invalid, unknownCodes, distinct, distinctExact, min, max } = field;
    refuseMore(`fields[${index}].filled`, filled, records);
    refuseMore(`fields[${index}].invalid`, invalid, filled);
    refuseMore(`fields[${index}].unknownCodes`, unknownCodes, filled);
    return { name, filled, invalid, unknownCodes, distinct, distinctExact, min, max };
  });
  refuseMore('malformed', malformed, records);
  refuseMore('duplicates', duplicates, records);
  if (new Set(fields.map(({ name }) => name)).size < fields.length) {
    throw fieldProblem({ field: 'fields', code: 'duplicate' });
  }
  if (duplicates != null && key.length === 0) throw fieldProblem({ field: 'key', code: 'required' });
  return {
    checkedAt,
    tool,
    records,
    malformed: malformed ?? null,
    encodingErrors: encodingErrors ?? null,
    key,
    duplicates: duplicates ?? null,
    dataUpdatedAt: dataUpdatedAt ?? null,
    note: note ?? null,
    fields,
  };
}

function refuseMore(field: string, count: number | null | undefined, max: number): void {
  if (count != null && count > max) throw fieldProblem({ field, code: 'too-large', parameters: { max } });
}
