import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BUDGET_ITEM_CHANGED, BUDGET_ITEM_REGISTERED, type BudgetItemState } from '#libs/contracts';
import { budgetService } from '../../apps/budget/src/service.js';
import { type Caller, DataServiceLab, faultsOf, itemsOf } from './data-service.js';
import { checkAgainstSchemas } from './event-contract.js';

let lab: DataServiceLab;
let base: string;
let finance: Caller;
let health: Caller;

beforeAll(async () => {
  lab = await DataServiceLab.open('budget', budgetService);
  // Two replicas that start together must load the report once.
  [base] = await Promise.all([lab.start(), lab.start()]);
  finance = await lab.as(base, 'STC', 'budget:read', 'budget:write');
  health = await lab.as(base, 'SYT', 'budget:read', 'budget:write');
});

afterAll(async () => {
  await lab.close();
});

const project = {
  kind: 'project',
  name: 'Cơ sở dữ liệu khám chữa bệnh',
  owner: 'SYT',
  fiscalYear: 2026,
  years: { from: 2026, to: 2027 },
  totalCost: 5_000_000_000,
  plannedByYear: { '2026': 2_000_000_000 },
};

async function firstItem(query: string): Promise<BudgetItemState> {
  const [item] = itemsOf<BudgetItemState>(await finance(`/v1/items?${query}`));
  if (!item) throw new Error(`no item for ${query}`);
  return item;
}

async function countItems(): Promise<number> {
  const [row] = await lab.rows<{ count: number }>('SELECT count(*)::int AS count FROM budget_item');
  return row?.count ?? -1;
}

describe('first start', () => {
  it('has the two tables of the 2023 report, with their exact totals', async () => {
    const { status, body } = await finance('/v1/totals?year=2023');
    expect(status).toBe(200);
    expect(body).toEqual({
      year: 2023,
      projects: { count: 24, totalCost: 522_233_600_000, plannedByYear: { '2023': 113_923_600_000 } },
      activities: {
        count: 21,
        requested: 40_617_142_156,
        allocated: 3_700_000_000,
        supplement: 36_939_353_156,
      },
    });
  });

  it('loads them once, though two replicas started together and one starts later', async () => {
    await lab.start();
    expect(await lab.rows('SELECT name FROM seed_load')).toEqual([{ name: 'report-2023' }]);
    expect(await countItems()).toBe(45);
  });

  it('publishes every item as an event', async () => {
    const events = (await lab.events()).filter((event) => event.type === BUDGET_ITEM_REGISTERED);
    expect(events).toHaveLength(45);
    for (const { data, subject, sequence, aggregateId } of events) {
      expect([subject, sequence, data.changed]).toEqual([`ioc.budget.item.${aggregateId}`, 1, []]);
    }
  });
});

describe('reading', () => {
  it('finds words without diacritics and in any case', async () => {
    const answer = await finance('/v1/items?q=THU VIEN DIEN TU');
    expect(itemsOf(answer).map((item) => item['name'])).toEqual([
      'Xây dựng Hệ thống thư viện điện tử ngành tài nguyên và môi trường',
    ]);
  });

  it('takes % in a search for a percent sign', async () => {
    expect(itemsOf(await finance('/v1/items?q=%25'))).toEqual([]);
  });

  it('filters by kind, owner and fiscal year', async () => {
    const count = async (query: string) => itemsOf(await finance(`/v1/items?limit=500&${query}`)).length;
    expect(await count('kind=project&year=2023')).toBe(24);
    expect(await count('kind=activity&year=2023')).toBe(21);
    expect(await count('owner=STTTT&kind=project&year=2023')).toBe(4);
    expect(await count('year=2022')).toBe(0);
  });

  it('goes through all items page by page, each once and in the order of the report', async () => {
    const seen: BudgetItemState[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const answer = await finance(`/v1/items?year=2023&limit=10${cursor && `&cursor=${cursor}`}`);
      seen.push(...itemsOf<BudgetItemState>(answer));
      cursor = answer.body['nextCursor'] as string | null;
    }
    expect(seen.map((item) => item.number)).toEqual([
      ...Array.from({ length: 24 }, (_, index) => index + 1),
      ...Array.from({ length: 21 }, (_, index) => index + 1),
    ]);
  });

  it('keeps blank cells apart from 0 and shows what was over-allocated', async () => {
    expect(await firstItem('q=kho du lieu dung chung')).toMatchObject({
      totalCost: 30_000_000_000,
      plannedByYear: {},
    });
    expect(await firstItem('q=may chu van hanh')).toMatchObject({
      requested: 1_478_751_000,
      allocated: 1_500_000_000,
      supplement: 0,
      overAllocated: true,
    });
    expect(await firstItem('q=iso dien tu')).toMatchObject({
      requested: null,
      allocated: null,
      supplement: null,
    });
  });

  it('answers an item with its version as ETag', async () => {
    const { id } = await firstItem('q=lgsp');
    const answer = await finance(`/v1/items/${id}`);
    expect([answer.status, answer.headers.get('etag'), answer.body['number']]).toEqual([200, '"1"', 2]);
  });

  it('shows an agency its own items and sums only', async () => {
    const items = itemsOf<BudgetItemState>(await health('/v1/items?limit=500&year=2023'));
    expect(items.map((item) => item.number)).toEqual([16, 17]);
    const totals = await health('/v1/totals?year=2023');
    expect(totals.body['projects']).toEqual({
      count: 2,
      totalCost: 26_900_000_000,
      plannedByYear: { '2023': 3_000_000_000 },
    });
    const { id } = await firstItem('q=lgsp');
    expect((await health(`/v1/items/${id}`)).status).toBe(404);
  });
});

