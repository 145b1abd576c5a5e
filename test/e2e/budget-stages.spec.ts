import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  BUDGET_ITEM_PARTNERSHIP_CHANGED,
  BUDGET_ITEM_STAGE_CHANGED,
  BUDGET_ITEM_STATUS_CHANGED,
} from '#libs/contracts';
import { budgetService } from '../../apps/budget/src/service.js';
import { type Caller, DataServiceLab, faultsOf, itemsOf, TODAY } from './data-service.js';
import { checkAgainstSchemas } from './event-contract.js';

let lab: DataServiceLab;
let finance: Caller;
let health: Caller;

beforeAll(async () => {
  lab = await DataServiceLab.open('budget', budgetService);
  const base = await lab.start();
  finance = await lab.as(base, 'STC', 'budget:read', 'budget:write', 'budget:appraise');
  health = await lab.as(base, 'SYT', 'budget:read', 'budget:write');
});

afterAll(async () => {
  await lab.close();
});

let items = 0;
async function newItem(more: object = {}): Promise<string> {
  items += 1;
  const json = { kind: 'project', name: `Dự án ${items}`, owner: 'SYT', fiscalYear: 2026, ...more };
  const answer = await health('/v1/items', { json: { legalRegime: '224/2026', ...json } });
  expect(answer.status).toBe(201);
  return `/v1/items/${String(answer.body['id'])}`;
}

describe('stages', () => {
  it('are entered one by one, each with its document and the time limit of the law', async () => {
    const path = await newItem({ projectGroup: 'B' });
    await health(`${path}/stage`, { json: { stage: 'project-preparation', on: '2026-03-02' } });
    const json = { stage: 'project-appraisal', on: '2026-03-16', document: '15/TTr-SYT' };
    const answer = await health(`${path}/stage`, { json, headers: { 'if-match': '"2"' } });
    // 20 working days after 16 March 2026.
    expect(answer.body).toMatchObject({
      version: 3,
      stage: {
        stage: 'project-appraisal',
        phase: 'preparation',
        since: '2026-03-16',
        lastDay: '2026-04-13',
        document: '15/TTr-SYT',
      },
    });
    const stages = itemsOf(await health(`${path}/stages`));
    expect(stages.map(({ stage, leftOn, timeliness }) => [stage, leftOn, timeliness])).toEqual([
      ['project-preparation', '2026-03-16', 'no-limit'],
      ['project-appraisal', null, 'overdue'],
    ]);
    await health(`${path}/stage`, { json: { stage: 'project-decision', on: '2026-04-13' } });
    expect(itemsOf(await health(`${path}/stages`))[1]).toMatchObject({ timeliness: 'left-in-time' });
    const event = (await lab.events()).find(({ type, sequence }) => {
      return type === BUDGET_ITEM_STAGE_CHANGED && sequence === 3;
    });
    expect(event?.data).toEqual({ ...answer.body, changed: ['stage'] });
  });

  it('that are passed over say why, each of them', async () => {
    const path = await newItem({ kind: 'activity' });
    await health(`${path}/stage`, { json: { stage: 'estimate-preparation' } });
    const refused = await health(`${path}/stage`, { json: { stage: 'contract' } });
    expect(refused.body).toMatchObject({ status: 409, code: 'stages-passed-over' });
    expect(refused.body['detail']).toContain('estimate-appraisal, estimate-approval, contractor-selection');
    const reason = 'Mua sắm dưới hạn mức';
    const stages = ['estimate-appraisal', 'estimate-approval', 'contractor-selection'];
    const passedOver = stages.map((stage) => ({ stage, reason }));
    const taken = await health(`${path}/stage`, { json: { stage: 'contract', passedOver } });
    expect(taken.body['stage']).toMatchObject({ stage: 'contract' });
    expect(itemsOf(await health(`${path}/stages`)).map((stage) => [stage['stage'], stage['reason']])).toEqual(
      [['estimate-preparation', null], ...stages.map((stage) => [stage, reason]), ['contract', null]],
    );
  });

  it('go back with a reason only, and nowhere the law does not lead', async () => {
    const path = await newItem();
    await health(`${path}/stage`, { json: { stage: 'project-appraisal' } });
    const back = { stage: 'project-preparation' };
    expect(faultsOf(await health(`${path}/stage`, { json: back }))).toEqual(['reason: required']);
    const json = { ...back, reason: 'Chưa đủ hồ sơ' };
    expect((await health(`${path}/stage`, { json })).status).toBe(200);
    const nowhere = await health(`${path}/stage`, { json: { stage: 'policy-decision' } });
    expect(nowhere.body['code']).toBe('stage-not-allowed');
  });

  it('are not entered tomorrow, nor before the present one', async () => {
    const path = await newItem();
    await health(`${path}/stage`, { json: { stage: 'policy-preparation', on: '2026-04-10' } });
    const on = async (day: string) =>
      faultsOf(await health(`${path}/stage`, { json: { stage: 'policy-appraisal', on: day } }));
    expect(await on('2026-04-21')).toEqual(['on: too-large']);
    expect(await on('2026-04-09')).toEqual(['on: too-small']);
    expect(await on(TODAY)).toEqual([]);
  });

  it('have no limit under a regime whose limits are not known', async () => {
    const path = await newItem({ legalRegime: '73/2019', projectGroup: 'C' });
    const answer = await health(`${path}/stage`, { json: { stage: 'project-appraisal', on: '2020-01-02' } });
    expect(answer.body['stage']).toMatchObject({ lastDay: null });
  });

  it('are found in the list', async () => {
    await newItem();
    const path = await newItem();
    await health(`${path}/stage`, { json: { stage: 'trial-run' } });
    expect(
      itemsOf(await health('/v1/items?stage=trial-run')).map(({ id }) => `/v1/items/${String(id)}`),
    ).toEqual([path]);
    expect(itemsOf(await health('/v1/items?stage=warranty'))).toEqual([]);
  });
});

