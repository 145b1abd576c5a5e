/** Vietnam has had one time the year round since 1975. */
const OFFSET = '+07:00';
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const MOMENT = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** An instant as "22/11/2026 14:05:03" in Asia/Ho_Chi_Minh. */
export function showInstant(instant: string): string {
  return MOMENT.format(new Date(instant)).replace(',', '');
}

/** The calendar day (yyyy-MM-dd) of an instant (ms) in Asia/Ho_Chi_Minh. */
export function dayOf(instant: number): string {
  return new Date(instant + 7 * 60 * MINUTE_MS).toISOString().slice(0, 10);
}

/**
 * Reads what people write: "22/11/2026" or "22/11/2026 14:05".
 *
 * @returns `2026-11-22` or `2026-11-22T14:05`; null for what is no day of the calendar
 */
export function readTime(written: string): string | null {
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:\s+(\d{1,2}):(\d{2}))?$/.exec(written.trim());
  if (!match) return null;
  const [, day = '', month = '', year = '', hour, minute = ''] = match;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const local = hour === undefined ? date : `${date}T${hour.padStart(2, '0')}:${minute}`;
  return isTime(local) ? local : null;
}

/** `2026-11-22T14:05` → "22/11/2026 14:05"; what is no such time stays as it is. */
export function showTime(local: string): string {
  if (!isTime(local)) return local;
  const [date = '', time] = local.split('T');
  const day = date.split('-').reverse().join('/');
  return time === undefined ? day : `${day} ${time}`;
}

/** The instant at which a day or minute begins, ISO 8601 UTC. */
export function instantOf(local: string): string {
  return new Date(beginningOf(local)).toISOString();
}

/** The instant at which it is over: "to 14:05" means with all that happened at 14:05. */
export function instantAfter(local: string): string {
  return new Date(beginningOf(local) + (local.includes('T') ? MINUTE_MS : DAY_MS)).toISOString();
}

/** Whether it is a day, or a minute of one, of the calendar. */
export function isTime(local: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$/.test(local)) return false;
  const instant = beginningOf(local);
  // 31 April would become 1 May.
  return !Number.isNaN(instant) && dayOf(instant) === local.slice(0, 10);
}

function beginningOf(local: string): number {
  return Date.parse(`${local.includes('T') ? local : `${local}T00:00`}:00${OFFSET}`);
}
