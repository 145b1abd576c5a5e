import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  BUDGET_ESTIMATE_RETURNED,
  BUDGET_ROUND_CANCELLED,
  BUDGET_ROUND_HANDED_BACK,
  type BudgetEstimateState,
} from '#libs/contracts';
import { DECISION, DOCUMENT, RoundsLab } from './budget-rounds-lab.js';
import { type Answer, type Caller, faultsOf, itemsOf } from './data-service.js';
import { checkAgainstSchemas } from './event-contract.js';

let rounds: RoundsLab;

beforeAll(async () => {
  rounds = await RoundsLab.open();
});

afterAll(async () => {
  await rounds.lab.close();
});

const REASON = { reason: 'Chưa khớp kế hoạch năm' };
const CANCELLATION = { document: '90/SKHCN-CĐS', reason: 'Tỉnh lập lại đợt mới' };

const handBack = (who: Caller, id: string, json: object = REASON) => rounds.step(who, id, 'hand-back', json);
const cancel = (who: Caller, id: string, json: object = CANCELLATION) =>
  rounds.step(who, id, 'cancellation', json);
const codeOf = async (answer: Promise<Answer>) => (await answer).body['code'];

async function estimate(id: string): Promise<BudgetEstimateState> {
  return (await rounds.finance(`/v1/estimates/${id}`)).body as unknown as BudgetEstimateState;
}

async function appraiseAll(id: string, lines: readonly string[]): Promise<void> {
  for (const line of lines) await rounds.appraise(line, { verdict: 'accepted' });
  expect((await rounds.step(rounds.finance, id, 'appraisal', DOCUMENT)).status).toBe(200);
}

/** What the books say of the first line of an item. */
async function booksOf(name: string): Promise<number[]> {
  const { lines } = await rounds.itemNamed(name);
  return lines.flatMap(({ planned, requested, appraised }) => [planned, requested, appraised]);
}

async function verified(): Promise<unknown> {
  return (await rounds.finance('/v1/ledger/verification')).body['differences'];
}

