import { addDays, daysBetween, type Day, lastDayOfMonth, makeDay } from '#libs/calendar';
import type { ReportRule } from '#libs/contracts';

/** A period as its rule makes it. */
export interface DuePeriod {
  /** Counts from 1. */
  number: number;
  label: string;
  /** The day after the last day of the period before; of the first one the day on which the duty begins. */
  opensOn: Day;
  /** Date as written. */
  date: Day;
  /** Last day that is in time. */
  lastDay: Day;
  /** First instant that is too late. */
  deadline: Date;
}

/** Offset of Asia/Ho_Chi_Minh, which has no summer time. */
const OFFSET = '+07:00';
const DAYS_OF_WEEK = 7;

/**
 * The periods of a duty, first one first; without an end, unless the rule is for once. A written date does not move
 * when it is a day off (the rule of Civil Code art. 148.5 is about periods without a written end), and neither does the
 * end of "every two weeks": period k ends 14 × k days after the day on which the duty begins, so that the days stay the
 * same for everybody the whole year.
 */
export function* duePeriods(rule: ReportRule, startsOn: Day): Generator<DuePeriod> {
  let [number, opensOn] = [1, startsOn];
  for (const date of writtenDates(rule, startsOn)) {
    const lastDay = 'before' in rule && rule.before ? addDays(date, -1) : date;
    if (lastDay < startsOn) continue;
    const label = labelOf(rule, { number, opensOn, lastDay });
    yield { number, label, opensOn, date, lastDay, deadline: deadlineOf(lastDay, rule.time) };
    number += 1;
    opensOn = addDays(lastDay, 1);
  }
}

/** The first instant that is too late for a last day; `time` (HH:mm) ends it earlier. */
export function deadlineOf(lastDay: Day, time: string | null): Date {
  return time === null ? startOf(addDays(lastDay, 1)) : instantAt(lastDay, time);
}

/** The instant at which a day begins in Asia/Ho_Chi_Minh. */
export function startOf(day: Day): Date {
  return instantAt(day, '00:00');
}

/** @param time HH:mm in Asia/Ho_Chi_Minh */
export function instantAt(day: Day, time: string): Date {
  return new Date(`${day}T${time}:00${OFFSET}`);
}

/** Dates that the rule names, from about the beginning of the duty on. */
function* writtenDates(rule: ReportRule, startsOn: Day): Generator<Day> {
  switch (rule.kind) {
    case 'once':
      yield rule.date;
      return;
    case 'weeks':
      for (let count = 1; ; count += 1) yield addDays(startsOn, DAYS_OF_WEEK * rule.weeks * count);
    case 'weekly': {
      const first = addDays(startsOn, (rule.weekday - weekdayOf(startsOn) + DAYS_OF_WEEK) % DAYS_OF_WEEK);
      for (let count = 0; ; count += 1) yield addDays(first, DAYS_OF_WEEK * count);
    }
    case 'monthly':
      for (const month of monthsFrom(startsOn)) yield dayIn(month, rule.day);
      return;
    case 'quarterly':
      for (const month of monthsFrom(startsOn)) {
        if ((month.month - rule.month) % 3 === 0) yield dayIn(month, rule.day);
      }
  }
}

interface Month {
  year: number;
  /** 1–12 */
  month: number;
}

function* monthsFrom(day: Day): Generator<Month> {
  let [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  for (;;) {
    yield { year, month };
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
}

function dayIn({ year, month }: Month, day: number | null): Day {
  return (day === null ? null : makeDay(year, month, day)) ?? lastDayOfMonth(year, month);
}

/** A Monday. */
const MONDAY = '2024-01-01';

/** 1 (Monday) to 7 (Sunday). */
function weekdayOf(day: Day): number {
  return (((daysBetween(MONDAY, day) % DAYS_OF_WEEK) + DAYS_OF_WEEK) % DAYS_OF_WEEK) + 1;
}

function labelOf(
  rule: ReportRule,
  { number, opensOn, lastDay }: Pick<DuePeriod, 'number' | 'opensOn' | 'lastDay'>,
): string {
  const [year, month] = [lastDay.slice(0, 4), Number(lastDay.slice(5, 7))];
  switch (rule.kind) {
    case 'once':
      return `Báo cáo một lần, hạn ${written(lastDay)}`;
    case 'monthly':
      return `Tháng ${month}/${year}`;
    case 'quarterly':
      return `Quý ${['I', 'II', 'III', 'IV'][Math.ceil(month / 3) - 1]!}/${year}`;
    default:
      return `Kỳ ${number} (từ ngày ${written(opensOn)} đến ngày ${written(lastDay)})`;
  }
}

/** "07/4/2026": as Decree 30/2020/NĐ-CP writes dates, a zero before days under 10 and before January and February. */
export function written(day: Day): string {
  const [year, month, date] = day.split('-') as [string, string, string];
  return `${date}/${Number(month) < 3 ? month : String(Number(month))}/${year}`;
}
