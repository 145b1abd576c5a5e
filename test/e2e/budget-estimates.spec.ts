import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  BUDGET_ESTIMATE,
  BUDGET_ITEM_ALLOCATED,
  BUDGET_ROUND,
  type BudgetEstimateState,
  type BudgetItemState,
} from '#libs/contracts';
import {
  DECISION as decision,
  DOCUMENT as document,
  ROUND as round,
  RoundsLab,
} from './budget-rounds-lab.js';
import { type Answer, type Caller, type DataServiceLab, faultsOf, itemsOf } from './data-service.js';
import { checkAgainstSchemas } from './event-contract.js';

let rounds: RoundsLab;
let lab: DataServiceLab;
let standingBody: Caller;
let finance: Caller;
let committee: Caller;
let health: Caller;
let schools: Caller;
let commune: Caller;

beforeAll(async () => {
  rounds = await RoundsLab.open();
  ({ lab, standingBody, finance, committee, health, schools, commune } = rounds);
});

afterAll(async () => {
  await lab.close();
});

const openRound: RoundsLab['openRound'] = (more) => rounds.openRound(more);
const draft: RoundsLab['draft'] = (...estimate) => rounds.draft(...estimate);
const submit: RoundsLab['submit'] = (...estimate) => rounds.submit(...estimate);
const consolidated: RoundsLab['consolidated'] = (name) => rounds.consolidated(name);
const step: RoundsLab['step'] = (...what) => rounds.step(...what);
const next: RoundsLab['next'] = (...where) => rounds.next(...where);
const appraise: RoundsLab['appraise'] = (...verdict) => rounds.appraise(...verdict);
const itemNamed: RoundsLab['itemNamed'] = (name) => rounds.itemNamed(name);

