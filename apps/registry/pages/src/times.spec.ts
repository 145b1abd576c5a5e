import { describe, expect, it } from '@jest/globals';
import { dayOf, instantAfter, instantOf, readTime, showInstant, showTime } from './times.js';

describe('times as people of Asia/Ho_Chi_Minh write and read them', () => {
  it.each([
    ['22/11/2026', '2026-11-22'],
    [' 1/2/2026  9:05 ', '2026-02-01T09:05'],
    ['29/02/2024 23:59', '2024-02-29T23:59'],
  ])('"%s" is %s', (written, local) => {
    expect(readTime(written)).toBe(local);
    expect(readTime(showTime(local))).toBe(local);
  });

  it.each(['', '2026-11-22', '31/04/2026', '29/02/2026', '22/11/2026 24:05', '22/11/2026 14', '22/11/26'])(
    '"%s" is no time',
    (written) => {
      expect(readTime(written)).toBeNull();
    },
  );

  it('takes a day and a minute whole', () => {
    expect([instantOf('2026-11-22'), instantAfter('2026-11-22')]).toEqual([
      '2026-11-21T17:00:00.000Z',
      '2026-11-22T17:00:00.000Z',
    ]);
    expect([instantOf('2026-11-22T14:05'), instantAfter('2026-11-22T14:05')]).toEqual([
      '2026-11-22T07:05:00.000Z',
      '2026-11-22T07:06:00.000Z',
    ]);
  });

  it('shows instants in local time', () => {
    expect(showInstant('2026-11-21T17:00:09.123Z')).toBe('22/11/2026 00:00:09');
    expect(dayOf(Date.parse('2026-11-21T17:00:00Z'))).toBe('2026-11-22');
  });
});