describe('a consolidated round that is handed back', () => {
  it('is open again, every estimate with its agency, nothing left in the books; then goes its way once more', async () => {
    const { id, lines, estimates } = await rounds.consolidated('Trả lại');
    await rounds.appraise(lines[0] ?? '', { verdict: 'reduced', amount: 400, reason: 'Đơn giá cao' });
    expect(await booksOf('Trả lại: bệnh án')).toEqual([500, 500, 0]);

    const back = await handBack(rounds.finance, id, { ...REASON, document: '88/STC-QLNS' });
    expect(back.body).toMatchObject({ version: 3, state: 'open', requested: 0, cancellation: null });
    for (const estimateId of estimates) {
      const { state, returnReason, lines: own } = await estimate(estimateId);
      expect([state, returnReason]).toEqual(['returned', REASON.reason]);
      expect(own.map(({ appraisal }) => appraisal)).toEqual(own.map(() => null));
      const history = itemsOf(await rounds.finance(`/v1/estimates/${estimateId}/history`));
      expect(history.at(-1)).toMatchObject({ action: 'returned', note: REASON.reason, agency: 'STC' });
    }
    expect(await booksOf('Trả lại: bệnh án')).toEqual([0, 0, 0]);
    const item = await rounds.itemNamed('Trả lại: bệnh án');
    const entries = itemsOf(await rounds.finance(`/v1/entries?item=${item.id}`));
    expect(entries.map(({ amount, document }) => [amount, document])).toEqual([
      [500, '634/SKHCN-CĐS'],
      [-500, '88/STC-QLNS'],
    ]);

    // Health asks for less of the same item; the schools leave it.
    const [health = '', schools = ''] = estimates;
    const lesser = (await estimate(health)).lines.map((line) => ({
      ...{ id: line.id, itemId: line.itemId, name: line.name, source: line.source },
      amount: line.amount - 100,
    }));
    await rounds.health(`/v1/estimates/${health}/lines`, { json: { lines: lesser } });
    for (const [who, one] of [
      [rounds.health, health],
      [rounds.schools, schools],
    ] as const) {
      expect((await who(`/v1/estimates/${one}/submission`, { json: {} })).status).toBe(200);
    }
    const again = await rounds.step(rounds.standingBody, id, 'consolidation');
    expect(again.body).toMatchObject({ state: 'consolidated', requested: 800 });
    expect(await rounds.itemNamed('Trả lại: bệnh án')).toMatchObject({ id: item.id, requested: 400 });
    expect(await booksOf('Trả lại: bệnh án')).toEqual([400, 400, 0]);
    await appraiseAll(id, lines);
    expect((await rounds.step(rounds.committee, id, 'approval', DECISION)).body).toMatchObject({
      approved: 800,
    });
    expect(await verified()).toEqual([]);
  });

  it('keeps a plan that somebody changed meanwhile, and leaves alone what was taken back by hand', async () => {
    const { id } = await rounds.consolidated('Giữ kế hoạch');
    const planned = await rounds.itemNamed('Giữ kế hoạch: bệnh án');
    const lines = [{ source: 'state-recurrent', year: 2026, planned: 650 }];
    await rounds.health(`/v1/items/${planned.id}/funding`, { json: { lines } });
    const schools = await rounds.itemNamed('Giữ kế hoạch: trường học');
    const [entry] = itemsOf<{ id: string }>(await rounds.finance(`/v1/entries?item=${schools.id}`));
    const reversal = { reason: 'Ghi nhầm', ...DOCUMENT };
    await rounds.schools(`/v1/entries/${entry?.id ?? ''}/reversal`, { json: reversal });
    expect((await handBack(rounds.standingBody, id)).status).toBe(200);
    expect(await booksOf('Giữ kế hoạch: bệnh án')).toEqual([650, 0, 0]);
    expect(await booksOf('Giữ kế hoạch: trường học')).toEqual([0, 0, 0]);
    expect(await verified()).toEqual([]);
  });

  it('is not half handed back when a line of it went on by hand', async () => {
    const { id, estimates } = await rounds.consolidated('Dở dang');
    const { id: itemId, lines } = await rounds.itemNamed('Dở dang: trường học');
    const json = { lineId: lines[0]?.id, step: 'appraised', amount: 200, ...DOCUMENT };
    expect((await rounds.finance(`/v1/items/${itemId}/entries`, { json })).status).toBe(200);
    expect(await codeOf(handBack(rounds.finance, id))).toBe('later-step-needs-it');
    expect(await codeOf(cancel(rounds.standingBody, id))).toBe('later-step-needs-it');
    expect((await rounds.finance(`/v1/estimate-rounds/${id}`)).body).toMatchObject({
      version: 2,
      state: 'consolidated',
    });
    expect((await estimate(estimates[0] ?? '')).state).toBe('submitted');
    expect(await booksOf('Dở dang: bệnh án')).toEqual([500, 500, 0]);
  });

  it('is handed back or handed on, not both', async () => {
    const { id, lines } = await rounds.consolidated('Một trong hai');
    for (const line of lines) await rounds.appraise(line, { verdict: 'accepted' });
    const answers = await Promise.all([
      rounds.step(rounds.finance, id, 'appraisal', DOCUMENT),
      handBack(rounds.standingBody, id),
      handBack(rounds.finance, id),
    ]);
    const said = answers.map(({ status, body }) => (status === 200 ? 'done' : body['code'])).sort();
    expect(said).toEqual(['done', 'round-state', 'round-state']);
    expect(await verified()).toEqual([]);
  });
});