describe('a round of estimates', () => {
  it('goes from the call to the allocation, and tells each role what it may do next', async () => {
    const id = await openRound({ name: 'Vòng đầy đủ' });
    expect(await next(health, id)).toEqual([['draft', 1]]);
    expect(await next(standingBody, id)).toEqual([
      ['change', 1],
      ['draft', 1],
      ['cancel', 1],
    ]);
    expect(await next(committee, id)).toEqual([]);

    const estimate = await draft(health, 'SYT', id, [
      { name: 'Bệnh án điện tử', amount: 500 },
      { name: 'Thiết bị đầu cuối', amount: 300, source: 'administrative-reform' },
      { name: 'Phần mềm chưa cần', amount: 100 },
    ]);
    expect(await next(health, id)).toEqual([
      ['draft', 1],
      ['submit', 1],
    ]);
    await health(`/v1/estimates/${estimate}/submission`, { json: {} });
    expect(await next(health, id)).toEqual([]);
    expect(await next(standingBody, id)).toEqual([
      ['change', 1],
      ['draft', 1],
      ['return', 1],
      ['consolidate', 1],
      ['cancel', 1],
    ]);

    const back = await standingBody(`/v1/estimates/${estimate}/return`, {
      json: { reason: 'Thiếu thuyết minh' },
    });
    expect(back.body).toMatchObject({ state: 'returned', returnReason: 'Thiếu thuyết minh' });
    expect(await next(standingBody, id)).toEqual([
      ['change', 1],
      ['draft', 1],
      ['cancel', 1],
    ]);
    await health(`/v1/estimates/${estimate}/submission`, { json: {} });
    await draft(schools, 'SGDDT', id, [{ name: 'Không gửi', amount: 7 }]);

    const taken = await step(standingBody, id, 'consolidation');
    expect(taken.body).toMatchObject({ state: 'consolidated', requested: 900 });
    expect(await next(standingBody, id)).toEqual([
      ['hand-back', 1],
      ['cancel', 1],
    ]);
    expect(await next(finance, id)).toEqual([
      ['appraise', 3],
      ['hand-back', 1],
    ]);

    const table = itemsOf<{ id: string; amount: number }>(await finance(`/v1/estimate-lines?round=${id}`));
    const line = (amount: number) => table.find((one) => one.amount === amount)?.id ?? '';
    await appraise(line(500), { verdict: 'accepted' });
    await appraise(line(300), { verdict: 'reduced', amount: 250, reason: 'Đơn giá cao' });
    expect((await step(finance, id, 'appraisal', document)).body).toMatchObject({
      code: 'lines-not-appraised',
      status: 409,
    });
    await appraise(line(100), {
      verdict: 'refused',
      reason: 'Trùng',
      ground: 'Điều 65 Nghị định 224/2026/NĐ-CP',
    });
    expect(await next(finance, id)).toEqual([
      ['finish-appraisal', 1],
      ['hand-back', 1],
    ]);
    expect((await step(finance, id, 'appraisal', document)).body).toMatchObject({ appraised: 750 });
    expect(await next(committee, id)).toEqual([['approve', 1]]);

    const approved = await step(committee, id, 'approval', decision);
    expect(approved.body).toMatchObject({ state: 'approved', decision, approved: 750 });
    expect(await next(finance, id)).toEqual([['allocate', 2]]);

    const lines = [{ lineId: line(500), amount: 200 }];
    const part = await step(finance, id, 'allocation', { ...document, lines });
    expect(part.body).toMatchObject({ state: 'approved', allocated: 200 });
    const rest = await step(committee, id, 'allocation', document);
    expect(rest.body).toMatchObject({ state: 'allocated', allocated: 750 });
    expect(await next(finance, id)).toEqual([]);

    expect(await itemNamed('Bệnh án điện tử')).toMatchObject({
      kind: 'activity',
      owner: { code: 'SYT' },
      requested: 500,
      allocated: 500,
      lines: [{ source: 'state-recurrent', year: 2026, planned: 500, appraised: 500, approved: 500 }],
    });
    expect(await itemNamed('Thiết bị đầu cuối')).toMatchObject({
      requested: 300,
      allocated: 250,
      supplement: 50,
    });
    expect(await itemNamed('Phần mềm chưa cần')).toMatchObject({ requested: 100, allocated: 0 });
    expect(itemsOf(await finance('/v1/items?q=Không gửi'))).toEqual([]);
    const entries = itemsOf(await finance(`/v1/entries?step=allocated`));
    expect(entries.map((entry) => [entry['amount'], entry['roundId']])).toEqual([
      [200, id],
      [300, id],
      [250, id],
    ]);
    const history = itemsOf(await finance(`/v1/estimate-rounds/${id}/history`));
    expect(history.map(({ action, document: paper }) => [action, paper])).toEqual([
      ['opened', round.document],
      ['consolidated', round.document],
      ['appraised', document.document],
      ['approved', decision.document],
      ['allocated', document.document],
      ['allocated', document.document],
    ]);
  });

  it('puts money into the item that it is for, and keeps its other money', async () => {
    const json = {
      kind: 'project',
      name: 'Kho dữ liệu y tế',
      owner: 'SYT',
      fiscalYear: 2026,
      totalCost: 900,
    };
    const itemId = String((await health('/v1/items', { json })).body['id']);
    const lines = [{ source: 'state-investment', year: 2026, planned: 900 }];
    await health(`/v1/items/${itemId}/funding`, { json: { lines } });
    const id = await openRound();
    await submit(health, 'SYT', id, [
      { itemId, name: 'Năm đầu', amount: 400, source: 'state-investment' },
      { itemId, name: 'Vận hành', amount: 50, source: 'state-recurrent' },
    ]);
    await step(standingBody, id, 'consolidation');
    const item = (await health(`/v1/items/${itemId}`)).body as unknown as BudgetItemState;
    expect(item.lines.map(({ source, planned, requested }) => [source, planned, requested])).toEqual([
      ['state-investment', 900, 400],
      ['state-recurrent', 0, 50],
    ]);
  });

  it('marks an estimate that comes after the deadline, and takes it while the round is open', async () => {
    const id = await openRound({ deadline: '2026-04-19' });
    expect(await submit(commune, '22333', id, [{ name: 'Số hóa', amount: 10 }])).toMatchObject({
      late: true,
    });
    const inTime = await openRound({ deadline: '2026-04-20' });
    expect(await submit(commune, '22333', inTime, [{ name: 'Số hóa', amount: 10 }])).toMatchObject({
      late: false,
      submittedOn: '2026-04-20',
    });
  });

  it('gets another deadline from the standing body while it is open', async () => {
    const id = await openRound({ deadline: '2026-04-19' });
    const change = (who: Caller, deadline: string) =>
      who(`/v1/estimate-rounds/${id}`, { method: 'PATCH', json: { deadline } });
    expect((await change(health, '2026-05-31')).body['code']).toBe('other-agency');
    expect((await change(standingBody, '2026-05-31')).body).toMatchObject({
      version: 2,
      deadline: '2026-05-31',
    });
    expect((await change(standingBody, '2026-05-31')).body).toMatchObject({ version: 2 });
    expect(await submit(commune, '22333', id, [{ name: 'Số hóa', amount: 10 }])).toMatchObject({
      late: false,
    });
    await step(standingBody, id, 'consolidation');
    expect((await change(standingBody, '2026-06-30')).body['code']).toBe('round-state');
  });

  it('is approved by one decision: all of it or nothing', async () => {
    const { id, lines } = await consolidated('Trọn gói');
    for (const line of lines) await appraise(line, { verdict: 'accepted' });
    await step(finance, id, 'appraisal', document);
    // One of its lines cannot be approved any more: what it rests on was taken back meanwhile.
    const item = await itemNamed('Trọn gói: trường học');
    const [entry] = itemsOf<{ id: string }>(await finance(`/v1/entries?item=${item.id}&step=appraised`));
    const reversal = { json: { reason: 'Rà soát lại', ...document } };
    expect((await finance(`/v1/entries/${entry?.id ?? ''}/reversal`, reversal)).status).toBe(200);
    expect((await step(committee, id, 'approval', decision)).body['code']).toBe('beyond-step-before');
    expect((await finance(`/v1/estimate-rounds/${id}`)).body).toMatchObject({
      state: 'appraised',
      approved: 0,
    });
    expect((await itemNamed('Trọn gói: bệnh án')).lines[0]).toMatchObject({ approved: 0 });
  });

  it('is consolidated and allocated once, however many ask at the same time', async () => {
    const { id, lines } = await consolidated('Một lần');
    for (const line of lines) await appraise(line, { verdict: 'accepted' });
    const six = async (ask: () => Promise<Answer>) => {
      const answers = await Promise.all(Array.from({ length: 6 }, ask));
      return answers.map(({ status, body }) => (status === 200 ? 'done' : body['code'])).sort();
    };
    const once = ['done', ...Array.from({ length: 5 }, () => 'round-state')];
    expect(await six(() => step(finance, id, 'appraisal', document))).toEqual(once);
    expect(await six(() => step(committee, id, 'approval', decision))).toEqual(once);
    expect(await six(() => step(finance, id, 'allocation', document))).toEqual(once);
    expect((await finance(`/v1/estimate-rounds/${id}`)).body).toMatchObject({ allocated: 1_000 });
    expect((await itemNamed('Một lần: bệnh án')).allocated).toBe(500);
  });

  it('has in it all that was submitted before it was consolidated, and nothing else', async () => {
    const id = await openRound({ name: 'Cùng lúc' });
    await submit(schools, 'SGDDT', id, [{ name: 'Cùng lúc: có sẵn', amount: 1 }]);
    const estimate = await draft(health, 'SYT', id, [{ name: 'Cùng lúc: kịp hay không', amount: 5 }]);
    const [submission, consolidation] = await Promise.all([
      health(`/v1/estimates/${estimate}/submission`, { json: {} }),
      step(standingBody, id, 'consolidation'),
    ]);
    expect(consolidation.body['requested']).toBe(submission.status === 200 ? 6 : 1);
    if (submission.status !== 200) expect(submission.body['code']).toBe('round-state');
  });
});

