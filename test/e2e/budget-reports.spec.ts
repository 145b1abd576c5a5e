import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BudgetItemState } from '#libs/contracts';
import { budgetService } from '../../apps/budget/src/service.js';
import { budgetSection } from '../../apps/gateway/src/overview/budget-section.js';
import { type Caller, DataServiceLab, itemsOf } from './data-service.js';

let lab: DataServiceLab;
let all: Caller;
let finance: Caller;
let health: Caller;

beforeAll(async () => {
  lab = await DataServiceLab.open('budget', budgetService);
  const base = await lab.start();
  all = await lab.as(base, null, 'budget:read', 'budget:write', 'budget:appraise', 'budget:approve');
  finance = await lab.as(base, 'STC', 'budget:read');
  health = await lab.as(base, 'SYT', 'budget:read');
  await enterMoneyOf2026();
});

afterAll(async () => {
  await lab.close();
});

interface Row {
  key: string;
  items: number;
  planned: number;
  requested: number;
  allocated: number;
  disbursed: number;
  gaps: Record<string, number>;
  disbursementRate: number | null;
  planRate: number | null;
  behind?: boolean;
}

async function item(json: object, lines: object[]): Promise<BudgetItemState> {
  const { body } = await all('/v1/items', { json: { fiscalYear: 2026, ...json } });
  const planned = await all(`/v1/items/${String(body['id'])}/funding`, { json: { lines } });
  expect(planned.status).toBe(200);
  return planned.body as unknown as BudgetItemState;
}

async function enter(
  lineId: string | undefined,
  itemId: string,
  on: string,
  steps: [string, number][],
): Promise<void> {
  for (const [step, amount] of steps) {
    const json = { lineId, step, amount, document: 'QĐ', effectiveOn: on, overGrant: step === 'allocated' };
    expect((await all(`/v1/items/${itemId}/entries`, { json })).status).toBe(200);
  }
}

/** An activity of health with two sources, a project of the schools with an enterprise; granted and spent over months. */
async function enterMoneyOf2026(): Promise<void> {
  const activity = await item({ kind: 'activity', name: 'Bệnh án', owner: 'SYT' }, [
    { source: 'administrative-reform', year: 2026, planned: 100 },
    { source: 'state-recurrent', year: 2026, planned: 900 },
  ]);
  const [reform, recurrent] = activity.lines;
  const chain = (amount: number): [string, number][] => [
    ['requested', amount],
    ['appraised', amount],
    ['approved', amount],
  ];
  await enter(recurrent?.id, activity.id, '2026-01-10', chain(900));
  await enter(recurrent?.id, activity.id, '2026-02-10', [['allocated', 600]]);
  await enter(recurrent?.id, activity.id, '2026-03-10', [['disbursed', 150]]);
  await enter(reform?.id, activity.id, '2026-04-10', [...chain(100), ['allocated', 130]]);
  const project = await item({ kind: 'project', name: 'Trường học số', owner: 'SGDDT' }, [
    { source: 'enterprise', year: 2027, planned: 300 },
    { source: 'state-investment', year: 2026, planned: 200 },
    { source: 'state-investment', year: null, planned: 500 },
  ]);
  const investment = project.lines.find(({ source, year }) => source === 'state-investment' && year === 2026);
  await enter(investment?.id, project.id, '2026-03-01', [
    ...chain(200),
    ['allocated', 200],
    ['disbursed', 100],
  ]);
  await all(`/v1/items/${project.id}/partnership`, { json: PARTNERSHIP });
  const stage = { stage: 'project-appraisal', on: '2026-03-02' };
  const regime = { legalRegime: '224/2026', projectGroup: 'C' };
  await all(`/v1/items/${project.id}`, { method: 'PATCH', json: regime });
  expect((await all(`/v1/items/${project.id}/stage`, { json: stage })).status).toBe(200);
}

