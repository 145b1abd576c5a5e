import { describe, expect, it } from '@jest/globals';
import { FixedClock, SystemClock } from './index.js';

describe('Clock', () => {
  it('begins a day at midnight in Asia/Ho_Chi_Minh, seven hours before UTC does', () => {
    expect(new FixedClock(new Date('2026-04-24T16:59:59.999Z')).today()).toBe('2026-04-24');
    expect(new FixedClock(new Date('2026-04-24T17:00:00.000Z')).today()).toBe('2026-04-25');
  });

  it('stands still until it is set', () => {
    const clock = new FixedClock('2026-04-24');
    expect(clock.today()).toBe('2026-04-24');
    clock.set('2026-05-01T00:00:00Z');
    expect(clock.now().toISOString()).toBe('2026-05-01T00:00:00.000Z');
  });

  it('cannot be changed through the instant it gave', () => {
    const clock = new FixedClock('2026-04-24');
    clock.now().setFullYear(1999);
    expect(clock.today()).toBe('2026-04-24');
  });

  it('refuses what is no instant', () => {
    expect(() => new FixedClock('hôm nay')).toThrow('hôm nay');
  });

  it('follows the machine otherwise', () => {
    const before = Date.now();
    const now = new SystemClock().now().getTime();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });
});