describe('what is not allowed', () => {
  /** A round with one submitted estimate, and one that is consolidated; no case changes them. */
  let open: { id: string; estimate: string };
  let handedOn: { id: string; lines: string[] };

  beforeAll(async () => {
    const id = await openRound();
    open = { id, estimate: (await submit(health, 'SYT', id, [{ name: 'Một dòng', amount: 1 }])).id };
    handedOn = await consolidated('Đã tổng hợp');
  });

  it.each<[string, () => Promise<Answer>, string]>([
    ['another agency to open a round', () => health('/v1/estimate-rounds', { json: round }), 'other-agency'],
    [
      'an agency to draft for another',
      () => health('/v1/estimates', { json: { round: open.id, agency: 'SGDDT' } }),
      'other-agency',
    ],
    ['Sở Tài chính to consolidate', () => step(finance, open.id, 'consolidation'), 'other-agency'],
    [
      'an agency to return estimates',
      () => health(`/v1/estimates/${open.estimate}/return`, { json: { reason: 'x' } }),
      'other-agency',
    ],
    [
      'the standing body to appraise',
      () =>
        standingBody(`/v1/estimate-lines/${handedOn.lines[0] ?? ''}/appraisal`, {
          json: { verdict: 'accepted' },
        }),
      'insufficient-scope',
    ],
    [
      'to appraise what is not consolidated',
      async () => {
        const { body } = await finance(`/v1/estimates/${open.estimate}`);
        const [line] = (body as unknown as BudgetEstimateState).lines;
        return appraise(line?.id ?? '', { verdict: 'accepted' });
      },
      'round-state',
    ],
    [
      'to approve what is not appraised',
      () => step(committee, handedOn.id, 'approval', decision),
      'round-state',
    ],
    [
      'to submit twice',
      () => health(`/v1/estimates/${open.estimate}/submission`, { json: {} }),
      'estimate-state',
    ],
    [
      'to change what was submitted',
      () => health(`/v1/estimates/${open.estimate}/lines`, { json: { lines: [] } }),
      'estimate-state',
    ],
    [
      'to consolidate nothing',
      async () => step(standingBody, await openRound(), 'consolidation'),
      'nothing-submitted',
    ],
    [
      'to submit an empty estimate',
      async () => {
        const { body } = await schools('/v1/estimates', { json: { round: open.id, agency: 'SGDDT' } });
        return schools(`/v1/estimates/${String(body['id'])}/submission`, { json: {} });
      },
      'estimate-empty',
    ],
    [
      'two estimates of one agency',
      () => health('/v1/estimates', { json: { round: open.id, agency: 'SYT' } }),
      'estimate-exists',
    ],
  ])('%s', async (_what, ask, code) => {
    expect((await ask()).body['code']).toBe(code);
  });

  it('is to see or change estimates of others', async () => {
    const { id, estimate } = open;
    expect((await commune(`/v1/estimates/${estimate}`)).status).toBe(404);
    expect((await commune(`/v1/estimates/${estimate}/lines`, { json: { lines: [] } })).status).toBe(404);
    expect(itemsOf(await commune(`/v1/estimates?round=${id}`))).toEqual([]);
    expect(itemsOf(await commune(`/v1/estimate-lines?round=${id}`))).toEqual([]);
    expect(itemsOf(await finance(`/v1/estimates?round=${id}&state=submitted`))).toHaveLength(1);
  });

  it.each([
    ['a reduction without a reason', { verdict: 'reduced', amount: 100 }, ['reason: required']],
    ['a reduction to the same', { verdict: 'reduced', amount: 500, reason: 'x' }, ['amount: too-large']],
    ['a refusal without its ground', { verdict: 'refused', reason: 'x' }, ['ground: required']],
    ['an acceptance of another amount', { verdict: 'accepted', amount: 400 }, ['amount: too-small']],
  ])('is %s', async (_what, json, faults) => {
    expect(faultsOf(await appraise(handedOn.lines[0] ?? '', json))).toEqual(faults);
  });

  it('is to ask for an item of another agency, or an unknown line', async () => {
    const id = await openRound();
    const { body } = await health('/v1/estimates', { json: { round: id, agency: 'SYT' } });
    const lines = (line: object) =>
      health(`/v1/estimates/${String(body['id'])}/lines`, {
        json: { lines: [{ name: 'x', amount: 1, ...line }] },
      });
    const [foreign] = itemsOf<{ id: string }>(await finance('/v1/items?owner=STTTT'));
    expect(faultsOf(await lines({ itemId: foreign?.id }))).toEqual(['lines[0].itemId: unknown-item']);
    expect(faultsOf(await lines({ id: id }))).toEqual(['lines[0].id: unknown-line']);
    expect(faultsOf(await lines({ source: 'enterprise' }))).toEqual(['lines[0].source: not-one-of']);
  });

  it('is to allocate more of a line than was approved', async () => {
    const { id, lines } = await consolidated('Quá mức');
    for (const line of lines) await appraise(line, { verdict: 'accepted' });
    await step(finance, id, 'appraisal', document);
    await step(committee, id, 'approval', decision);
    const share = (amount: number) =>
      step(finance, id, 'allocation', { ...document, lines: [{ lineId: lines[0], amount }] });
    expect(faultsOf(await share(501))).toEqual(['lines[0].amount: too-large']);
    expect((await share(500)).status).toBe(200);
    expect(faultsOf(await share(1))).toEqual(['lines[0].amount: too-large']);
  });
});

describe('the events of all these tests', () => {
  it('keep to the published schemas, every version of every aggregate', async () => {
    const events = await lab.events();
    const { types, faults } = checkAgainstSchemas(events);
    expect(faults).toEqual([]);
    expect(types).toContain(BUDGET_ITEM_ALLOCATED);
    for (const aggregate of [BUDGET_ROUND, BUDGET_ESTIMATE]) {
      const own = events.filter(({ subject }) => subject.startsWith(`ioc.budget.${aggregate}.`));
      expect(own.length).toBeGreaterThan(10);
      const versions = new Map<string, number>();
      for (const { aggregateId, sequence } of own) {
        expect(sequence).toBe((versions.get(aggregateId) ?? 0) + 1);
        versions.set(aggregateId, sequence);
      }
    }
    expect((await finance('/v1/ledger/verification')).body['differences']).toEqual([]);
  });
});