describe('status', () => {
  it('is suspended and resumed, then completed for good', async () => {
    const path = await newItem();
    const set = (status: string, reason?: string) => health(`${path}/status`, { json: { status, reason } });
    expect((await set('suspended', 'Chờ bố trí vốn')).body).toMatchObject({ statusReason: 'Chờ bố trí vốn' });
    expect((await set('suspended')).body['code']).toBe('status-not-allowed');
    expect((await set('active')).body).toMatchObject({ status: 'active', statusReason: null });
    await set('completed');
    expect((await set('active')).body['code']).toBe('status-not-allowed');
    const late = await health(`${path}/stage`, { json: { stage: 'warranty' } });
    expect(late.body['code']).toBe('status-not-allowed');
    expect(itemsOf(await health('/v1/items?status=completed'))).toHaveLength(1);
  });
});

describe('codes of items', () => {
  it('belong to one item only', async () => {
    const path = await newItem({ code: 'DA-2026/01' });
    const other = await newItem();
    const taken = await health(other, { method: 'PATCH', json: { code: 'DA-2026/01' } });
    expect(taken.body).toMatchObject({ status: 409, code: 'code-taken' });
    expect((await health(path, { method: 'PATCH', json: { code: 'DA-2026/01' } })).status).toBe(200);
    expect(itemsOf(await health('/v1/items?q=da-2026/01'))).toHaveLength(1);
  });

  it('and groups are of projects, not of activities', async () => {
    const json = { kind: 'activity', name: 'x', owner: 'SYT', fiscalYear: 2026, projectGroup: 'A' };
    expect(faultsOf(await health('/v1/items', { json }))).toEqual(['projectGroup: other-kind']);
  });
});

const part = (cash: number, inKind = 0, technology = 0) => ({ cash, inKind, technology });
const partnership = {
  form: 'BTL',
  status: 'negotiating',
  partner: { name: 'Công ty đồng hành', taxCode: '0123456789-001' },
  enterprisePart: part(200, 50, 50),
  statePart: part(600, 0, 100),
  assetsOwnership: 'state',
  dataOwnership: 'state',
  dataAccessRights: 'Doanh nghiệp chỉ được dùng dữ liệu mở.',
  term: { from: '2026-05-01', to: '2031-04-30' },
  riskSharing: { from: '2026-05-01', to: '2028-04-30', rule: 'Chia sẻ phần giảm doanh thu.' },
  milestones: [{ name: 'Ký hợp đồng', due: '2026-06-30', reachedOn: null }],
  documents: [{ title: 'Biên bản thỏa thuận', number: '01/BBTT', date: '2026-04-01' }],
  legalGround: 'Nghị định 180/2025/NĐ-CP',
  note: null,
};

