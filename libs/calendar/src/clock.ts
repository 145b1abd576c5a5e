import { Injectable } from '@nestjs/common';

/** Deadlines and reporting periods are dates of this time zone. */
export const TIME_ZONE = 'Asia/Ho_Chi_Minh';

const dayFormat = new Intl.DateTimeFormat('en-CA', {
  timeZone: TIME_ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

const HOUR = 3_600_000;
let last = { hour: Number.NaN, day: '' };

/** The calendar day (yyyy-MM-dd) of an instant in Asia/Ho_Chi_Minh. */
export function dayOf(instant: Date): string {
  const hour = Math.floor(instant.getTime() / HOUR);
  // The zone is whole hours away from UTC, so that a day begins with an hour; formatting takes as long as a query is sent.
  if (hour !== last.hour) last = { hour, day: dayFormat.format(instant) };
  return last.day;
}

/**
 * The one source of time; the class itself is the injection token. Business code never calls `new Date()`, so that
 * "overdue" and "due soon" can be tested on any day.
 */
export abstract class Clock {
  /** The present instant. */
  abstract now(): Date;

  /** Today in Asia/Ho_Chi_Minh, yyyy-MM-dd. */
  today(): string {
    return dayOf(this.now());
  }
}

/** The machine's clock. */
@Injectable()
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}

/** A clock that stands still until it is told otherwise; for tests and replays. */
export class FixedClock extends Clock {
  private instant: Date;

  /** @param instant an instant, or a day (yyyy-MM-dd: noon of that day in Asia/Ho_Chi_Minh) */
  constructor(instant: Date | string) {
    super();
    this.instant = toInstant(instant);
  }

  now(): Date {
    return new Date(this.instant);
  }

  set(instant: Date | string): void {
    this.instant = toInstant(instant);
  }
}

function toInstant(instant: Date | string): Date {
  if (instant instanceof Date) return new Date(instant);
  const parsed = new Date(instant.length === 10 ? `${instant}T12:00:00+07:00` : instant);
  if (Number.isNaN(parsed.getTime())) throw new Error(`Not an instant or day: "${instant}"`);
  return parsed;
}
