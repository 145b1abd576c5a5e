import type { QualityCheckFigures, WrongValues } from '#libs/contracts';

/** What a check found out about one field. */
export interface FieldFigures {
  name: string;
  /** Records with a value in it. */
  filled: number;
  /** Values that break the type or pattern of the field; null: it has none. */
  invalid: number | null;
  /** Values that are not in the code list of the field; null: it has none. */
  unknownCodes: number | null;
  /** Different values; null: not counted. */
  distinct: number | null;
  /** Whether `distinct` was counted; false: estimated. */
  distinctExact: boolean | null;
  /** Smallest and greatest value, as its type orders them. */
  min: string | null;
  max: string | null;
}

/** Results of a check of a database, as a tool sends them. */
export interface CheckContent {
  /** ISO 8601 UTC. */
  checkedAt: string;
  /** Name and version of what made them. */
  tool: string;
  records: number;
  /** Records that have more or fewer cells than there are fields; null: not counted. */
  malformed: number | null;
  /** Places that are no text in the stated encoding; null: not counted. */
  encodingErrors: number | null;
  /** Fields that together tell records apart; []: not known. */
  key: string[];
  /** Records whose key an earlier record has; null: not counted. */
  duplicates: number | null;
  /** When the data itself last changed, where the check can tell; ISO 8601 UTC. */
  dataUpdatedAt: string | null;
  note: string | null;
  fields: FieldFigures[];
}

/**
 * A check in sums.
 *
 * @param mandatory names of the fields that every record must have; null: not declared
 */
export function figuresOf(
  id: string,
  { checkedAt, tool, records, duplicates, fields }: CheckContent,
  mandatory: readonly string[] | null,
): QualityCheckFigures {
  return {
    id,
    checkedAt,
    tool,
    records,
    validity: wrongOf(fields, ({ invalid }) => invalid),
    codes: wrongOf(fields, ({ unknownCodes }) => unknownCodes),
    mandatory: mandatory === null ? null : emptyPlaces(records, fields, mandatory),
    duplicates,
  };
}

/** Over the fields that were compared with something. */
function wrongOf(
  fields: readonly FieldFigures[],
  wrongIn: (field: FieldFigures) => number | null,
): WrongValues | null {
  const compared = fields.filter((field) => wrongIn(field) !== null);
  if (compared.length === 0) return null;
  return {
    values: compared.reduce((sum, { filled }) => sum + filled, 0),
    wrong: compared.reduce((sum, field) => sum + (wrongIn(field) ?? 0), 0),
  };
}

function emptyPlaces(
  records: number,
  fields: readonly FieldFigures[],
  mandatory: readonly string[],
): WrongValues | null {
  const filled = new Map(fields.map((field) => [field.name, field.filled]));
  if (!mandatory.every((name) => filled.has(name))) return null;
  return {
    values: mandatory.length * records,
    wrong: mandatory.reduce((sum, name) => sum + records - (filled.get(name) ?? 0), 0),
  };
}
