import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { addDays, addMonths, daysBetween, isDay, lastDayOfMonth, makeDay, WorkingCalendar } from './index.js';
import type { SpecialDay } from './index.js';

const file = new URL('../../reference/data/holidays.json', import.meta.url);
const { days } = JSON.parse(readFileSync(file, 'utf8')) as { days: SpecialDay[] };
const calendar = new WorkingCalendar(days);

describe('days', () => {
  it('knows which days exist', () => {
    expect(['2028-02-29', '2026-12-31'].map(isDay)).toEqual([true, true]);
    expect(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '20260101', ''].map(isDay)).toEqual([
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(makeDay(2026, 4, 31)).toBeNull();
    expect(makeDay(2026, 4, 0)).toBeNull();
  });

  it('counts over months, years and leap days', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
    expect(daysBetween('2026-04-20', '2026-05-14')).toBe(24);
    expect(daysBetween('2026-05-14', '2026-04-20')).toBe(-24);
    expect(lastDayOfMonth(2028, 2)).toBe('2028-02-29');
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2026-11-30', 3)).toBe('2027-02-28');
  });

  it('refuses what is no day', () => {
    expect(() => addDays('20/4/2026', 1)).toThrow(RangeError);
    expect(() => daysBetween('2026-04-20', '2026-02-30')).toThrow(RangeError);
  });
});

describe('working days', () => {
  it.each([
    ['2026-04-24', true, 'a Friday'],
    ['2026-04-25', false, 'a Saturday'],
    ['2026-04-27', false, 'the Monday off for the Hùng Kings’ day on a Sunday'],
    ['2026-08-22', true, 'a Saturday worked to make up for 31/8'],
    ['2026-08-31', false, 'the day it makes up for'],
    ['2026-11-24', false, 'Vietnam Culture Day, a holiday from 2026'],
    ['2027-02-10', false, 'the fifth day of Tết Đinh Mùi'],
    ['2028-01-03', true, 'a Monday of a year whose holidays are not known'],
    ['2028-01-01', false, 'a Saturday of such a year'],
  ])('%s: %s, %s', (day, working) => {
    expect(calendar.isWorkingDay(day)).toBe(working);
  });

  it('says which years it knows the holidays of', () => {
    expect(
      ['2025-06-01', '2026-06-01', '2027-06-01', '2028-06-01'].map((day) => calendar.knowsYear(day)),
    ).toEqual([false, true, true, false]);
  });

  it('adds and takes away working days', () => {
    expect(calendar.addWorkingDays('2026-04-24', 1)).toBe('2026-04-28');
    expect(calendar.addWorkingDays('2026-04-24', 3)).toBe('2026-05-04');
    expect(calendar.addWorkingDays('2026-05-04', -3)).toBe('2026-04-24');
    expect(calendar.addWorkingDays('2026-04-25', 0)).toBe('2026-04-25');
    expect(calendar.addWorkingDays('2026-08-21', 1)).toBe('2026-08-22');
    expect(() => calendar.addWorkingDays('2026-04-24', 1.5)).toThrow(RangeError);
  });

  it('counts those after the first day up to the last', () => {
    expect(calendar.workingDaysBetween('2026-04-24', '2026-04-28')).toBe(1);
    expect(calendar.workingDaysBetween('2026-04-24', '2026-04-27')).toBe(0);
    expect(calendar.workingDaysBetween('2026-02-13', '2026-02-23')).toBe(1);
    expect(calendar.workingDaysBetween('2026-04-28', '2026-04-24')).toBe(-1);
    expect(calendar.workingDaysBetween('2026-04-24', '2026-04-24')).toBe(0);
  });

  it('gives the last day with at most so many working days left', () => {
    // Wednesday to Monday: Thursday and Monday are working days; the weekend and the Monday off count for nothing.
    expect(calendar.lastDayWithin('2026-04-22', 2)).toBe('2026-04-27');
    expect(calendar.workingDaysBetween('2026-04-22', '2026-04-27')).toBe(2);
    expect(calendar.workingDaysBetween('2026-04-22', '2026-04-28')).toBe(3);
    expect(calendar.lastDayWithin('2026-04-22', 0)).toBe('2026-04-22');
  });
});

describe('endOfPeriod (Civil Code art. 147–148)', () => {
  it('does not count the day of the event', () => {
    expect(calendar.endOfPeriod('2026-03-02', { days: 10 })).toBe('2026-03-12');
  });

  it('ends on the next working day when the last day is a day off', () => {
    expect(calendar.endOfPeriod('2026-04-15', { days: 10 })).toBe('2026-04-28');
    expect(calendar.endOfPeriod('2026-02-09', { weeks: 1 })).toBe('2026-02-23');
    expect(calendar.endOfPeriod('2026-08-12', { days: 10 })).toBe('2026-08-22');
  });

  it('ends weeks, months and years on the corresponding day, or the last of the month', () => {
    expect(calendar.endOfPeriod('2026-03-02', { weeks: 2 })).toBe('2026-03-16');
    expect(calendar.endOfPeriod('2026-08-31', { months: 1 })).toBe('2026-09-30');
    expect(calendar.endOfPeriod('2026-03-02', { years: 1 })).toBe('2027-03-02');
  });

  it('counts periods of working days in working days', () => {
    expect(calendar.endOfPeriod('2026-04-24', { workingDays: 5 })).toBe('2026-05-06');
  });
});
