import { describe, expect, it } from '@jest/globals';
import { isOverAllocated, supplementOf } from './item-money.js';
import { brokenRules } from './item-rules.js';
import type { ItemContent } from './item-state.js';

const project: ItemContent = {
  kind: 'project',
  number: 1,
  name: 'Kho dữ liệu',
  owner: { code: 'SKHCN', name: 'Sở Khoa học và Công nghệ' },
  group: null,
  fiscalYear: 2026,
  years: { from: 2026, to: 2027 },
  totalCost: 100,
  plannedByYear: { '2026': 40, '2027': 60 },
  requested: null,
  allocated: null,
  progressPhrase: null,
  note: null,
  sourceDocument: null,
};
const activity: ItemContent = {
  ...project,
  kind: 'activity',
  years: null,
  totalCost: null,
  plannedByYear: {},
  requested: 10,
  allocated: 20,
};

const codes = (content: ItemContent) => {
  const errors = (brokenRules(content)?.extensions['errors'] ?? []) as { field: string; code: string }[];
  return errors.map(({ field, code }) => `${field}: ${code}`);
};

describe('rules of an item', () => {
  it('lets whole projects and activities pass, even one that was given more than it asked', () => {
    expect(brokenRules(project)).toBeNull();
    expect(brokenRules(activity)).toBeNull();
    expect(brokenRules({ ...project, totalCost: null })).toBeNull();
  });

  it('refuses money of the other kind and names every field', () => {
    expect(codes({ ...project, requested: 0, allocated: 0 })).toEqual([
      'requested: other-kind',
      'allocated: other-kind',
    ]);
    expect(
      codes({ ...activity, years: { from: 2026, to: 2026 }, totalCost: 1, plannedByYear: { '2026': 1 } }),
    ).toEqual(['years: other-kind', 'totalCost: other-kind', 'plannedByYear: other-kind']);
  });

  it('refuses a plan above the total cost and a term that ends before it begins', () => {
    expect(codes({ ...project, totalCost: 99 })).toEqual(['plannedByYear: plan-over-total']);
    expect(codes({ ...project, years: { from: 2027, to: 2026 } })).toEqual(['years.to: too-small']);
  });
});

describe('supplement to consider', () => {
  it.each([
    [100, 30, 70, false],
    [100, 100, 0, false],
    [1_478_751_000, 1_500_000_000, 0, true],
    [100, 0, 100, false],
    [100, null, null, false],
    [null, 100, null, false],
    [null, null, null, false],
  ])('requested %s, allocated %s: %s', (requested, allocated, supplement, over) => {
    expect(supplementOf(requested, allocated)).toBe(supplement);
    expect(isOverAllocated(requested, allocated)).toBe(over);
  });
});
