import { describe, expect, it } from '@jest/globals';
import { loadReferenceData } from '#libs/reference';
import report from '../../data/2023.json' with { type: 'json' };
import { isOverAllocated, supplementOf } from '../items/item-money.js';
import { brokenRules } from '../items/item-rules.js';
import { itemsOf2023 } from './report-2023.js';

const sum = (values: (number | null)[]) => values.reduce<number>((total, value) => total + (value ?? 0), 0);
const million = (amount: number) => Math.trunc(amount / 1_000_000);

describe('table I of the 2023 report: projects', () => {
  const { projects } = report;

  it('has 24 rows numbered as printed', () => {
    expect(projects.map((project) => project.number)).toEqual(
      Array.from({ length: 24 }, (_, index) => index + 1),
    );
  });

  it('adds up to the exact totals; the print leaves out what is below a million đồng', () => {
    const totalCost = sum(projects.map((project) => project.totalCost));
    const planned = sum(projects.map((project) => project.planned2023));
    expect([totalCost, planned]).toEqual([522_233_600_000, 113_923_600_000]);
    const printed = report.printedTotals.projects;
    expect([million(totalCost), million(planned)]).toEqual([printed.totalCost, printed.planned2023]);
  });

  it('keeps a blank amount of 2023 apart from 0', () => {
    const blank = projects.filter((project) => project.planned2023 === null).map((project) => project.number);
    expect(blank).toEqual([11, 12, 13, 18, 19, 20, 21, 22, 23]);
    expect(projects.filter((project) => project.planned2023 === 0)).toEqual([]);
  });

  it('keeps a blank progress cell blank', () => {
    const blank = projects
      .filter((project) => project.progressPhrase === null)
      .map((project) => project.number);
    expect(blank).toEqual([19, 24]);
  });
});

describe('table II of the 2023 report: recurrent activities', () => {
  const { activities } = report;

  it('has 21 rows under three headings', () => {
    expect(activities.map((activity) => activity.number)).toEqual(
      Array.from({ length: 21 }, (_, index) => index + 1),
    );
    const perGroup = ['I', 'II', 'III'].map(
      (group) => activities.filter((row) => row.group.number === group).length,
    );
    expect(perGroup).toEqual([15, 2, 4]);
  });

  it('adds up to the printed totals', () => {
    const sums = {
      requested: sum(activities.map((activity) => activity.requested)),
      allocated: sum(activities.map((activity) => activity.allocated)),
      supplement: sum(activities.map((activity) => activity.supplement)),
    };
    expect(sums).toEqual({ requested: 40_617_142_156, allocated: 3_700_000_000, supplement: 36_939_353_156 });
    expect({ unit: 'đồng', ...sums }).toEqual(report.printedTotals.activities);
  });

  it('has in every row the supplement that the rule gives, never below 0', () => {
    for (const row of activities) expect(row.supplement).toBe(supplementOf(row.requested, row.allocated));
    const over = activities
      .filter((row) => isOverAllocated(row.requested, row.allocated))
      .map((row) => row.number);
    expect(over).toEqual([5, 6]);
  });

  it('names the source of money where the report does', () => {
    const noted = activities.filter((row) => row.note !== null).map((row) => [row.number, row.note]);
    expect(noted).toEqual([
      [5, 'Kinh phí CCHC năm 2023'],
      [6, 'Kinh phí CCHC năm 2023'],
    ]);
  });
});

describe('the report as items', () => {
  it('names its agencies as written, each with the code of the reference list', () => {
    const reference = loadReferenceData();
    for (const { owner } of itemsOf2023()) expect(reference.agencyByName(owner.name)?.code).toBe(owner.code);
  });

  it('breaks no rule of the list', () => {
    const items = itemsOf2023();
    expect(items).toHaveLength(45);
    expect(items.map(brokenRules).filter((broken) => broken !== null)).toEqual([]);
  });

  it('gives a project with a blank cell no plan for 2023', () => {
    const planned = itemsOf2023().filter((item) => '2023' in item.plannedByYear);
    expect(planned).toHaveLength(15);
    expect(planned[0]?.plannedByYear).toEqual({ '2023': 20_481_600_000 });
  });
});
