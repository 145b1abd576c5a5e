import { describe, expect, it } from '@jest/globals';
import type { BudgetItemState, BudgetLineState } from '#libs/contracts';
import { shareOf } from './partnership-state.js';
import { costOf, isAbove, whatIf } from './what-if.js';

const line = (source: BudgetLineState['source'], planned: number, requested = 0) =>
  ({ source, planned, requested }) as BudgetLineState;
const item = (content: Partial<BudgetItemState>) =>
  ({ kind: 'project', totalCost: null, requested: null, lines: [], ...content }) as BudgetItemState;

describe('what a partnership saves the budget', () => {
  it('is what the enterprise carries, where the State carries all now', () => {
    expect(whatIf(item({ totalCost: 1_000 }), 1_000, 400, 70)).toEqual({
      cost: 1_000,
      stateNow: 1_000,
      statePart: 600,
      enterprisePart: 400,
      saved: 400,
      stateShare: 6_000,
      aboveThreshold: false,
    });
  });

  it('is less where an enterprise carries a part already', () => {
    const shared = item({ lines: [line('state-recurrent', 700), line('enterprise', 300)] });
    expect(costOf(shared)).toBe(1_000);
    expect(whatIf(shared, 1_000, 400, 50)).toMatchObject({
      stateNow: 700,
      saved: 100,
      aboveThreshold: true,
    });
  });

  it('is not known without a cost', () => {
    expect(costOf(item({}))).toBeNull();
    expect(costOf(item({ kind: 'activity', requested: 5 }))).toBe(5);
    expect(costOf(item({ kind: 'activity', lines: [line('state-recurrent', 0, 7)] }))).toBe(7);
  });
});

describe("the State's share", () => {
  it.each([
    [70, 30, 7_000, false],
    [7_001, 2_999, 7_001, true],
    [0, 100, 0, false],
    [0, 0, null, false],
  ])('%s against %s: %s', (state, enterprise, share, above) => {
    expect(shareOf(state, enterprise)).toBe(share);
    expect(isAbove(share, 70)).toBe(above);
  });
});
