import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { budgetService } from '../../apps/budget/src/service.js';
import { type Caller, DataServiceLab, itemsOf } from './data-service.js';

let lab: DataServiceLab;
let all: Caller;
let health: Caller;
let project: string;
let reported: string;

/** 20 April: entered; 1 May: planned otherwise, in a partnership; 10 May, late in the evening: all taken back. */
beforeAll(async () => {
  lab = await DataServiceLab.open('budget', budgetService);
  const base = await lab.start();
  all = await lab.as(base, null, 'budget:read', 'budget:write', 'budget:appraise', 'budget:approve');
  health = await lab.as(base, 'SYT', 'budget:read');
  const entered = { owner: 'SGDDT', fiscalYear: 2026 };
  project = await enter({ ...entered, kind: 'project', name: 'Trường học số', totalCost: 900 }, [
    { source: 'state-investment', year: 2026, planned: 900 },
  ]);
  const activity = await enter({
    ...entered,
    kind: 'activity',
    name: 'Tập huấn',
    requested: 50,
    allocated: 20,
  });
  const sourceDocument = { document: '15/BC-SGDĐT', clause: null, asOf: '2026-04-20' };
  const of2027 = { owner: 'SGDDT', fiscalYear: 2027, kind: 'activity', sourceDocument };
  reported = await enter({ ...of2027, name: 'Bảo trì', requested: 5, allocated: 3 });
  lab.clock.set('2026-05-01');
  await plan(reported, {
    statedSource: 'state-recurrent',
    lines: [{ source: 'state-recurrent', year: 2027, planned: 8 }],
  });
  await plan(project, { totalCost: 700, lines: [{ source: 'enterprise', year: 2026, planned: 700 }] });
  expect((await all(`/v1/items/${project}/partnership`, { json: PARTNERSHIP })).status).toBe(200);
  await plan(activity, {
    statedSource: 'state-recurrent',
    lines: [{ source: 'state-recurrent', year: 2026, planned: 60 }],
  });
  lab.clock.set('2026-05-10T23:30:00+07:00');
  await all(`/v1/items/${project}/partnership/removal`, { json: { reason: 'Không chọn được nhà đầu tư' } });
  await plan(project, { totalCost: 100, lines: [{ source: 'state-investment', year: 2026, planned: 100 }] });
  lab.clock.set('2026-05-20');
});

afterAll(async () => {
  await lab.close();
});

const PARTNERSHIP = {
  ...{ form: 'BOT', status: 'signed', partner: { name: 'Công ty', taxCode: null } },
  enterprisePart: { cash: 100, inKind: 0, technology: 0 },
  statePart: { cash: 600, inKind: 0, technology: 0 },
  ...{ assetsOwnership: 'state', dataOwnership: 'state', dataAccessRights: null },
  ...{ term: { from: null, to: null }, milestones: [], documents: [], legalGround: null, note: null },
};

async function enter(json: object, lines: object[] = []): Promise<string> {
  const id = String((await all('/v1/items', { json })).body['id']);
  if (lines.length > 0) await plan(id, { lines });
  return id;
}

async function plan(id: string, json: object): Promise<void> {
  expect((await all(`/v1/items/${id}/funding`, { json })).status).toBe(200);
}

/** Key, planned, requested and allocated of each row. */
async function money(by: string, asOf: string, who = all, year = 2026): Promise<unknown[][]> {
  const { body } = await who(`/v1/reports/money?by=${by}&year=${year}&asOf=${asOf}`);
  const rows = body['rows'] as { key: string; planned: number; requested: number; allocated: number }[];
  return rows.map(({ key, planned, requested, allocated }) => [key, planned, requested, allocated]);
}

