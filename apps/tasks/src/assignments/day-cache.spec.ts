import { describe, expect, it } from '@jest/globals';
import { FixedClock } from '#libs/calendar';
import { DayCache } from './day-cache.js';

const NOON = '2026-04-20';

/** Counts how often an answer is made. */
function counted() {
  let made = 0;
  return () => Promise.resolve((made += 1));
}

describe('DayCache', () => {
  it('makes an answer once for all who ask at the same time', async () => {
    const cache = new DayCache(new FixedClock(NOON));
    const make = counted();
    const answers = await Promise.all([1, 2, 3].map(() => cache.get('2026-04-20', 'question', make)));
    expect(answers).toEqual([1, 1, 1]);
    expect(await cache.get('2026-04-20', 'another question', make)).toBe(2);
  });

  it('drops what is said of today when a task changes, and keeps what is said of a past day', async () => {
    const cache = new DayCache(new FixedClock(NOON));
    const make = counted();
    await cache.get('2026-04-20', 'question', make);
    await cache.get('2026-04-19', 'question', make);
    cache.changed('2026-04-20');
    expect(await cache.get('2026-04-20', 'question', make)).toBe(3);
    expect(await cache.get('2026-04-19', 'question', make)).toBe(2);
  });

  it('does not trust yesterday shortly after midnight: a change may still be on its way', async () => {
    const cache = new DayCache(new FixedClock('2026-04-20T00:03:00+07:00'));
    const make = counted();
    await cache.get('2026-04-19', 'question', make);
    cache.changed('2026-04-20');
    expect(await cache.get('2026-04-19', 'question', make)).toBe(2);
  });

  it('asks again after a failure', async () => {
    const cache = new DayCache(new FixedClock(NOON));
    await expect(
      cache.get('2026-04-19', 'question', () => Promise.reject(new Error('away'))),
    ).rejects.toThrow('away');
    expect(await cache.get('2026-04-19', 'question', counted())).toBe(1);
  });
});
