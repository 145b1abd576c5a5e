import { describe, expect, it } from '@jest/globals';
import type { Overview, ServiceHealth } from '#libs/contracts';
import { advance, completeUntil, STALE_AFTER_MS, stalenessOf } from './trust.js';

const NOON = Date.parse('2026-11-22T05:00:00Z');
const LONG_AGO = '2026-03-01T01:00:00.000Z';

function overviewWith(state: ServiceHealth['state'], lastEventAt: string | null = LONG_AGO): Overview {
  const services: ServiceHealth[] = [
    { service: 'tasks', lastEventAt, lag: 0, state },
    { service: 'budget', lastEventAt: LONG_AGO, lag: 0, state: 'ok' },
  ];
  return { health: { services, checkedAt: LONG_AGO } } as unknown as Overview;
}

describe('trust in what is shown', () => {
  it('does not take quiet data for old data: months without an event are complete up to now', () => {
    const complete = advance({}, overviewWith('ok'), NOON);
    expect(stalenessOf(complete, 'tasks', NOON)).toEqual({ stale: false });
    expect(completeUntil(complete)).toBe(NOON);
  });

  it('turns a service old once it has not been well for the threshold, since the last time it was', () => {
    const well = advance({}, overviewWith('ok'), NOON);
    const later = NOON + STALE_AFTER_MS;
    const down = advance(well, overviewWith('down'), later);
    expect(stalenessOf(down, 'tasks', later)).toEqual({ stale: false });
    expect(stalenessOf(down, 'tasks', later + 1)).toEqual({ stale: true, since: NOON });
    expect(stalenessOf(down, 'budget', later + 1)).toEqual({ stale: false });
    expect(completeUntil(down)).toBe(NOON);
  });

  it('treats a service that is behind the same', () => {
    const well = advance({}, overviewWith('ok'), NOON);
    const behind = advance(well, overviewWith('behind'), NOON + STALE_AFTER_MS + 1);
    expect(stalenessOf(behind, 'tasks', NOON + STALE_AFTER_MS + 1)).toEqual({ stale: true, since: NOON });
  });

  it('goes by the last event of a service that was down from the first', () => {
    const complete = advance({}, overviewWith('down'), NOON);
    expect(stalenessOf(complete, 'tasks', NOON)).toEqual({ stale: true, since: Date.parse(LONG_AGO) });
  });

  it('says that it does not know when there never was an event', () => {
    const complete = advance({}, overviewWith('down', null), NOON);
    expect(stalenessOf(complete, 'tasks', NOON)).toEqual({ stale: true, since: null });
    expect(completeUntil(complete)).toBeNull();
  });

  it('turns everything old when nothing is heard any more', () => {
    const complete = advance({}, overviewWith('ok'), NOON);
    const later = NOON + STALE_AFTER_MS + 1;
    expect(stalenessOf(complete, 'tasks', later)).toEqual({ stale: true, since: NOON });
    expect(stalenessOf(complete, 'budget', later)).toEqual({ stale: true, since: NOON });
  });

  it('trusts a service again as soon as it is well', () => {
    const down = advance({ tasks: NOON }, overviewWith('down'), NOON + 10 * STALE_AFTER_MS);
    const well = advance(down, overviewWith('ok'), NOON + 11 * STALE_AFTER_MS);
    expect(stalenessOf(well, 'tasks', NOON + 11 * STALE_AFTER_MS)).toEqual({ stale: false });
  });
});
