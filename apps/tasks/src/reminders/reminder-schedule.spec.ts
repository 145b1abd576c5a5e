import { describe, expect, it } from '@jest/globals';
import { WorkingCalendar } from '#libs/calendar';
import { loadReferenceData } from '#libs/reference';
import { DEFAULT_REMINDERS, readReminderSettings } from './reminder-settings.js';
import { ReminderSchedule } from './reminder-schedule.js';

const calendar = new WorkingCalendar(loadReferenceData().holidays);
const schedule = new ReminderSchedule(DEFAULT_REMINDERS, calendar);
const inShort = (lastDay: string, until: string) =>
  schedule.until(lastDay, until).map(({ name, plannedOn }) => `${plannedOn} ${name}`);

describe('the calendar of reminders', () => {
  it('has 5, 3 and 1 working days before the last day, over weekends and holidays', () => {
    // 27/4 (for Hùng Kings' day, a Sunday), 30/4 and 1/5 are days off, as are the first days of Tết 2027.
    expect(inShort('2026-05-05', '2026-05-05')).toEqual([
      '2026-04-23 before-5',
      '2026-04-28 before-3',
      '2026-05-04 before-1',
    ]);
  });

  it('grows while overdue, never falls on a day off, and never ends', () => {
    expect(inShort('2026-06-12', '2027-06-12').slice(3)).toEqual([
      '2026-06-15 overdue-1',
      '2026-06-15 overdue-3',
      '2026-06-19 overdue-7',
      '2026-06-26 overdue-14',
      '2026-07-13 overdue-30',
      '2026-08-11 overdue-60',
      '2026-10-12 overdue-120',
      '2027-02-11 overdue-240',
    ]);
  });

  it('knows the next day, and the last days it has begun for', () => {
    expect(schedule.nextAfter('2026-06-12', '2026-06-15')).toBe('2026-06-19');
    expect(schedule.latestBegun('2026-06-05')).toBe('2026-06-14');
    expect(schedule.until('2026-06-14', '2026-06-05')).toHaveLength(0);
    expect(schedule.until('2026-06-12', '2026-06-05')).toHaveLength(1);
  });
});

describe('settings of reminders', () => {
  it('have defaults, and are put in order', () => {
    expect(readReminderSettings({})).toEqual(DEFAULT_REMINDERS);
    const settings = readReminderSettings({
      REMINDER_WORKING_DAYS_BEFORE: '1, 10',
      REMINDER_DAYS_OVERDUE: '5,2',
      REMINDER_HOUR: '8',
    });
    expect(settings).toMatchObject({ before: [10, 1], overdue: [2, 5], hour: 8 });
  });

  it.each(['', ' '])('take "%s" for not set', (text) => {
    expect(readReminderSettings({ REMINDER_DAYS_OVERDUE: text }).overdue).toEqual(DEFAULT_REMINDERS.overdue);
  });

  it.each(['0', '1,1', 'daily', '1,,2', '1.5', '366'])('refuse "%s"', (text) => {
    expect(() => readReminderSettings({ REMINDER_DAYS_OVERDUE: text })).toThrow('REMINDER_DAYS_OVERDUE');
  });
});