const PARTNERSHIP = {
  form: 'other',
  status: 'signed',
  partner: { name: 'Công ty', taxCode: null },
  enterprisePart: { cash: 300, inKind: 0, technology: 0 },
  statePart: { cash: 700, inKind: 0, technology: 0 },
  assetsOwnership: 'state',
  dataOwnership: 'state',
  dataAccessRights: null,
  term: { from: null, to: null },
  milestones: [],
  documents: [],
  legalGround: null,
  note: null,
};

async function rows(query: string, who = finance): Promise<Map<string, Row>> {
  const { body } = await who(`/v1/reports/${query}`);
  return new Map((body['rows'] as Row[]).map((row) => [row.key, row]));
}

describe('money', () => {
  it('by agency, with what is missing from one step to the next', async () => {
    const report = await rows('money?by=agency&year=2026');
    expect([...report.keys()]).toEqual(['SGDDT', 'SYT']);
    expect(report.get('SYT')).toMatchObject({
      label: 'Sở Y tế',
      items: 1,
      planned: 1_000,
      requested: 1_000,
      approved: 1_000,
      allocated: 730,
      disbursed: 150,
      gaps: { requestedNotAllocated: 270, approvedNotAllocated: 270, allocatedNotDisbursed: 580 },
      disbursementRate: 2_055,
      planRate: 1_500,
    });
  });

  it('by source, year, stage and partnership', async () => {
    const bySource = await rows('money?by=source&year=2026');
    expect([...bySource].map(([key, { allocated }]) => [key, allocated])).toEqual([
      ['administrative-reform', 130],
      ['state-investment', 200],
      ['state-recurrent', 600],
    ]);
    const byYear = await rows('money?by=year');
    expect(byYear.get('2027')).toMatchObject({ planned: 300, allocated: 0, disbursementRate: null });
    expect(byYear.get('not-determined')).toMatchObject({ planned: 500 });
    const byStage = await rows('money?by=stage&year=2026');
    expect([byStage.get('project-appraisal')?.allocated, byStage.get('not-determined')?.allocated]).toEqual([
      200, 730,
    ]);
    const byPartnership = await rows('money?by=partnership&year=2026');
    expect([byPartnership.get('partnership')?.allocated, byPartnership.get('state-only')?.allocated]).toEqual(
      [200, 730],
    );
  });

  it.each([
    ['2026-01-09', 0, 0, 0],
    ['2026-01-10', 900, 0, 0],
    ['2026-03-09', 900, 600, 0],
    ['2026-03-10', 900, 600, 150],
    ['2026-04-10', 1_000, 730, 150],
  ])('as of %s', async (asOf, requested, allocated, disbursed) => {
    const report = await rows(`money?by=agency&year=2026&asOf=${asOf}`);
    // The items themselves were entered later: there is no row before the first entry took effect.
    const row = report.get('SYT') ?? { planned: 0, requested: 0, allocated: 0, disbursed: 0 };
    expect(row).toMatchObject({ planned: 0, requested, allocated, disbursed });
  });

  it('counts the figures of 2023 as reported, from the day of the report', async () => {
    const total = async (asOf: string) => {
      const report = await rows(`money?by=source&year=2023&asOf=${asOf}`);
      const { planned, requested, allocated } = report.get('not-determined') ?? {};
      return [planned, requested, allocated];
    };
    expect(await total('2023-10-30')).toEqual([113_923_600_000, 40_617_142_156, 3_700_000_000]);
    expect(await total('2023-10-29')).toEqual([undefined, undefined, undefined]);
  });

  it('shows an agency its own', async () => {
    expect([...(await rows('money?by=agency&year=2026', health)).keys()]).toEqual(['SYT']);
    expect(itemsOf(await health('/v1/reports/late-steps'))).toEqual([]);
    expect(itemsOf(await health('/v1/reports/over-commitments?year=2026'))).toHaveLength(1);
  });
});