describe('partnerships', () => {
  it('are part of the item, with all that was agreed, and an event', async () => {
    const path = await newItem({ totalCost: 1_000 });
    const answer = await health(`${path}/partnership`, { json: partnership });
    expect(answer.body['partnership']).toEqual({ ...partnership, stateShare: 7_000 });
    const json = { ...partnership, status: 'signed', riskSharing: undefined };
    const changed = await health(`${path}/partnership`, { json });
    expect(changed.body).toMatchObject({ version: 3, partnership: { status: 'signed', riskSharing: null } });
    expect((await health(`${path}/partnership`, { json })).body['version']).toBe(3);
    const event = (await lab.events()).find(
      ({ type, sequence }) => type === BUDGET_ITEM_PARTNERSHIP_CHANGED && sequence === 3,
    );
    expect(event?.data.changed).toEqual(['partnership']);
    expect(itemsOf(await health('/v1/items?partnership=true'))).toHaveLength(1);
  });

  it('warn when the State carries more than 70 %, not at 70 %', async () => {
    const path = await newItem();
    await health(`${path}/partnership`, { json: partnership });
    expect((await health(`${path}/partnership`)).body['stateShareWarning']).toBeNull();
    await health(`${path}/partnership`, { json: { ...partnership, statePart: part(701) } });
    expect((await health(`${path}/partnership`)).body['stateShareWarning']).toEqual({
      stateShare: 7_003,
      threshold: 70,
    });
  });

  it('show what the budget would save, and store nothing', async () => {
    const path = await newItem({ totalCost: 1_000 });
    const asked = await health(`${path}/partnership/what-if?enterprisePercent=35`);
    expect(asked.body).toEqual({
      cost: 1_000,
      stateNow: 1_000,
      statePart: 650,
      enterprisePart: 350,
      saved: 350,
      stateShare: 6_500,
      aboveThreshold: false,
    });
    const little = await health(`${path}/partnership/what-if?enterprisePart=299`);
    expect(little.body).toMatchObject({ saved: 299, aboveThreshold: true });
    expect(faultsOf(await health(`${path}/partnership/what-if?enterprisePart=1001`))).toEqual([
      'enterprisePart: too-large',
    ]);
    expect(faultsOf(await health(`${path}/partnership/what-if`))).toEqual(['enterprisePart: required']);
    const unknown = await newItem();
    expect(faultsOf(await health(`${unknown}/partnership/what-if?enterprisePercent=1`))).toEqual([
      'id: no-cost',
    ]);
    expect((await health(path)).body).toMatchObject({ version: 1, partnership: null });
  });

  it('are taken off with a reason that the history keeps', async () => {
    const path = await newItem();
    const removal = { json: { reason: 'Doanh nghiệp rút' } };
    expect((await health(`${path}/partnership/removal`, removal)).body['code']).toBe('no-partnership');
    await health(`${path}/partnership`, { json: partnership });
    expect((await finance(`${path}/partnership/removal`, removal)).body['partnership']).toBeNull();
    expect((await health(`${path}/partnership`)).status).toBe(404);
    expect(itemsOf(await health(`${path}/history`)).at(-1)).toMatchObject({ note: 'Doanh nghiệp rút' });
  });

  it.each([
    [
      'a tax code that is none',
      { partner: { name: 'x', taxCode: '123' } },
      ['partner.taxCode: wrong-pattern'],
    ],
    [
      'a term that ends before it begins',
      { term: { from: '2027-01-01', to: '2026-01-01' } },
      ['term.to: too-small'],
    ],
    [
      'a risk window that does',
      { riskSharing: { from: '2027-01-01', to: '2026-01-01', rule: 'x' } },
      ['riskSharing.to: too-small'],
    ],
    ['another form', { form: 'BOX' }, ['form: not-one-of']],
    ['negative money', { statePart: part(-1) }, ['statePart.cash: too-small']],
    ['a share of its own', { stateShare: 1 }, ['stateShare: unknown-field']],
  ])('refuse %s', async (_what, change, faults) => {
    const path = await newItem();
    expect(faultsOf(await health(`${path}/partnership`, { json: { ...partnership, ...change } }))).toEqual(
      faults,
    );
  });
});

describe('the events of all these tests', () => {
  it('keep to the published schemas', async () => {
    const { types, faults } = checkAgainstSchemas(await lab.events());
    expect(faults).toEqual([]);
    expect(types).toEqual(
      expect.arrayContaining([
        BUDGET_ITEM_STAGE_CHANGED,
        BUDGET_ITEM_STATUS_CHANGED,
        BUDGET_ITEM_PARTNERSHIP_CHANGED,
      ]),
    );
  });
});
