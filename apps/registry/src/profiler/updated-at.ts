import { isDay } from '#libs/calendar';
import type { FieldFigures } from '../quality/check-figures.js';
import { ProfileError } from './profile-plan.js';

const INSTANT =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)\d*(Z|[+-]\d{2}(?::?\d{2})?)?$/;
const LOCAL_OFFSET = '+07:00';

/**
 * The greatest value of a field as an instant, ISO 8601 UTC: a day is its beginning, and what has no time zone is of
 * Asia/Ho_Chi_Minh. Null: the field is empty.
 *
 * @throws ProfileError when there is no such field, or its greatest value is no time
 */
export function latestIn(fields: readonly FieldFigures[], name: string): string | null {
  const field = fields.find((one) => one.name === name);
  if (!field) throw new ProfileError(`--updated-field: there is no field "${name}"`);
  if (field.max === null) return null;
  const instant = instantOf(field.max);
  if (instant === null) {
    throw new ProfileError(
      `--updated-field: "${field.max}" of "${name}" is no day or instant; give the field its type in the plan`,
    );
  }
  return instant;
}

function instantOf(text: string): string | null {
  if (isDay(text)) return new Date(`${text}T00:00:00${LOCAL_OFFSET}`).toISOString();
  const [, day, time, zone = LOCAL_OFFSET] = INSTANT.exec(text) ?? [];
  if (day === undefined || time === undefined || !isDay(day)) return null;
  const offset = /^[+-]\d{2}$/.test(zone) ? `${zone}:00` : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const instant = new Date(`${day}T${time}${offset}`);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}
