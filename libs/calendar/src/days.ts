/** A calendar day as text, yyyy-MM-dd; such texts sort and compare like the days they name. */
export type Day = string;

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MILLISECONDS = 86_400_000;

/** Whether the text names a day that exists ("2027-02-29" does not). */
export function isDay(text: string): boolean {
  const match = DAY.exec(text);
  return match !== null && makeDay(Number(match[1]), Number(match[2]), Number(match[3])) === text;
}

/** @returns the day, or null when the calendar has no such day */
export function makeDay(year: number, month: number, day: number): Day | null {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

export function lastDayOfMonth(year: number, month: number): Day {
  return fromUtc(Date.UTC(year, month, 0));
}

/** @param count days to go on; negative: back. @throws RangeError when `day` is not a day */
export function addDays(day: Day, count: number): Day {
  return fromUtc(toUtc(day) + count * MILLISECONDS);
}

/** Whole days from the first to the second; negative when the second is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return (toUtc(to) - toUtc(from)) / MILLISECONDS;
}

/** The same day of the month `count` months on, or that month's last day where it has no such day. */
export function addMonths(day: Day, count: number): Day {
  const start = new Date(toUtc(day));
  const month = start.getUTCMonth() + count;
  const lastDay = new Date(Date.UTC(start.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return fromUtc(Date.UTC(start.getUTCFullYear(), month, Math.min(start.getUTCDate(), lastDay)));
}

/** Saturday or Sunday. */
export function isWeekend(day: Day): boolean {
  const weekday = new Date(toUtc(day)).getUTCDay();
  return weekday === 0 || weekday === 6;
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function toUtc(day: Day): number {
  if (!isDay(day)) throw new RangeError(`"${day}" is not a day (yyyy-MM-dd)`);
  return Date.parse(`${day}T00:00:00Z`);
}

function fromUtc(time: number): Day {
  return new Date(time).toISOString().slice(0, 10);
}
