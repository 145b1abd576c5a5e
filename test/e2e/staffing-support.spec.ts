import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SupportPlanEventState } from '#libs/contracts';
import { staffingService } from '../../apps/staffing/src/service.js';
import { type Caller, codeOf, DataServiceLab, faultsOf, good, itemsOf, TODAY } from './data-service.js';
import { checkAgainstSchemas } from './event-contract.js';

type Plan = SupportPlanEventState;

let lab: DataServiceLab;
let base: string;
let ward: Caller;
let supporter: Caller;
let homeAffairs: Caller;
let committee: Caller;
let other: Caller;

beforeAll(async () => {
  lab = await DataServiceLab.open('staffing', staffingService);
  base = await lab.start();
  const as = (agency: string) => lab.as(base, agency, 'staffing:read', 'staffing:write');
  [ward, supporter, homeAffairs, committee, other] = await Promise.all([
    as('22333'),
    as('SXD'),
    as('SNV'),
    as('UBND'),
    as('22366'),
  ]);
});

afterAll(async () => {
  await lab.close();
});

const CONTENT = {
  title: 'Tăng cường kỹ sư mạng',
  unit: '22333',
  supporter: 'SXD',
  skill: 'Quản trị mạng',
  mode: 'secondment',
  from: '2026-05-01',
  to: '2027-04-30',
  need: 'Chưa có người quản trị mạng',
  cost: 90_000_000,
  costSource: 'state-budget',
};
const APPROVAL = { number: '900/QĐ-UBND', date: '2026-04-18' };

const propose = (changes: object = {}) =>
  good<Plan>(ward('/v1/support-plans', { json: { ...CONTENT, ...changes } }));
const post = (who: Caller, { id }: Plan, action: string, json: object = {}) =>
  who(`/v1/support-plans/${id}/${action}`, { json });
const patch = (who: Caller, { id }: Plan, json: object, headers: Record<string, string> = {}) =>
  who(`/v1/support-plans/${id}`, { method: 'PATCH', json, headers });

