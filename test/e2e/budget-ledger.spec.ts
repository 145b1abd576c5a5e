import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  BUDGET_ITEM_ALLOCATED,
  BUDGET_ITEM_ENTRY_REVERSED,
  BUDGET_ITEM_FUNDING_PLANNED,
  BUDGET_YEAR_CLOSED,
  type BudgetItemState,
  type BudgetLineState,
} from '#libs/contracts';
import { budgetService } from '../../apps/budget/src/service.js';
import { type Answer, type Caller, DataServiceLab, faultsOf, itemsOf } from './data-service.js';
import { checkAgainstSchemas } from './event-contract.js';

let lab: DataServiceLab;
let base: string;
let finance: Caller;
let committee: Caller;
let health: Caller;

beforeAll(async () => {
  lab = await DataServiceLab.open('budget', budgetService);
  base = await lab.start();
  const second = await lab.start();
  finance = await lab.as(base, 'STC', 'budget:read', 'budget:write', 'budget:appraise');
  committee = await lab.as(second, 'UBND', 'budget:read', 'budget:approve');
  health = await lab.as(base, 'SYT', 'budget:read', 'budget:write');
});

afterAll(async () => {
  await lab.close();
});

const document = '2476/QĐ-UBND';

async function newActivity(lines: object[], name = 'Thuê dịch vụ'): Promise<BudgetItemState> {
  const json = { kind: 'activity', name, owner: 'SYT', fiscalYear: 2026 };
  const { body } = await health('/v1/items', { json });
  const planned = await health(`/v1/items/${String(body['id'])}/funding`, { json: { lines } });
  expect(planned.status).toBe(200);
  return stateOf(planned);
}

function stateOf(answer: Answer): BudgetItemState {
  return answer.body as unknown as BudgetItemState;
}

function enter(who: Caller, item: BudgetItemState, step: string, amount: number, more: object = {}) {
  const lineId = item.lines[0]?.id;
  return who(`/v1/items/${item.id}/entries`, { json: { lineId, step, amount, document, ...more } });
}

/** A line with money approved, ready to be allocated. */
async function approved(amount: number): Promise<BudgetItemState> {
  const item = await newActivity([{ source: 'state-recurrent', year: 2026, planned: amount }]);
  for (const [who, step] of [
    [health, 'requested'],
    [finance, 'appraised'],
    [committee, 'approved'],
  ] as const) {
    expect((await enter(who, item, step, amount)).status).toBe(200);
  }
  return stateOf(await finance(`/v1/items/${item.id}`));
}

async function lineOf(itemId: string): Promise<BudgetLineState> {
  return stateOf(await finance(`/v1/items/${itemId}`)).lines[0]!;
}

