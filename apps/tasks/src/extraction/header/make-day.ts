import { isDay } from '#libs/calendar';

/** The day (a scanner's "l" and "o" are 1 and 0) of three groups (day, month, year) of a match; null when there is no such day. */
export function makeDay([, day = '', month = '', year = '']: readonly string[]): string | null {
  const digits = (group: string): string => group.replaceAll('l', '1').replaceAll('o', '0');
  const text = `${digits(year)}-${digits(month).padStart(2, '0')}-${digits(day).padStart(2, '0')}`;
  return isDay(text) ? text : null;
}