describe('writing', () => {
  it('enters an item of the own agency, with its event', async () => {
    const answer = await health('/v1/items', { json: project });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`/v1/items/${String(answer.body['id'])}`);
    expect(answer.body).toMatchObject({
      version: 1,
      owner: { code: 'SYT', name: 'Sở Y tế' },
      plannedByYear: { '2026': 2_000_000_000 },
      supplement: null,
    });
    const event = (await lab.events()).find(({ aggregateId }) => aggregateId === answer.body['id']);
    expect(event?.data).toEqual({ ...answer.body, changed: [] });
  });

  it('changes only what is given, counts the version up and tells what changed', async () => {
    const { body } = await health('/v1/items', { json: { ...project, name: 'Bệnh án điện tử' } });
    const id = String(body['id']);
    const json = { plannedByYear: { '2026': 1, '2027': 2 }, progressPhrase: 'Đã phê duyệt' };
    const changed = await health(`/v1/items/${id}`, {
      method: 'PATCH',
      json,
      headers: { 'if-match': '"1"' },
    });
    expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"2"']);
    expect((await health(`/v1/items/${id}`)).body).toEqual({ ...body, ...json, version: 2 });
    const event = (await lab.events()).find(
      ({ aggregateId, sequence }) => aggregateId === id && sequence === 2,
    );
    expect([event?.type, event?.data.changed]).toEqual([
      BUDGET_ITEM_CHANGED,
      ['plannedByYear', 'progressPhrase'],
    ]);
  });

  it('makes neither a version nor an event of a change that changes nothing', async () => {
    const { body } = await health('/v1/items', { json: { ...project, name: 'Không đổi' } });
    const id = String(body['id']);
    const json = { name: 'Không đổi', plannedByYear: { '2026': 2_000_000_000 } };
    const answer = await health(`/v1/items/${id}`, { method: 'PATCH', json });
    expect([answer.status, answer.body['version']]).toEqual([200, 1]);
    expect((await lab.events()).filter(({ aggregateId }) => aggregateId === id)).toHaveLength(1);
  });

  it('works out the supplement and follows the allocation', async () => {
    const json = {
      kind: 'activity',
      name: 'Thuê dịch vụ',
      owner: 'SYT',
      fiscalYear: 2026,
      requested: 900,
      allocated: 300,
    };
    const { body } = await finance('/v1/items', { json });
    expect(body).toMatchObject({ supplement: 600, overAllocated: false });
    const more = await finance(`/v1/items/${String(body['id'])}`, {
      method: 'PATCH',
      json: { allocated: 1_000 },
    });
    expect(more.body).toMatchObject({ supplement: 0, overAllocated: true });
  });

  it('refuses a change based on an old version and leaves the item as it is', async () => {
    const { body } = await health('/v1/items', { json: { ...project, name: 'Hai người cùng sửa' } });
    const path = `/v1/items/${String(body['id'])}`;
    const change = (note: string) =>
      health(path, { method: 'PATCH', json: { note }, headers: { 'if-match': '"1"' } });
    const answers = await Promise.all([change('một'), change('hai')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await health(path)).body['version']).toBe(2);
  });

  it('loses none of many simultaneous changes', async () => {
    const { body } = await health('/v1/items', {
      json: { ...project, name: 'Nhiều người cùng sửa', plannedByYear: {} },
    });
    const path = `/v1/items/${String(body['id'])}`;
    const numbers = Array.from({ length: 20 }, (_, index) => index + 1);
    const answers = await Promise.all(
      numbers.map((number) => health(path, { method: 'PATCH', json: { note: `lần ${number}` } })),
    );
    expect(answers.map(({ status }) => status)).toEqual(numbers.map(() => 200));
    const versions = answers.map((answer) => answer.body['version'] as number);
    expect(versions.sort((one, other) => one - other)).toEqual(numbers.map((number) => number + 1));
  });

  it('refuses another agency’s rows and what the token does not allow, without a change', async () => {
    const before = await countItems();
    const reader = await lab.as(base, 'STC', 'budget:read');
    const office = await lab.as(base, 'VPUBND', 'budget:read', 'budget:write');
    const { id, version } = await firstItem('q=lgsp');
    const json = { note: 'của người khác' };
    expect((await health('/v1/items', { json: { ...project, owner: 'SGDDT' } })).body).toMatchObject({
      status: 403,
      code: 'other-agency',
    });
    expect((await health(`/v1/items/${id}`, { method: 'PATCH', json })).status).toBe(404);
    expect((await office(`/v1/items/${id}`, { method: 'PATCH', json })).body['code']).toBe('other-agency');
    expect((await reader('/v1/items', { json: project })).body['code']).toBe('insufficient-scope');
    expect((await lab.anonymous(base)('/v1/items')).status).toBe(401);
    expect([await countItems(), (await firstItem('q=lgsp')).version]).toEqual([before, version]);
  });

  it('does not let an agency give its item away', async () => {
    const { body } = await health('/v1/items', { json: { ...project, name: 'Chuyển chủ' } });
    const path = `/v1/items/${String(body['id'])}`;
    const give = { method: 'PATCH', json: { owner: 'SGDDT' } } as const;
    expect((await health(path, give)).body['code']).toBe('other-agency');
    expect((await finance(path, give)).body['owner']).toEqual({
      code: 'SGDDT',
      name: 'Sở Giáo dục và Đào tạo',
    });
  });

  it.each([
    ['a supplement, which follows from the rest', { supplement: 1 }, ['supplement: unknown-field']],
    ['half a đồng', { totalCost: 0.5 }, ['totalCost: not-integer']],
    ['a negative amount', { totalCost: -1 }, ['totalCost: too-small']],
    ['an amount as text', { totalCost: '100' }, ['totalCost: not-number']],
    ['more than any budget', { totalCost: 1e14 + 1 }, ['totalCost: too-large']],
    [
      'a plan above the total',
      { plannedByYear: { '2026': 6_000_000_000 } },
      ['plannedByYear: plan-over-total'],
    ],
    ['a plan for no year', { plannedByYear: { soon: 1 } }, ['plannedByYear.soon: not-integer']],
    ['a plan that is no amount', { plannedByYear: { '2026': null } }, ['plannedByYear.2026: not-number']],
    ['years the wrong way round', { years: { from: 2027, to: 2026 } }, ['years.to: too-small']],
    ['requested money in a project', { requested: 1 }, ['requested: other-kind']],
    ['an unknown agency', { owner: 'KHONGCO' }, ['owner: unknown-agency']],
    ['a group as owner', { owner: 'CSBN' }, ['owner: unknown-agency']],
    ['another kind', { kind: 'dream' }, ['kind: not-one-of']],
    ['no name', { name: '  ' }, ['name: required']],
    [
      'a day that does not exist',
      { sourceDocument: { document: 'x', clause: null, asOf: '2026-02-30' } },
      ['sourceDocument.asOf: not-date'],
    ],
  ])('refuses %s and names the field', async (_what, change, faults) => {
    const before = await countItems();
    const answer = await finance('/v1/items', { json: { ...project, ...change } });
    expect([answer.status, faultsOf(answer)]).toEqual([400, faults]);
    expect(await countItems()).toBe(before);
  });

  it('enters an item once under one Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'budget-1' };
    const send = () => health('/v1/items', { json: { ...project, name: 'Một lần' }, headers });
    const [first, second] = [await send(), await send()];
    expect([first.status, second.body['id']]).toEqual([201, first.body['id']]);
    expect(itemsOf(await finance('/v1/items?q=mot lan'))).toHaveLength(1);
  });
});

describe('the database itself', () => {
  it.each([
    ['a negative amount', `UPDATE budget_item SET total_cost = -1 WHERE kind = 'project'`, /money_dong/],
    [
      'a supplement of its own',
      `UPDATE budget_item SET supplement = 1 WHERE requested IS NOT NULL`,
      /supplement_is_what_is_missing/,
    ],
    [
      'a negative supplement',
      `UPDATE budget_item SET supplement = requested - allocated WHERE allocated > requested`,
      /money_dong|supplement/,
    ],
    [
      'requested money in a project',
      `UPDATE budget_item SET requested = 1 WHERE kind = 'project'`,
      /project_has_no_recurrent_money/,
    ],
    ['half a term', `UPDATE budget_item SET year_to = NULL WHERE kind = 'project'`, /term_is_whole/],
  ])('refuses %s', async (_what, statement, constraint) => {
    await expect(lab.rows(statement)).rejects.toThrow(constraint);
  });
});

describe('the events of all these tests', () => {
  it('keep to the published schemas', async () => {
    const { types, faults } = checkAgainstSchemas(await lab.events());
    expect(faults).toEqual([]);
    expect(types).toEqual([BUDGET_ITEM_CHANGED, BUDGET_ITEM_REGISTERED].sort());
  });
});