describe('the chain of the money', () => {
  it('goes from requested to settled, each step by whom it is up to, with an event each', async () => {
    const item = await approved(900);
    await enter(committee, item, 'allocated', 600);
    await enter(health, item, 'disbursed', 500);
    const settled = await enter(finance, item, 'settled', 400);
    expect(settled.body).toMatchObject({
      requested: 900,
      allocated: 600,
      supplement: 300,
      lines: [
        {
          planned: 900,
          requested: 900,
          appraised: 900,
          approved: 900,
          allocated: 600,
          disbursed: 500,
          settled: 400,
        },
      ],
    });
    const events = (await lab.events()).filter(({ aggregateId }) => aggregateId === item.id);
    expect(events.map(({ type }) => type.split('.')[4])).toEqual([
      'registered',
      'funding-planned',
      'requested',
      'appraised',
      'approved',
      'allocated',
      'disbursed',
      'settled',
    ]);
    expect(events.at(-1)?.data).toEqual({ ...settled.body, changed: ['lines'] });
  });

  it('says who may do what', async () => {
    const item = await approved(100);
    const { body: own } = await enter(health, item, 'allocated', 1);
    expect(own).toMatchObject({ status: 403, code: 'insufficient-scope' });
    const other = await lab.as(base, 'SXD', 'budget:read', 'budget:appraise');
    expect((await enter(other, item, 'allocated', 1)).status).toBe(404);
    const office = await lab.as(base, 'VPUBND', 'budget:read', 'budget:approve');
    expect((await enter(office, item, 'approved', 1)).body['code']).toBe('other-agency');
    const system = await lab.as(base, null, 'budget:read', 'budget:approve');
    expect((await enter(system, item, 'allocated', 1)).status).toBe(200);
  });

  it('refuses more than the step before, and names both', async () => {
    const item = await newActivity([{ source: 'state-recurrent', year: 2026, planned: 100 }]);
    await enter(health, item, 'requested', 100);
    expect((await enter(finance, item, 'appraised', 101)).body).toMatchObject({
      status: 409,
      code: 'beyond-step-before',
      detail: expect.stringMatching(/101.*100/),
    });
    expect((await enter(finance, item, 'disbursed', 1)).body['code']).toBe('beyond-step-before');
  });

  it('does not ask the State to appraise what an enterprise brings', async () => {
    const item = await newActivity([{ source: 'enterprise', year: 2026, form: 'in-kind', planned: 100 }]);
    expect((await enter(committee, item, 'approved', 100)).status).toBe(200);
    const { body } = await enter(finance, item, 'allocated', 100);
    expect([body['requested'], body['allocated']]).toEqual([null, null]);
  });

  it('refuses an effect in the future, and an amount that is none', async () => {
    const item = await newActivity([{ source: 'other', year: 2026, planned: 100 }]);
    const future = await enter(health, item, 'requested', 1, { effectiveOn: '2026-04-21' });
    expect(faultsOf(future)).toEqual(['effectiveOn: too-large']);
    expect(faultsOf(await enter(health, item, 'requested', 0))).toEqual(['amount: too-small']);
    expect(faultsOf(await enter(health, item, 'requested', 1, { document: ' ' }))).toEqual([
      'document: required',
    ]);
  });

  it('enters money once under one Idempotency-Key, and not on an old version', async () => {
    const item = await approved(100);
    const json = { lineId: item.lines[0]?.id, step: 'allocated', amount: 60, document };
    const path = `/v1/items/${item.id}/entries`;
    const headers = { 'idempotency-key': 'allocation-1' };
    await finance(path, { json, headers });
    expect((await finance(path, { json, headers })).status).toBe(200);
    expect((await lineOf(item.id)).allocated).toBe(60);
    const stale = await finance(path, {
      json: { ...json, amount: 1 },
      headers: { 'if-match': `"${item.version}"` },
    });
    expect(stale.body['code']).toBe('stale-version');
  });
});

describe('granting more than was approved', () => {
  it('is refused with what is left, unless a document says so, and is flagged then', async () => {
    const item = await approved(100);
    await enter(finance, item, 'allocated', 70);
    const refused = await enter(finance, item, 'allocated', 31);
    expect(refused.body).toMatchObject({ status: 409, code: 'over-approved' });
    expect(refused.body['detail']).toMatch(/100.*70.*30.*31/);
    const granted = await enter(finance, item, 'allocated', 31, { overGrant: true });
    expect(stateOf(granted).lines[0]).toMatchObject({ allocated: 101, overGranted: 1 });
    expect((await enter(finance, item, 'allocated', 1)).body['code']).toBe('over-approved');
  });

  it('ends when the entry is taken back, so that the next one needs a document again', async () => {
    const item = await approved(100);
    await enter(finance, item, 'allocated', 150, { overGrant: true });
    const [entry] = itemsOf<{ id: string }>(await finance(`/v1/entries?item=${item.id}&step=allocated`));
    await finance(`/v1/entries/${entry?.id ?? ''}/reversal`, { json: { reason: 'Ghi nhầm', document } });
    expect((await enter(finance, item, 'allocated', 101)).body['code']).toBe('over-approved');
    expect((await enter(finance, item, 'allocated', 100)).status).toBe(200);
  });
});

