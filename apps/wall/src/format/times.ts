const TIME_ZONE = 'Asia/Ho_Chi_Minh';

const PARTS = new Intl.DateTimeFormat('en-GB', {
  timeZone: TIME_ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

interface LocalTime {
  year: string;
  month: string;
  day: string;
  hour: string;
  minute: string;
}

function localTime(instant: number): LocalTime {
  const local: LocalTime = { year: '', month: '', day: '', hour: '', minute: '' };
  for (const { type, value } of PARTS.formatToParts(instant)) {
    if (type in local) local[type as keyof LocalTime] = value;
  }
  return local;
}

/** An instant (ms) as "14:05" in Asia/Ho_Chi_Minh. */
export function formatTime(instant: number): string {
  const { hour, minute } = localTime(instant);
  return `${hour}:${minute}`;
}

/** An instant (ms) as "22/11/2026" in Asia/Ho_Chi_Minh. */
export function formatDate(instant: number): string {
  const { day, month, year } = localTime(instant);
  return `${day}/${month}/${year}`;
}

/** A calendar date, "2026-11-22" → "22/11/2026". */
export function formatDay(day: string): string {
  return day.split('-').reverse().join('/');
}

/** When something happened, as short as it stays clear: "14:05" today, "20/11" this year, else "20/11/2025". */
export function formatMoment(instant: number, now: number): string {
  const then = localTime(instant);
  const today = localTime(now);
  if (then.year !== today.year) return `${then.day}/${then.month}/${then.year}`;
  if (then.day !== today.day || then.month !== today.month) return `${then.day}/${then.month}`;
  return `${then.hour}:${then.minute}`;
}

/** A point from which data is old, to the minute: "14:05" today, else "14:05 20/11" or "14:05 20/11/2025". */
export function formatMinute(instant: number, now: number): string {
  const moment = formatMoment(instant, now);
  const time = formatTime(instant);
  return moment === time ? time : `${time} ${moment}`;
}

const HOUR_MS = 3_600_000;

/** How long something has lasted, in whole days, below one day in hours: "12 ngày", "5 giờ". */
export function formatAge(since: number, now: number): string {
  const hours = Math.max(0, Math.floor((now - since) / HOUR_MS));
  return hours < 24 ? `${hours} giờ` : `${Math.floor(hours / 24)} ngày`;
}

/** ISO 8601 → ms; null for null or for what is no time. */
export function instantOf(iso: string | null): number | null {
  if (iso === null) return null;
  const instant = Date.parse(iso);
  return Number.isNaN(instant) ? null : instant;
}
