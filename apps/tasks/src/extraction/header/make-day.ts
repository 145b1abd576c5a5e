import { isDay } from '#libs/calendar';

/** The day of three groups (day, month, year) of a match; null when there is no such day. */
export function makeDay([, day = '', month = '', year = '']: readonly string[]): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(text) ? text : null;
}