describe('a support plan', () => {
  it('is proposed by the commune, approved by a document, and carried out by the supporter', async () => {
    const plan = await propose();
    expect(plan).toMatchObject({
      version: 1,
      state: 'proposed',
      unit: { code: '22333', name: 'UBND phường Bắc Nha Trang' },
      supporter: { code: 'SXD', name: 'Sở Xây dựng' },
      agency: { code: '22333' },
      cost: 90_000_000,
      year: 2026,
      proposedOn: TODAY,
      approval: null,
    });
    await good(post(committee, plan, 'approval', APPROVAL));
    await good(post(supporter, plan, 'start', { startedOn: '2026-04-19' }));
    expect(await good(post(supporter, plan, 'end', { result: 'Đã bàn giao' }))).toMatchObject({
      version: 4,
      state: 'ended',
      approval: APPROVAL,
      startedOn: '2026-04-19',
      endedOn: TODAY,
      result: 'Đã bàn giao',
    });
    const lines = itemsOf(await ward(`/v1/support-plans/${plan.id}/history`));
    expect(lines.map(({ action, agency, note, document }) => [action, agency, note, document])).toEqual([
      ['ended', 'SXD', 'Đã bàn giao', null],
      ['started', 'SXD', null, null],
      ['approved', 'UBND', null, '900/QĐ-UBND (18/04/2026)'],
      ['proposed', '22333', CONTENT.need, null],
    ]);
    const events = (await lab.events()).filter(({ aggregateId }) => aggregateId === plan.id);
    expect(events.map(({ sequence, data }) => [sequence, data.changed])).toEqual([
      [1, []],
      [2, ['state', 'approval']],
      [3, ['state', 'startedOn']],
      [4, ['state', 'result', 'endedOn']],
    ]);
  });

  it('goes only the ways of its states', async () => {
    const plan = await propose();
    const refused = [409, 'step-not-allowed'];
    expect(codeOf(await post(supporter, plan, 'start'))).toEqual(refused);
    expect(codeOf(await post(supporter, plan, 'end', { result: 'x' }))).toEqual(refused);
    await good(post(homeAffairs, plan, 'approval', APPROVAL));
    expect(codeOf(await patch(ward, plan, { title: 'Khác' }))).toEqual(refused);
    expect(codeOf(await post(homeAffairs, plan, 'approval', APPROVAL))).toEqual(refused);
    await good(post(ward, plan, 'cancellation', { ground: 'Đã tuyển được người' }));
    for (const [action, json] of [
      ['start', {}],
      ['approval', APPROVAL],
      ['cancellation', { ground: 'x' }],
    ] as const) {
      expect(codeOf(await post(homeAffairs, plan, action, json))).toEqual(refused);
    }
  });

  it('is proposed, approved and carried out by those whose matter it is', async () => {
    const plan = await propose();
    const others = [403, 'other-agency'];
    const standingBody = await lab.as(base, 'SKHCN', 'staffing:read', 'staffing:write');
    expect(codeOf(await other('/v1/support-plans', { json: CONTENT }))).toEqual(others);
    expect(codeOf(await standingBody('/v1/support-plans', { json: CONTENT }))).toEqual(others);
    for (const who of [ward, supporter, standingBody]) {
      expect(codeOf(await post(who, plan, 'approval', APPROVAL))).toEqual(others);
    }
    // Sở Nội vụ does not approve what it does itself.
    const own = await propose({ supporter: 'SNV' });
    expect(codeOf(await post(homeAffairs, own, 'approval', APPROVAL))).toEqual(others);
    await good(post(committee, own, 'approval', APPROVAL));
    for (const who of [ward, committee]) expect(codeOf(await post(who, own, 'start'))).toEqual(others);
    expect(codeOf(await post(committee, plan, 'cancellation', { ground: 'x' }))).toEqual(others);
    expect(codeOf(await patch(committee, plan, { title: 'x' }))).toEqual(others);
    expect((await patch(supporter, plan, { title: 'Tăng cường hai kỹ sư' })).body).toMatchObject({
      version: 2,
    });
  });

  it.each([
    ['an unknown commune', { unit: '99999' }, ['unit: unknown-agency']],
    ['an unknown supporter', { supporter: 'XYZ' }, ['supporter: unknown-agency']],
    ['a group as the supporter', { supporter: 'CSBN' }, ['supporter: unknown-agency']],
    ['a payer who has no part in it', { agency: 'STC' }, ['agency: unknown-agency']],
    ['no end', { to: null }, ['to: required']],
    ['an end before its beginning', { to: '2026-04-30' }, ['to: too-small']],
    ['a cost from nowhere', { costSource: 'none' }, ['cost: cost-without-source']],
    ['a cost without a source', { costSource: null }, ['cost: cost-without-source']],
    ['a negative cost', { cost: -1 }, ['cost: too-small']],
    ['another mode', { mode: 'gift' }, ['mode: not-one-of']],
    ['a beginning before there were communes', { from: '2025-06-30' }, ['from: too-small']],
  ])('is refused with %s', async (_what, change, faults) => {
    const answer = await homeAffairs('/v1/support-plans', { json: { ...CONTENT, ...change } });
    expect(faultsOf(answer)).toEqual(faults);
  });

  it('takes no day of the future', async () => {
    const plan = await propose();
    const faults = async (action: string, json: object) =>
      faultsOf(await post(homeAffairs, plan, action, json));
    const tomorrow = '2026-04-21';
    expect(await faults('approval', { number: '1', date: tomorrow })).toEqual(['date: too-large']);
    await good(post(homeAffairs, plan, 'approval', APPROVAL));
    expect(await faults('start', { startedOn: tomorrow })).toEqual(['startedOn: too-large']);
    await good(post(homeAffairs, plan, 'start'));
    expect(await faults('end', { result: 'x', endedOn: tomorrow })).toEqual(['endedOn: too-large']);
    expect(await faults('end', { result: 'x', endedOn: '2026-04-19' })).toEqual(['endedOn: too-small']);
  });

  it('is changed once, of many who start from the same version or send the same twice', async () => {
    const plan = await propose();
    const headers = { 'if-match': '"1"' };
    const answers = await Promise.all([1, 2, 3].map((cost) => patch(ward, plan, { cost }, headers)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    const key = { 'idempotency-key': 'the-same-support' };
    const [first, second] = [
      await ward('/v1/support-plans', { json: CONTENT, headers: key }),
      await ward('/v1/support-plans', { json: CONTENT, headers: key }),
    ];
    expect(second.body).toEqual(first.body);
  });
});

describe('the list of support plans', () => {
  it('shows an agency those in which it has a part, and Sở Tài chính all', async () => {
    const plan = await propose({ title: 'Chỉ một', mode: 'remote', agency: 'SXD' });
    const finance = await lab.as(base, 'STC', 'staffing:read');
    const seen = async (who: Caller, query = '') =>
      (await good<{ items: Plan[] }>(who(`/v1/support-plans?limit=500${query}`))).items.map(({ id }) => id);
    for (const who of [ward, supporter, finance, homeAffairs]) expect(await seen(who)).toContain(plan.id);
    expect(await seen(other)).toEqual([]);
    expect(codeOf(await other(`/v1/support-plans/${plan.id}`))).toEqual([404, 'not-found']);
    expect((await other('/v1/totals')).body['support']).toMatchObject({ plans: 0, cost: 0 });
    const query = '&q=chi mot&state=proposed&unit=22333&supporter=SXD&mode=remote';
    expect(await seen(homeAffairs, query)).toEqual([plan.id]);
    for (const filter of ['state=ended', 'unit=22366', 'supporter=SNV', 'mode=train']) {
      expect(await seen(homeAffairs, `&q=chi mot&${filter}`)).toEqual([]);
    }
    const [newest, ...older] = await seen(ward);
    const page = await good<{ items: Plan[]; nextCursor: string }>(ward('/v1/support-plans?limit=1'));
    expect(page.items.map(({ id }) => id)).toEqual([newest]);
    expect(await seen(ward, `&cursor=${page.nextCursor}`)).toEqual(older);
  });
});

describe('the database itself', () => {
  it.each([
    [
      'a cost that nobody pays',
      `UPDATE support_plan SET cost = 5, cost_source = 'none'`,
      /cost_has_its_source/,
    ],
    [
      'an approval without a document',
      `UPDATE support_plan SET state = 'approved' WHERE state = 'proposed'`,
      /approved_by_document/,
    ],
    ['support without an end', 'UPDATE support_plan SET to_day = NULL', /only_recruited_staff_stays/],
    [
      'a finished training without a report',
      `UPDATE training_plan SET state = 'finished', started_on = '2026-04-01'`,
      /finished_with_report/,
    ],
  ])('refuses %s', async (_what, statement, constraint) => {
    await expect(lab.rows(statement)).rejects.toThrow(constraint);
  });
});

describe('the events of support plans', () => {
  it('keep to the published schemas', async () => {
    const events = (await lab.events()).filter(({ type }) => type.includes('support-plan'));
    const { types, faults } = checkAgainstSchemas(events);
    expect(faults).toEqual([]);
    expect(types.map((type) => type.split('.')[4])).toEqual([
      'approved',
      'cancelled',
      'changed',
      'ended',
      'proposed',
      'started',
    ]);
  });
});
