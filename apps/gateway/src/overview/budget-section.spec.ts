import { describe, expect, it } from '@jest/globals';
import type { BudgetItemState, BudgetLineState } from '#libs/contracts';
import { budgetSection } from './budget-section.js';

const amounts = { requested: 0, appraised: 0, approved: 0, allocated: 0, disbursed: 0, settled: 0 };
const line = (content: Partial<BudgetLineState>): BudgetLineState => ({
  id: 'line',
  source: 'state-recurrent',
  year: 2026,
  form: 'cash',
  planned: 0,
  overGranted: 0,
  ...amounts,
  ...content,
});

const item = (content: Partial<BudgetItemState>): BudgetItemState => ({
  id: 'item',
  version: 1,
  kind: 'activity',
  number: null,
  name: 'Thuê dịch vụ',
  owner: { code: 'SYT', name: 'Sở Y tế' },
  group: null,
  fiscalYear: 2026,
  years: null,
  totalCost: null,
  plannedByYear: {},
  requested: null,
  allocated: null,
  supplement: null,
  overAllocated: false,
  progressPhrase: null,
  note: null,
  sourceDocument: null,
  code: null,
  legalRegime: null,
  projectGroup: null,
  status: 'active',
  statusReason: null,
  stage: null,
  lines: [],
  partnership: null,
  origin: null,
  ...content,
});

const part = (cash: number) => ({ cash, inKind: 1, technology: 2 });
const partnership = (status: string) =>
  ({ status, statePart: part(10), enterprisePart: part(20) }) as BudgetItemState['partnership'];

describe('the budget section', () => {
  it('sums the year by source, stage and agency, from lines where there are any', () => {
    const section = budgetSection(
      [
        item({ requested: 50, allocated: 20, supplement: 30 }),
        item({
          requested: 90,
          allocated: 60,
          supplement: 30,
          owner: { code: 'STC', name: 'Sở Tài chính' },
          stage: {
            stage: 'contract',
            phase: 'execution',
            since: '2026-01-01',
            lastDay: null,
            document: null,
          },
          lines: [
            line({ planned: 100, requested: 90, allocated: 60, disbursed: 40 }),
            line({ source: 'enterprise', planned: 7 }),
            line({ year: 2027, planned: 1_000 }),
          ],
        }),
        item({ kind: 'project', totalCost: 500, plannedByYear: { '2026': 300, '2027': 200 } }),
        item({ fiscalYear: 2025, requested: 1, allocated: 1, supplement: 0 }),
      ],
      2026,
      null,
    );
    expect(section).toEqual({
      year: 2026,
      years: [2025, 2026],
      projects: { count: 1, totalCost: 500, plannedByYear: { '2026': 300, '2027': 200 } },
      activities: { count: 2, requested: 140, allocated: 80, supplement: 60 },
      bySource: {
        'not-determined': { planned: 300, requested: 50, allocated: 20, disbursed: 0 },
        'state-recurrent': { planned: 100, requested: 90, allocated: 60, disbursed: 40 },
        enterprise: { planned: 7, requested: 0, allocated: 0, disbursed: 0 },
      },
      byStage: { 'not-determined': 2, contract: 1 },
      byAgency: [
        {
          agency: { code: 'SYT', name: 'Sở Y tế' },
          items: 2,
          planned: 300,
          requested: 50,
          allocated: 20,
          disbursed: 0,
        },
        {
          agency: { code: 'STC', name: 'Sở Tài chính' },
          items: 1,
          planned: 107,
          requested: 90,
          allocated: 60,
          disbursed: 40,
        },
      ],
      disbursed: 40,
      ppp: { count: 0, statePart: 0, enterprisePart: 0 },
      sourceTime: null,
    });
  });

  it('counts partnerships that were not terminated', () => {
    const items = ['signed', 'terminated', 'proposed'].map((status) =>
      item({ partnership: partnership(status) }),
    );
    expect(budgetSection(items, 2026, null).ppp).toEqual({ count: 2, statePart: 26, enterprisePart: 46 });
  });

  it('reads events of before there were lines, stages and partnerships', () => {
    const {
      lines: _,
      stage: __,
      partnership: ___,
      ...old
    } = item({ requested: 5, allocated: 2, supplement: 3 });
    expect(budgetSection([old as BudgetItemState], 2026, null)).toMatchObject({
      activities: { count: 1, requested: 5 },
      bySource: { 'not-determined': { requested: 5 } },
      byStage: { 'not-determined': 1 },
    });
  });

  it('has nothing of a year without items', () => {
    expect(budgetSection([], 2026, null)).toMatchObject({
      years: [],
      bySource: {},
      byAgency: [],
      disbursed: 0,
    });
  });
});