describe('two hundred allocations at once against one approved line', () => {
  it('grant exactly what was approved; the rest is refused with a clear problem', async () => {
    const item = await approved(1_000_000);
    const allocations = Array.from({ length: 200 }, (_, index) => 10_000 + (index % 2) * 1_000);
    const answers = await Promise.all(
      allocations.map((amount, index) => enter(index % 2 ? finance : committee, item, 'allocated', amount)),
    );
    const granted = allocations.filter((_, index) => answers[index]?.status === 200);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.length).toBe(200 - granted.length);
    expect(new Set(refused.map(({ body }) => body['code']))).toEqual(new Set(['over-approved']));

    // What is left is smaller than any of the requests; one that fits exactly takes it all.
    const left = 1_000_000 - granted.reduce((sum, amount) => sum + amount, 0);
    expect(left).toBeGreaterThanOrEqual(0);
    expect(left).toBeLessThan(10_000);
    if (left > 0) expect((await enter(finance, item, 'allocated', left)).status).toBe(200);

    const [sums] = await lab.rows<{ entries: string; sum: string }>(
      `SELECT count(*) AS entries, sum(amount) AS sum FROM budget_entry
        WHERE step = 'allocated' AND line_id = '${item.lines[0]?.id ?? ''}'`,
    );
    expect(sums).toEqual({ entries: String(granted.length + (left > 0 ? 1 : 0)), sum: '1000000' });
    expect(await lineOf(item.id)).toMatchObject({
      approved: 1_000_000,
      allocated: 1_000_000,
      overGranted: 0,
    });
    expect((await enter(finance, item, 'allocated', 1)).body['code']).toBe('over-approved');
    const events = (await lab.events()).filter(
      ({ aggregateId, type }) => aggregateId === item.id && type === BUDGET_ITEM_ALLOCATED,
    );
    expect(events.at(-1)?.data['allocated']).toBe(1_000_000);
  });

  it('grant exactly the approved sum when each asks for the same share of it', async () => {
    const item = await approved(1_000_000);
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => enter(finance, item, 'allocated', 10_000)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(100);
    expect(answers.filter(({ body }) => body['code'] === 'over-approved')).toHaveLength(100);
    expect(await lineOf(item.id)).toMatchObject({ allocated: 1_000_000 });
    const { body } = await finance('/v1/ledger/verification');
    expect(body['differences']).toEqual([]);
  });
});

describe('corrections', () => {
  it('are reversing entries with a reason; both stay in the ledger', async () => {
    const item = await approved(100);
    await enter(finance, item, 'allocated', 80);
    const query = `/v1/entries?item=${item.id}&step=allocated`;
    const [entry] = itemsOf<{ id: string }>(await finance(query));
    const path = `/v1/entries/${entry?.id ?? ''}/reversal`;
    expect(faultsOf(await finance(path, { json: { document } }))).toEqual(['reason: required']);
    const json = { reason: 'Ghi nhầm số', document: '99/STC' };
    const answers = await Promise.all([finance(path, { json }), finance(path, { json })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await lineOf(item.id)).allocated).toBe(0);
    const entries = itemsOf(await finance(query));
    expect(entries.map(({ amount, reason }) => [amount, reason])).toEqual([
      [80, null],
      [-80, 'Ghi nhầm số'],
    ]);
    expect(entries[0]?.['reversedBy']).toBe(entries[1]?.['id']);
    const last = (await lab.events()).filter(({ aggregateId }) => aggregateId === item.id).at(-1);
    expect(last?.type).toBe(BUDGET_ITEM_ENTRY_REVERSED);
  });

  it('go from the last step to the first', async () => {
    const item = await approved(100);
    await enter(finance, item, 'allocated', 80);
    const [entry] = itemsOf<{ id: string }>(await finance(`/v1/entries?item=${item.id}&step=approved`));
    const answer = await committee(`/v1/entries/${entry?.id ?? ''}/reversal`, {
      json: { reason: 'Thu hồi quyết định', document },
    });
    expect(answer.body).toMatchObject({ status: 409, code: 'later-step-needs-it' });
  });
});