describe('a report as of a day', () => {
  it.each<[string, unknown[][]]>([
    ['2026-04-19', []],
    [
      '2026-04-20',
      [
        ['not-determined', 0, 50, 20],
        ['state-investment', 900, 0, 0],
      ],
    ],
    [
      '2026-05-09',
      [
        ['enterprise', 700, 0, 0],
        ['state-recurrent', 60, 50, 20],
      ],
    ],
    [
      '2026-05-10',
      [
        ['state-investment', 100, 0, 0],
        ['state-recurrent', 60, 50, 20],
      ],
    ],
  ])('has the plans and figures of the evening of %s', async (day, rows) => {
    expect(await money('source', day)).toEqual(rows);
  });

  it('knows which items were carried out in a partnership then', async () => {
    const inPartnership = async (day: string) =>
      (await money('partnership', day))
        .filter(([key]) => key === 'partnership')
        .map(([, planned]) => planned);
    expect(await inPartnership('2026-04-30')).toEqual([]);
    expect(await inPartnership('2026-05-01')).toEqual([700]);
    expect(await inPartnership('2026-05-10')).toEqual([]);
  });

  it('says of today what it says of the evening before, when nothing has changed since', async () => {
    for (const by of ['agency', 'source', 'year', 'stage', 'partnership']) {
      expect(await money(by, '2026-05-19')).toEqual(await money(by, '2026-05-20'));
    }
  });

  it('weighs what is requested against the cost of then', async () => {
    const [{ id: lineId } = { id: '' }] = (await all(`/v1/items/${project}`)).body['lines'] as {
      id: string;
    }[];
    const json = { lineId, step: 'requested', amount: 800, document: 'QĐ', effectiveOn: '2026-05-02' };
    expect((await all(`/v1/items/${project}/entries`, { json })).status).toBe(200);
    const over = async (asOf: string) =>
      itemsOf(await all(`/v1/reports/over-commitments?year=2026&asOf=${asOf}`))
        .filter(({ kind }) => kind === 'requested-over-cost')
        .map(({ beyond }) => beyond);
    expect(await over('2026-05-09')).toEqual([100]);
    expect(await over('2026-05-20')).toEqual([700]);
  });

  it('counts figures once that were entered into the ledger later, under the day of their report', async () => {
    const of2027 = (day: string) => money('source', day, all, 2027);
    expect(await of2027('2026-04-19')).toEqual([]);
    expect(await of2027('2026-04-20')).toEqual([['state-recurrent', 0, 5, 3]]);
    expect(await of2027('2026-05-01')).toEqual([['state-recurrent', 8, 5, 3]]);
  });

  it('takes the first state that is kept of an item which is older, but none of one that was not there', async () => {
    await lab.rows(`DELETE FROM item_release WHERE item_id = '${reported}' AND version = 1`);
    expect(await money('source', '2026-04-20', all, 2027)).toEqual([['state-recurrent', 8, 5, 3]]);
    expect(await money('source', '2026-04-19', all, 2027)).toEqual([]);
  });

  it('knows whose an item was, what it was called, and that it was not stopped yet', async () => {
    const id = await enter({ kind: 'project', name: 'Bệnh án số', owner: 'SGDDT', fiscalYear: 2028 }, [
      { source: 'state-investment', year: 2028, planned: 40 },
    ]);
    const change = async (path: string, json: object, method: 'POST' | 'PATCH' = 'POST') => {
      expect((await all(`/v1/items/${id}${path}`, { method, json })).status).toBe(200);
    };
    await change('', { legalRegime: '224/2026', projectGroup: 'C' }, 'PATCH');
    await change('/stage', { stage: 'project-appraisal', on: '2026-03-02' });
    lab.clock.set('2026-06-01');
    await change('', { owner: 'SYT', name: 'Hồ sơ sức khỏe' }, 'PATCH');
    await change('/status', { status: 'cancelled', reason: 'Không còn nhu cầu', document: '20/QĐ-UBND' });
    lab.clock.set('2026-06-10');
    const of2028 = (day: string, who = all) => money('agency', day, who, 2028);
    expect(await of2028('2026-05-31')).toEqual([['SGDDT', 40, 0, 0]]);
    expect(await of2028('2026-06-01')).toEqual([['SYT', 40, 0, 0]]);
    expect([await of2028('2026-05-31', health), await of2028('2026-06-01', health)]).toEqual([
      [],
      [['SYT', 40, 0, 0]],
    ]);
    const late = async (day: string) =>
      itemsOf(await all(`/v1/reports/late-steps?asOf=${day}`)).map(({ name, owner }) => [name, owner]);
    expect(await late('2026-05-31')).toEqual([
      ['Bệnh án số', { code: 'SGDDT', name: 'Sở Giáo dục và Đào tạo' }],
    ]);
    expect(await late('2026-06-01')).toEqual([]);
  });

  it('shows an agency nothing of others', async () => {
    expect(await money('source', '2026-05-09', health)).toEqual([]);
  });
});

describe('a partnership as of a day', () => {
  const review = (day: string, who = all) => who(`/v1/items/${project}/partnership?asOf=${day}`);

  it('is what it was, also when it is no more', async () => {
    const then = await review('2026-05-01');
    expect(then.body).toMatchObject({
      partnership: { form: 'BOT', statePart: { cash: 600 } },
      stateShareWarning: { stateShare: 8_571 },
    });
    const days = ['2026-04-30', '2026-05-10', '2026-05-20', '2026-04-19'];
    const codes = await Promise.all(days.map(async (day) => (await review(day)).body['code']));
    expect(codes).toEqual(['no-partnership', 'no-partnership', 'no-partnership', 'not-found']);
    expect((await review('2026-05-01', health)).status).toBe(404);
  });
});
