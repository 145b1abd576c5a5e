import { describe, expect, it } from '@jest/globals';
import {
  formatAge,
  formatDate,
  formatDay,
  formatMinute,
  formatMoment,
  formatTime,
  instantOf,
} from './times.js';

/** 22/11/2026, 00:05 in Khánh Hòa; still the day before in UTC. */
const NOW = Date.parse('2026-11-21T17:05:00Z');

describe('times in Asia/Ho_Chi_Minh', () => {
  it('writes the clock, also just after midnight', () => {
    expect(`${formatTime(NOW)} · ${formatDate(NOW)}`).toBe('00:05 · 22/11/2026');
  });

  it('writes a calendar date without moving it to another day', () => {
    expect(formatDay('2026-02-12')).toBe('12/02/2026');
  });

  it.each([
    ['2026-11-21T17:01:00Z', '00:01', '00:01'],
    ['2026-11-21T16:59:00Z', '21/11', '23:59 21/11'],
    ['2026-01-31T02:00:00Z', '31/01', '09:00 31/01'],
    ['2025-12-31T16:59:00Z', '31/12/2025', '23:59 31/12/2025'],
    // The new year begins at 17:00 UTC.
    ['2025-12-31T17:00:00Z', '01/01', '00:00 01/01'],
  ])('writes %s as short as it stays clear', (iso, moment, minute) => {
    expect(formatMoment(Date.parse(iso), NOW)).toBe(moment);
    expect(formatMinute(Date.parse(iso), NOW)).toBe(minute);
  });

  it.each([
    ['2026-11-21T16:06:00Z', '0 giờ'],
    ['2026-11-20T17:06:00Z', '23 giờ'],
    ['2026-11-20T17:05:00Z', '1 ngày'],
    ['2026-11-09T17:06:00Z', '11 ngày'],
    // A clock that is a little ahead.
    ['2026-11-21T17:06:00Z', '0 giờ'],
  ])('writes how long it is since %s as %s', (iso, age) => {
    expect(formatAge(Date.parse(iso), NOW)).toBe(age);
  });

  it('takes no time for no time', () => {
    expect(instantOf(null)).toBeNull();
    expect(instantOf('soon')).toBeNull();
    expect(instantOf('2026-11-21T17:05:00Z')).toBe(NOW);
  });
});
