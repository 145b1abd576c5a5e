import { describe, expect, it } from '@jest/globals';
import { periodsBetween } from './periods.js';

const names = (...given: Parameters<typeof periodsBetween>) =>
  periodsBetween(...given).map(({ name }) => name);

describe('periodsBetween', () => {
  it('gives whole periods, also where the time begins or ends within one', () => {
    expect(periodsBetween('quarter', '2026-02-17', '2026-04-01')).toEqual([
      { name: '2026-Q1', from: '2026-01-01', to: '2026-03-31' },
      { name: '2026-Q2', from: '2026-04-01', to: '2026-06-30' },
    ]);
    expect(names('month', '2025-12-31', '2026-02-01')).toEqual(['2025-12', '2026-01', '2026-02']);
  });

  it('begins with the year when nothing is said, for years four before', () => {
    expect(names('month', null, '2026-03-31')).toEqual(['2026-01', '2026-02', '2026-03']);
    expect(names('year', null, '2026-03-31')).toEqual(['2022', '2023', '2024', '2025', '2026']);
  });

  it('keeps the latest sixty', () => {
    const months = names('month', '2000-01-01', '2026-03-31');
    expect([months.length, months.at(-1)]).toEqual([60, '2026-03']);
  });
});