describe('a closed year', () => {
  it('takes no entry and no reversal until it is opened again', async () => {
    const json = { kind: 'activity', name: 'Năm cũ', owner: 'SYT', fiscalYear: 2025 };
    const { body } = await health('/v1/items', { json });
    const path = `/v1/items/${String(body['id'])}`;
    const lines = [{ source: 'state-recurrent', year: 2025, planned: 10 }];
    const item = stateOf(await health(`${path}/funding`, { json: { lines } }));
    await enter(health, item, 'requested', 5);
    const closing = { json: { document: '01/STC-QLNS' } };
    expect((await health('/v1/years/2025/closing', closing)).body['code']).toBe('insufficient-scope');
    expect((await finance('/v1/years/2025/closing', closing)).body).toMatchObject({
      version: 1,
      state: 'closed',
    });
    expect((await finance('/v1/years/2025/closing', closing)).body['code']).toBe('year-state');
    expect((await enter(health, item, 'requested', 5)).body['code']).toBe('year-closed');
    const [entry] = itemsOf<{ id: string }>(await finance(`/v1/entries?item=${item.id}`));
    const reversal = { json: { reason: 'Ghi nhầm', document } };
    const taken = await health(`/v1/entries/${entry?.id ?? ''}/reversal`, reversal);
    expect(taken.body['code']).toBe('year-closed');
    await finance('/v1/years/2025/reopening', closing);
    expect((await enter(health, item, 'requested', 5)).status).toBe(200);
  });

  it('lets nothing slip in that was under way when it was closed', async () => {
    const json = { kind: 'activity', name: 'Khóa sổ', owner: 'SYT', fiscalYear: 2024 };
    const { body } = await health('/v1/items', { json });
    const lines = [{ source: 'state-recurrent', year: 2024, planned: 10 }];
    const item = stateOf(await health(`/v1/items/${String(body['id'])}/funding`, { json: { lines } }));
    const entries = Array.from({ length: 30 }, () => enter(health, item, 'requested', 1));
    const [closed] = await Promise.all([
      finance('/v1/years/2024/closing', { json: { document: '02/STC' } }),
      ...entries,
    ]);
    expect(closed.status).toBe(200);
    const statuses = (await Promise.all(entries)).map(({ status }) => status);
    const taken = statuses.filter((status) => status === 200).length;
    expect((await lineOf(item.id)).requested).toBe(taken);
    expect((await enter(health, item, 'requested', 1)).body['code']).toBe('year-closed');
  });
});

describe('sources of money', () => {
  const project = { kind: 'project', name: 'Kho dữ liệu', owner: 'SYT', fiscalYear: 2026 };

  it('add up to the total cost, by year too', async () => {
    const { body } = await health('/v1/items', { json: { ...project, totalCost: 100 } });
    const path = `/v1/items/${String(body['id'])}`;
    const lines = [
      { source: 'state-investment', year: 2026, planned: 40 },
      { source: 'state-investment', year: 2027, planned: 30 },
      { source: 'enterprise', year: 2027, form: 'in-kind', planned: 20 },
      { source: 'enterprise', year: null, planned: 10 },
    ];
    const short = await health(`${path}/funding`, { json: { lines: lines.slice(1) } });
    expect(faultsOf(short)).toEqual(['lines: sources-add-up']);
    const twice = await health(`${path}/funding`, { json: { lines: [...lines, lines[0]] } });
    expect(faultsOf(twice)).toEqual(['lines[4]: duplicate']);
    const planned = await health(`${path}/funding`, { json: { lines } });
    expect(planned.body).toMatchObject({ totalCost: 100, plannedByYear: { '2026': 40, '2027': 50 } });
    expect(stateOf(planned).lines).toHaveLength(4);
    const patched = await health(path, { method: 'PATCH', json: { totalCost: 200 } });
    expect(patched.body['code']).toBe('money-has-lines');
    const more = await health(`${path}/funding`, {
      json: { totalCost: 200, lines: [{ ...lines[0], planned: 200 }] },
    });
    expect(more.body).toMatchObject({ totalCost: 200, plannedByYear: { '2026': 200 } });
    const [event] = (await lab.events()).filter(
      ({ aggregateId, type }) => aggregateId === body['id'] && type === BUDGET_ITEM_FUNDING_PLANNED,
    );
    expect(event?.data.changed).toEqual(['plannedByYear', 'lines']);
  });

  it('keep a line that has entries, and take none without a year', async () => {
    const lines = [
      { source: 'state-recurrent', year: 2026, planned: 10 },
      { source: 'other', year: null, planned: 5 },
    ];
    const item = await newActivity(lines);
    await enter(health, item, 'requested', 10);
    const path = `/v1/items/${item.id}`;
    const without = await health(`${path}/funding`, { json: { lines: lines.slice(1) } });
    expect(without.body['code']).toBe('line-has-entries');
    const yearless = { lineId: item.lines[1]?.id, step: 'requested', amount: 1, document };
    expect((await health(`${path}/entries`, { json: yearless })).body['code']).toBe('line-without-year');
  });

  it('take the figures of 2023 over as reported, over-granted rows flagged', async () => {
    const [item] = itemsOf<BudgetItemState>(await finance('/v1/items?q=may chu van hanh'));
    const path = `/v1/items/${item?.id ?? ''}/funding`;
    const lines = [{ source: 'administrative-reform', year: 2023, planned: 1_478_751_000 }];
    expect((await finance(path, { json: { lines } })).body['code']).toBe('stated-money');
    const taken = await finance(path, { json: { lines, statedSource: 'administrative-reform' } });
    expect(taken.body).toMatchObject({
      requested: 1_478_751_000,
      allocated: 1_500_000_000,
      supplement: 0,
      overAllocated: true,
      lines: [{ requested: 1_478_751_000, allocated: 1_500_000_000, overGranted: 1_500_000_000 }],
    });
    const entries = itemsOf(await finance(`/v1/entries?item=${item?.id ?? ''}`));
    expect(entries.map((entry) => [entry['step'], entry['effectiveOn']])).toEqual([
      ['requested', '2023-10-30'],
      ['allocated', '2023-10-30'],
    ]);
    const totals = await finance('/v1/totals?year=2023');
    expect(totals.body['activities']).toEqual({
      count: 21,
      requested: 40_617_142_156,
      allocated: 3_700_000_000,
      supplement: 36_939_353_156,
    });
  });
});

