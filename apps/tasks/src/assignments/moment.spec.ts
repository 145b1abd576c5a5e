import { describe, expect, it } from '@jest/globals';
import { FixedClock, WorkingCalendar } from '#libs/calendar';
import { loadReferenceData } from '#libs/reference';
import { dueSoonBounds, Moments } from './moment.js';

const calendar = new WorkingCalendar(loadReferenceData().holidays);

describe('dueSoonBounds', () => {
  it.each(['2026-02-10', '2026-04-24', '2026-04-25', '2026-12-31'])(
    'gives for each threshold what the calendar says: %s',
    (day) => {
      const bounds = dueSoonBounds(day, calendar);
      expect(bounds).toEqual(bounds.map((_, left) => calendar.lastDayWithin(day, left)));
      expect(bounds).toHaveLength(61);
    },
  );
});

describe('Moments', () => {
  it('takes today for the present, and refuses the future', () => {
    const moments = new Moments(new FixedClock('2026-04-20'), calendar);
    expect(moments.at(undefined)).toMatchObject({ day: '2026-04-20', live: true });
    expect(moments.at('2026-04-20').live).toBe(true);
    expect(moments.at('2026-04-19')).toMatchObject({ day: '2026-04-19', live: false });
    expect(() => moments.at('2026-04-21')).toThrow('validation-failed');
  });
});
