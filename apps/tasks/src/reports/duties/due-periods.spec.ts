import { describe, expect, it } from '@jest/globals';
import type { ReportRule } from '#libs/contracts';
import { type DuePeriod, duePeriods, written } from './due-periods.js';

function first(count: number, rule: ReportRule, startsOn: string): DuePeriod[] {
  const periods: DuePeriod[] = [];
  for (const period of duePeriods(rule, startsOn)) {
    if (periods.length === count) break;
    periods.push(period);
  }
  return periods;
}
const lastDays = (count: number, rule: ReportRule, startsOn: string) =>
  first(count, rule, startsOn).map(({ lastDay }) => lastDay);

describe('the periods of a rule', () => {
  it('end every two weeks after the start, also on a day off', () => {
    const rule: ReportRule = { kind: 'weeks', weeks: 2, time: null };
    // 2026-02-17 is the first day of Tết.
    expect(first(3, rule, '2026-02-03')).toEqual([
      {
        number: 1,
        label: 'Kỳ 1 (từ ngày 03/02/2026 đến ngày 17/02/2026)',
        opensOn: '2026-02-03',
        date: '2026-02-17',
        lastDay: '2026-02-17',
        deadline: new Date('2026-02-17T17:00:00Z'),
      },
      expect.objectContaining({ number: 2, opensOn: '2026-02-18', lastDay: '2026-03-03' }),
      expect.objectContaining({ number: 3, opensOn: '2026-03-04', lastDay: '2026-03-17' }),
    ]);
  });

  it('end at the hour of a weekday, in Asia/Ho_Chi_Minh', () => {
    const rule: ReportRule = { kind: 'weekly', weekday: 5, time: '16:00' };
    const [one, two] = first(2, rule, '2026-04-20');
    expect(one).toMatchObject({ lastDay: '2026-04-24', deadline: new Date('2026-04-24T09:00:00Z') });
    expect(two).toMatchObject({ lastDay: '2026-05-01', opensOn: '2026-04-25' });
    expect(lastDays(1, rule, '2026-04-24')).toEqual(['2026-04-24']);
    expect(lastDays(1, { ...rule, weekday: 1 }, '2026-04-24')).toEqual(['2026-04-27']);
    expect(lastDays(1, { ...rule, weekday: 7 }, '2023-12-31')).toEqual(['2023-12-31']);
  });

  it('end on the day before a written day of each month, or with the month', () => {
    const before20: ReportRule = { kind: 'monthly', day: 20, before: true, time: null };
    expect(first(2, before20, '2026-03-12')).toMatchObject([
      { label: 'Tháng 3/2026', date: '2026-03-20', lastDay: '2026-03-19' },
      { label: 'Tháng 4/2026', date: '2026-04-20', lastDay: '2026-04-19', opensOn: '2026-03-20' },
    ]);
    expect(lastDays(1, before20, '2026-03-20')).toEqual(['2026-04-19']);
    expect(lastDays(2, { ...before20, day: 1 }, '2026-12-15')).toEqual(['2026-12-31', '2027-01-31']);
    expect(lastDays(3, { ...before20, day: 31, before: false }, '2026-01-31')).toEqual([
      '2026-01-31',
      '2026-02-28',
      '2026-03-31',
    ]);
    expect(lastDays(2, { ...before20, day: null, before: false }, '2028-02-01')).toEqual([
      '2028-02-29',
      '2028-03-31',
    ]);
  });

  it('end in a month of each quarter', () => {
    const rule: ReportRule = { kind: 'quarterly', month: 3, day: 15, before: false, time: null };
    expect(first(3, rule, '2026-04-20')).toMatchObject([
      { label: 'Quý II/2026', lastDay: '2026-06-15' },
      { label: 'Quý III/2026', lastDay: '2026-09-15' },
      { label: 'Quý IV/2026', lastDay: '2026-12-15' },
    ]);
    expect(lastDays(2, { ...rule, month: 1 }, '2026-04-20')).toEqual(['2026-07-15', '2026-10-15']);
  });

  it('are one for once', () => {
    const rule: ReportRule = { kind: 'once', date: '2026-03-12', before: true, time: null };
    expect(first(2, rule, '2026-03-01')).toMatchObject([{ number: 1, lastDay: '2026-03-11' }]);
    expect(first(1, rule, '2026-03-12')).toEqual([]);
  });
});

it('dates are written as Decree 30/2020/NĐ-CP does', () => {
  expect([written('2026-02-03'), written('2026-04-07'), written('2026-11-22')]).toEqual([
    '03/02/2026',
    '07/4/2026',
    '22/11/2026',
  ]);
});
