import { describe, expect, it } from '@jest/globals';
import type { ProblemError } from '#libs/contracts';
import { checkSupport, type SupportContent } from './support-rules.js';

function faultOf(change: Partial<SupportContent>): string {
  const plan: SupportContent = {
    title: 'Hỗ trợ',
    skill: 'Quản trị mạng',
    mode: 'remote',
    from: '2026-05-01',
    to: '2026-12-31',
    need: 'Chưa có nhân lực',
    cost: null,
    costSource: null,
    ...change,
  };
  try {
    checkSupport(plan);
    return 'good';
  } catch (error) {
    const { errors } = (error as ProblemError).extensions as { errors: { field: string; code: string }[] };
    return errors.map(({ field, code }) => `${field} ${code}`).join();
  }
}

describe('what a support plan may say', () => {
  it.each<[string, Partial<SupportContent>, string]>([
    ['a period', {}, 'good'],
    ['a period of one day', { to: '2026-05-01' }, 'good'],
    ['an end before its beginning', { to: '2026-04-30' }, 'to too-small'],
    ['no end', { to: null }, 'to required'],
    ['no end, for staff that is recruited', { to: null, mode: 'recruit' }, 'good'],
    ['no cost', { cost: 0, costSource: 'none' }, 'good'],
    ['a cost from nowhere', { cost: 1, costSource: 'none' }, 'cost cost-without-source'],
    ['a cost without a source', { cost: 1 }, 'cost cost-without-source'],
    ['a cost from the State budget', { cost: 1, costSource: 'state-budget' }, 'good'],
    ['a cost that is not determined yet', { costSource: 'state-budget' }, 'good'],
    ['nothing from the State budget', { cost: 0, costSource: 'state-budget' }, 'cost cost-without-source'],
  ])('%s', (_which, change, expected) => {
    expect(faultOf(change)).toBe(expected);
  });
});
