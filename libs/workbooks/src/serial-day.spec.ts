import { describe, expect, it } from '@jest/globals';
import { dayOfSerial } from './serial-day.js';

describe('the number of a date cell', () => {
  it('is a day', () => {
    expect(dayOfSerial('46132')).toBe('2026-04-20');
    expect(dayOfSerial('46132.0')).toBe('2026-04-20');
    expect(dayOfSerial('61')).toBe('1900-03-01');
    expect(dayOfSerial('44670', true)).toBe('2026-04-20');
  });

  it('is none with an hour, before the leap day that never was, or beyond the calendar', () => {
    expect(['46132.5', '60', '-1', '2958466', '1e5', ''].map((text) => dayOfSerial(text))).toEqual(
      Array(6).fill(null),
    );
  });
});