describe('disbursement', () => {
  it('is behind where less is spent than the year has gone by', async () => {
    const { body } = await finance('/v1/reports/disbursement?year=2026');
    // 110 of 365 days on 20 April.
    expect([body['asOf'], body['timeGone']]).toEqual(['2026-04-20', 3_014]);
    const report = await rows('disbursement?year=2026');
    expect([report.get('SYT')?.behind, report.get('SGDDT')?.behind]).toEqual([true, false]);
    const early = await rows('disbursement?year=2026&asOf=2026-03-10');
    expect([early.get('SYT')?.disbursementRate, early.get('SYT')?.behind]).toEqual([2_500, false]);
  });
});

describe('over-commitment', () => {
  it('names what goes beyond its ground, most first, the two rows of 2023 among it', async () => {
    const found = itemsOf(await finance('/v1/reports/over-commitments'));
    expect(found.map(({ kind, source, beyond }) => [kind, source, beyond])).toEqual([
      ['allocated-over-requested', null, 21_249_000],
      ['allocated-over-requested', null, 962_000],
      ['allocated-over-approved', 'administrative-reform', 30],
    ]);
  });

  it('comes page by page', async () => {
    const first = await finance('/v1/reports/over-commitments?limit=2');
    expect(itemsOf(first)).toHaveLength(2);
    const cursor = String(first.body['nextCursor']);
    const second = await finance(`/v1/reports/over-commitments?limit=2&cursor=${cursor}`);
    expect([itemsOf(second).map(({ beyond }) => beyond), second.body['nextCursor']]).toEqual([[30], null]);
  });

  it('is not there before it happened', async () => {
    expect(itemsOf(await finance('/v1/reports/over-commitments?year=2026&asOf=2026-04-09'))).toEqual([]);
  });
});

describe('late steps', () => {
  it('name the stage, its last day by law and how late it is', async () => {
    expect(itemsOf(await finance('/v1/reports/late-steps'))).toMatchObject([
      {
        name: 'Trường học số',
        stage: 'project-appraisal',
        since: '2026-03-02',
        lastDay: '2026-03-30',
        workingDaysLate: 15,
      },
    ]);
    expect(itemsOf(await finance('/v1/reports/late-steps?asOf=2026-03-30'))).toEqual([]);
    expect(itemsOf(await finance('/v1/reports/late-steps?asOf=2026-03-31'))).toHaveLength(1);
  });
});

describe("the gateway's section", () => {
  it.each([2023, 2026])('says of %s what the service says', async (year) => {
    const states: BudgetItemState[] = [];
    const last = new Map<string, number>();
    for (const { aggregateId, sequence, data, subject } of await lab.events()) {
      if (!subject.startsWith('ioc.budget.item.') || (last.get(aggregateId) ?? 0) > sequence) continue;
      last.set(aggregateId, sequence);
      const { changed: _, ...state } = data;
      states.push(state as unknown as BudgetItemState);
    }
    const newest = states.filter(({ id, version }) => last.get(id) === version);
    const section = budgetSection(newest, year, null);
    const { body: totals } = await finance(`/v1/totals?year=${year}`);
    expect(section).toMatchObject({ projects: totals['projects'], activities: totals['activities'] });
    const bySource = [...(await rows(`money?by=source&year=${year}`))].map(([source, row]) => [
      source,
      fourOf(row),
    ]);
    expect(section.bySource).toEqual(Object.fromEntries(bySource));
    const byAgency = [...(await rows(`money?by=agency&year=${year}`))].map(([, row]) => [
      row.items,
      fourOf(row),
    ]);
    const ofSection = section.byAgency.map((row) => [row.items, fourOf(row)]);
    expect(ofSection).toHaveLength(byAgency.length);
    expect(ofSection).toEqual(expect.arrayContaining(byAgency));
  });
});

function fourOf({
  planned,
  requested,
  allocated,
  disbursed,
}: Pick<Row, 'planned' | 'requested' | 'allocated' | 'disbursed'>) {
  return { planned, requested, allocated, disbursed };
}
