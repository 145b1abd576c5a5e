import { addDays, addMonths, isWeekend, type Day } from './days.js';

/** A day that differs from the plain week from Monday to Friday. */
export interface SpecialDay {
  date: Day;
  /** off: no work; work: a weekend day worked to make up for another. */
  kind: 'off' | 'work';
}

/** Length of a period; exactly as documents give it. */
export type Period =
  { days: number } | { workingDays: number } | { weeks: number } | { months: number } | { years: number };

/**
 * Working days of civil servants: Monday to Friday, less the days off, plus the weekend days worked to make up. The
 * special days are given as data; the reference file knows 2026 and 2027, and for any other year only weekends count
 * as days off ({@link WorkingCalendar.knowsYear} tells).
 */
export class WorkingCalendar {
  private readonly special = new Map<Day, SpecialDay['kind']>();
  private readonly years = new Set<string>();

  constructor(specialDays: readonly SpecialDay[]) {
    for (const { date, kind } of specialDays) {
      this.special.set(date, kind);
      this.years.add(date.slice(0, 4));
    }
  }

  /** Whether public holidays of the day's year are known; without them only weekends are days off. */
  knowsYear(day: Day): boolean {
    return this.years.has(day.slice(0, 4));
  }

  isWorkingDay(day: Day): boolean {
    const kind = this.special.get(day);
    return kind === undefined ? !isWeekend(day) : kind === 'work';
  }

  /** The day itself when it is a working day, else the next one. */
  workingDayOnOrAfter(day: Day): Day {
    let current = day;
    while (!this.isWorkingDay(current)) current = addDays(current, 1);
    return current;
  }

  /**
   * The n-th working day after `day` (before it when negative); `day` itself is not counted, 0 gives it back.
   * @throws RangeError when `count` is not a whole number
   */
  addWorkingDays(day: Day, count: number): Day {
    if (!Number.isInteger(count)) throw new RangeError(`${count} is not a whole number of working days`);
    const step = Math.sign(count);
    let current = day;
    for (let left = Math.abs(count); left > 0;) {
      current = addDays(current, step);
      if (this.isWorkingDay(current)) left -= 1;
    }
    return current;
  }

  /**
   * Working days after `from` up to and including `to`: those that are left on the evening of `from` until the end of
   * `to`. Negative when `to` is earlier.
   */
  workingDaysBetween(from: Day, to: Day): number {
    if (to < from) return -this.workingDaysBetween(to, from);
    let count = 0;
    for (let day = from; day < to;) {
      day = addDays(day, 1);
      if (this.isWorkingDay(day)) count += 1;
    }
    return count;
  }

  /** The last day on which at most `count` working days are left, seen from `today`. */
  lastDayWithin(today: Day, count: number): Day {
    return addDays(this.addWorkingDays(today, count + 1), -1);
  }

  /**
   * Last day of a period that begins with an event on `start` (Civil Code 2015): the day of the event is not counted
   * (art. 147.2, 147.3); weeks, months and years end on the corresponding day, or on the month's last day where there
   * is none (art. 148.3, 148.4); a last day that is a day off moves to the next working day (art. 148.5).
   * For periods only: a date that a document states stays as stated.
   */
  endOfPeriod(start: Day, period: Period): Day {
    if ('workingDays' in period) return this.addWorkingDays(start, period.workingDays);
    return this.workingDayOnOrAfter(lastDayOfPeriod(start, period));
  }
}

function lastDayOfPeriod(start: Day, period: Exclude<Period, { workingDays: number }>): Day {
  if ('days' in period) return addDays(start, period.days);
  if ('weeks' in period) return addDays(start, 7 * period.weeks);
  if ('months' in period) return addMonths(start, period.months);
  return addMonths(start, 12 * period.years);
}