describe('the ledger', () => {
  it('is read page by page, by an agency its own part only', async () => {
    const seen: unknown[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const answer = await health(`/v1/entries?limit=200${cursor && `&cursor=${cursor}`}`);
      seen.push(...itemsOf(answer).map(({ id }) => id));
      cursor = answer.body['nextCursor'] as string | null;
    }
    const [count] = await lab.rows<{ count: number }>(
      `SELECT count(*)::int AS count FROM budget_entry entry JOIN budget_line line ON line.id = entry.line_id
         JOIN budget_item item ON item.id = line.item_id WHERE item.owner_code = 'SYT'`,
    );
    expect([new Set(seen).size, seen.length]).toEqual([count?.count, count?.count]);
    const other = await lab.as(base, 'SXD', 'budget:read');
    expect(itemsOf(await other('/v1/entries'))).toEqual([]);
  });

  it.each([
    ['a changed entry', `UPDATE budget_entry SET amount = 1`, /ledger_is_append_only|never changed/],
    ['a removed entry', `DELETE FROM budget_entry`, /never changed/],
    ['an emptied ledger', `TRUNCATE budget_entry CASCADE`, /never changed/],
    ['changed history', `UPDATE budget_change SET note = 'x'`, /never changed/],
    ['a balance of its own', `UPDATE budget_balance SET allocated = 0`, /follow from the entries/],
    ['a line moved to another year', `UPDATE budget_line SET year = 2030`, /keeps its/],
    ['lines that do not add up', `UPDATE budget_item SET total_cost = 7 WHERE kind = 'project'`, /add up/],
  ])('refuses %s, whoever asks the database', async (_what, statement, message) => {
    await expect(lab.rows(statement)).rejects.toThrow(message);
  });

  it('tells the history of an item, without persons', async () => {
    const item = await approved(10);
    const lines = itemsOf(await health(`/v1/items/${item.id}/history`));
    expect(lines.map(({ version, action, agency }) => [version, action, agency])).toEqual([
      [1, 'registered', 'SYT'],
      [2, 'funding-planned', 'SYT'],
      [3, 'requested', 'SYT'],
      [4, 'appraised', 'STC'],
      [5, 'approved', 'UBND'],
    ]);
    expect(lines[4]).toMatchObject({ document, changed: ['lines'] });
    expect(Object.keys(lines[0] ?? {})).not.toContain('author');
  });
});

describe('the events of all these tests', () => {
  it('keep to the published schemas', async () => {
    const { types, faults } = checkAgainstSchemas(await lab.events());
    expect(faults).toEqual([]);
    expect(types).toContain(BUDGET_YEAR_CLOSED);
  });
});