describe('a round that is cancelled', () => {
  it('says why, leaves nothing in the books and goes no further', async () => {
    const { id, lines, estimates } = await rounds.consolidated('Hủy');
    await appraiseAll(id, lines);
    expect(await booksOf('Hủy: bệnh án')).toEqual([500, 500, 500]);
    const answer = await cancel(rounds.standingBody, id);
    expect(answer.body).toMatchObject({
      state: 'cancelled',
      cancellation: CANCELLATION,
      requested: 0,
      appraised: 0,
    });
    expect(await booksOf('Hủy: bệnh án')).toEqual([0, 0, 0]);
    expect((await estimate(estimates[0] ?? '')).state).toBe('submitted');
    const history = itemsOf(await rounds.finance(`/v1/estimate-rounds/${id}/history`));
    expect(history.at(-1)).toMatchObject({
      action: 'cancelled',
      document: CANCELLATION.document,
      note: CANCELLATION.reason,
    });
    for (const who of [rounds.standingBody, rounds.finance, rounds.committee, rounds.health]) {
      expect(await rounds.next(who, id)).toEqual([]);
    }
    expect(await codeOf(rounds.step(rounds.committee, id, 'approval', DECISION))).toBe('round-state');
    expect(await codeOf(cancel(rounds.standingBody, id))).toBe('round-state');
    expect(await verified()).toEqual([]);
  });

  it('lets what other services asked for wait for the next round, with the amount that they ask for by now', async () => {
    const origins = await rounds.lab.rows<{ id: string }>(
      `INSERT INTO estimate_line (id, agency_code, agency_name, kind, name, source, year, form, amount, origin_service,
         origin_aggregate, origin_id)
       SELECT gen_random_uuid(), 'SYT', 'Sở Y tế', 'activity', 'Cơ sở dữ liệu ' || number, 'state-recurrent', 2027, 'cash', 70,
         'registry', 'database', gen_random_uuid()
       FROM generate_series(1, 2) number RETURNING id`,
    );
    const id = await rounds.openRound({ name: 'Có nguồn gốc', fiscalYear: 2027 });
    const [mine] = itemsOf<{ id: string }>(await rounds.health(`/v1/estimates?round=${id}`));
    await rounds.health(`/v1/estimates/${mine?.id ?? ''}/submission`, { json: {} });
    expect((await rounds.step(rounds.standingBody, id, 'consolidation')).body['requested']).toBe(140);
    // Their databases cost other amounts by now: one less, one nothing.
    await rounds.lab.rows(`UPDATE estimate_line SET origin_amount = 40 WHERE id = '${origins[0]?.id ?? ''}'`);
    await rounds.lab.rows(`UPDATE estimate_line SET origin_amount = 0 WHERE id = '${origins[1]?.id ?? ''}'`);
    expect((await cancel(rounds.standingBody, id)).status).toBe(200);
    expect((await estimate(mine?.id ?? '')).lines).toEqual([]);
    const waiting = itemsOf(await rounds.health('/v1/estimate-lines?waiting=true'));
    expect(waiting.map(({ amount, originAmount, appraisal }) => [amount, originAmount, appraisal])).toEqual([
      [40, null, null],
    ]);
    const other = await rounds.openRound({ name: 'Đợt sau', fiscalYear: 2027 });
    const [next] = itemsOf<BudgetEstimateState>(await rounds.health(`/v1/estimates?round=${other}`));
    expect(next?.lines.map((line) => line.amount)).toEqual([40]);
  });
});

describe('what is not allowed', () => {
  let open: string;
  let consolidated: { id: string; lines: string[] };

  beforeAll(async () => {
    open = await rounds.openRound({ name: 'Đang mở' });
    consolidated = await rounds.consolidated('Không được');
  });

  it.each<[string, () => Promise<Answer>, string]>([
    ['an agency to hand back', () => handBack(rounds.health, consolidated.id), 'other-agency'],
    ['an agency to cancel', () => cancel(rounds.health, open), 'other-agency'],
    ['Sở Tài chính to cancel', () => cancel(rounds.finance, open), 'other-agency'],
    ['the Committee to hand back', () => handBack(rounds.committee, consolidated.id), 'insufficient-scope'],
    ['to hand back what is open', () => handBack(rounds.standingBody, open), 'round-state'],
    [
      'a stale version',
      () =>
        rounds.standingBody(`/v1/estimate-rounds/${consolidated.id}/cancellation`, {
          json: CANCELLATION,
          headers: { 'if-match': '"1"' },
        }),
      'stale-version',
    ],
  ])('%s', async (_what, ask, code) => {
    expect((await ask()).body['code']).toBe(code);
  });

  it('to do it without saying why', async () => {
    expect(faultsOf(await handBack(rounds.finance, consolidated.id, {}))).toEqual(['reason: required']);
    expect(faultsOf(await cancel(rounds.standingBody, open, { reason: 'x' }))).toEqual([
      'document: required',
    ]);
  });

  it('to cancel what is approved', async () => {
    await appraiseAll(consolidated.id, consolidated.lines);
    await rounds.step(rounds.committee, consolidated.id, 'approval', DECISION);
    expect(await codeOf(cancel(rounds.standingBody, consolidated.id))).toBe('round-state');
    expect(await codeOf(handBack(rounds.finance, consolidated.id))).toBe('round-state');
  });

  it('by the database: a cancelled round without its ground', async () => {
    await expect(
      rounds.lab.rows(`UPDATE estimate_round SET state = 'cancelled' WHERE id = '${open}'`),
    ).rejects.toThrow(/cancelled_with_a_ground/);
  });
});

it('the events of all these tests keep to the published schemas', async () => {
  const { types, faults } = checkAgainstSchemas(await rounds.lab.events());
  expect(faults).toEqual([]);
  for (const type of [BUDGET_ROUND_HANDED_BACK, BUDGET_ROUND_CANCELLED, BUDGET_ESTIMATE_RETURNED]) {
    expect(types).toContain(type);
  }
});
