import { describe, expect, it } from '@jest/globals';
import type { ExchangeStandingState } from '#libs/contracts';
import { hasLeftTheHour, sharingSection } from './sharing-section.js';

const nothing = { datasets: [], requests: [], grants: [], standing: null };

const SHORTER = {
  fields: null,
  validUntil: { granted: '2026-05-01', reason: 'Thử nghiệm' },
  frequency: null,
  method: null,
};

/** 09:02 in Khánh Hòa. */
const NOW = new Date('2026-04-20T02:02:00Z');

function standing(change: Partial<ExchangeStandingState>): ExchangeStandingState {
  return {
    id: 'one',
    version: 1,
    fiveMinutes: [],
    hours: [],
    denied: [],
    chain: { verifiedAt: null, ok: null, head: null },
    ...change,
  };
}

describe('the sharing section', () => {
  it('says what is not known yet as not known, and zero where nothing was', () => {
    expect(sharingSection(nothing, NOW, null)).toEqual({
      datasets: 0,
      requests: { open: 0, late: 0, answeredInTime: 0, grantedInPart: 0, refused: 0 },
      grants: { active: 0, openingLate: 0, ofClosedDatasets: 0, byAgency: [] },
      exchanges: { lastHour: 0, today: 0 },
      deniedToday: 0,
      chain: { verifiedAt: null, ok: null },
      matrix: [],
      sourceTime: null,
    });
  });

  it('counts deliveries of the last hour and of the day in Khánh Hòa, and denials of that day', () => {
    const told = standing({
      fiveMinutes: [
        { from: '2026-04-20T01:00:00Z', count: 100 },
        { from: '2026-04-20T01:05:00Z', count: 7 },
        { from: '2026-04-20T02:00:00Z', count: 3 },
      ],
      hours: [
        { from: '2026-04-19T16:00:00Z', count: 1_000 },
        { from: '2026-04-19T17:00:00Z', count: 20 },
        { from: '2026-04-20T02:00:00Z', count: 3 },
      ],
      denied: [
        { day: '2026-04-19', count: 9 },
        { day: '2026-04-20', count: 2 },
      ],
      chain: { verifiedAt: '2026-04-20T02:00:00Z', ok: false, head: null },
    });
    const on = (now: Date) => sharingSection({ ...nothing, standing: told }, now, null);
    expect(on(NOW)).toMatchObject({
      exchanges: { lastHour: 10, today: 23 },
      deniedToday: 2,
      chain: { verifiedAt: '2026-04-20T02:00:00Z', ok: false },
    });
    expect(on(new Date('2026-04-20T17:00:00Z'))).toMatchObject({
      exchanges: { lastHour: 0, today: 0 },
      deniedToday: 0,
    });
    const left = (after: string, until: string) => hasLeftTheHour(told, after, until);
    expect(left('2026-04-20T02:04:50Z', '2026-04-20T02:05:00Z')).toBe(true);
    expect(left('2026-04-20T02:05:00Z', '2026-04-20T02:05:10Z')).toBe(false);
    expect(hasLeftTheHour(null, '2026-04-20T02:04:50Z', '2026-04-20T02:05:00Z')).toBe(false);
  });

  it('counts requests by their standing on the day, and leaves out of the answers what nobody had to answer', () => {
    const decision = (decidedBy: { code: string; name: string } | null) => ({
      reason: null,
      legalGround: null,
      document: null,
      decidedBy,
      limits: null,
    });
    const tax = { code: 'STC', name: 'Sở Tài chính' };
    const open = { state: 'submitted', dueOn: '2026-04-20', decidedOn: null, decision: null } as const;
    const answered = (decidedOn: string) =>
      ({ state: 'granted', dueOn: '2026-04-17', decidedOn, decision: decision(tax) }) as const;
    const requests = [
      open,
      { ...open, dueOn: '2026-04-17' },
      { ...open, state: 'withdrawn' as const },
      answered('2026-04-17'),
      answered('2026-04-18'),
      { ...answered('2026-04-16'), state: 'refused' as const },
      { ...answered('2026-04-16'), decision: decision(null) },
      { ...answered('2026-04-18'), decision: { ...decision(tax), limits: SHORTER } },
    ];
    const on = (now: Date) => sharingSection({ ...nothing, requests }, now, null).requests;
    expect(on(NOW)).toEqual({ open: 1, late: 1, answeredInTime: 2, grantedInPart: 1, refused: 1 });
    expect(on(new Date('2026-04-20T17:00:00Z'))).toMatchObject({ open: 0, late: 2 });
  });

  it('has every pair of agencies with active grants once, and each side in the list of agencies', () => {
    const [tax, health, schools] = ['STC', 'SYT', 'SGDDT'].map((code) => ({ code, name: code }));
    const grant = (provider: typeof tax, receiver: typeof tax, change = {}) => ({
      state: 'active' as const,
      validFrom: '2026-04-01',
      validUntil: '2026-04-20',
      method: 'sync' as const,
      openingDueOn: '2026-04-17',
      openedAt: '2026-04-16T02:00:00.000Z' as string | null,
      dataset: { id: 'open', code: 'open', title: { vi: '', en: '' } },
      provider: provider!,
      receiver: receiver!,
      ...change,
    });
    const grants = [
      grant(tax, health),
      grant(tax, health),
      grant(health, schools),
      grant(tax, schools, { state: 'suspended' }),
      grant(tax, schools, { state: 'withdrawn' }),
      grant(tax, schools, { validFrom: '2026-04-21', validUntil: '2026-04-30' }),
      grant(tax, schools, { validUntil: '2026-04-19' }),
    ];
    const section = sharingSection({ ...nothing, grants }, NOW, null);
    expect(section.grants).toEqual({
      active: 3,
      openingLate: 0,
      ofClosedDatasets: 0,
      byAgency: [
        { agency: health, provides: 1, receives: 2 },
        { agency: tax, provides: 2, receives: 0 },
        { agency: schools, provides: 0, receives: 1 },
      ],
    });
    expect(section.matrix).toEqual([
      { provider: tax, receiver: health, grants: 2 },
      { provider: health, receiver: schools, grants: 1 },
    ]);
    expect(
      sharingSection({ ...nothing, grants }, new Date('2026-04-20T17:00:00Z'), null).grants,
    ).toMatchObject({
      active: 1,
    });
    const told = [
      grant(tax, health, { openedAt: null }),
      grant(tax, health, { openedAt: null, openingDueOn: '2026-04-20' }),
      grant(tax, health, { openedAt: null, method: 'package' }),
      grant(tax, health, { openedAt: null, state: 'suspended' }),
      grant(tax, health, { dataset: { id: 'closed', code: 'closed', title: { vi: '', en: '' } } }),
    ];
    const datasets = [
      { id: 'open', state: 'open' as const },
      { id: 'closed', state: 'closed' as const },
    ];
    const late = sharingSection({ ...nothing, datasets, grants: told }, NOW, null);
    expect(late).toMatchObject({ datasets: 1, grants: { active: 4, openingLate: 1, ofClosedDatasets: 1 } });
  });
});
