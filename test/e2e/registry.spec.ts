import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  REGISTRY_DATABASE_CHANGED,
  REGISTRY_DATABASE_LIFECYCLE_CHANGED,
  REGISTRY_DATABASE_REGISTERED,
  REGISTRY_LIST_OPENED,
  REGISTRY_SYSTEM_LIFECYCLE_CHANGED,
  REGISTRY_SYSTEM_REGISTERED,
  type RegistryDatabaseState,
} from '#libs/contracts';
import { registryService } from '../../apps/registry/src/service.js';
import { type Answer, type Caller, DataServiceLab, faultsOf, itemsOf, TODAY } from './data-service.js';
import { checkAgainstSchemas } from './event-contract.js';

let lab: DataServiceLab;
let base: string;
let keeper: Caller;
let owner: Caller;

beforeAll(async () => {
  lab = await DataServiceLab.open('registry', registryService);
  // Two replicas that start together must load the catalogue once.
  [base] = await Promise.all([lab.start(), lab.start()]);
  keeper = await lab.as(base, 'SKHCN', 'registry:read', 'registry:write');
  owner = await lab.as(base, 'SYT', 'registry:read', 'registry:write');
});

afterAll(async () => {
  await lab.close();
});

let made = 0;

/** A database of Sở Y tế that nobody else uses. */
async function create(change: Record<string, unknown> = {}): Promise<RegistryDatabaseState> {
  made += 1;
  const json = {
    name: `Cơ sở dữ liệu thử ${made}`,
    kind: 'sector',
    owner: 'SYT',
    lifecycle: 'planned',
    ...change,
  };
  const answer = await owner('/v1/databases', { json });
  expect(answer.status).toBe(201);
  return answer.body as unknown as RegistryDatabaseState;
}

function move(
  who: Caller,
  id: string,
  json: Record<string, unknown>,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return who(`/v1/databases/${id}/lifecycle`, { json, headers });
}

async function find(path: string): Promise<Record<string, unknown> | undefined> {
  return itemsOf(await keeper(path))[0];
}

describe('first start', () => {
  it('has the databases and systems of the source documents, once, though two replicas started together', async () => {
    const count = async (path: string) => itemsOf(await keeper(`${path}?limit=500`)).length;
    expect([await count('/v1/databases'), await count('/v1/systems')]).toEqual([9, 55]);
    expect(await lab.rows('SELECT name FROM seed_load ORDER BY name')).toEqual(
      expect.arrayContaining([{ name: 'catalogue' }, { name: 'lists' }]),
    );
  });

  it('names owner, source and day where the document does', async () => {
    expect(await find('/v1/databases?q=kho du lieu dung chung')).toMatchObject({
      name: 'Kho dữ liệu dùng chung tỉnh Khánh Hòa',
      kind: 'provincial',
      owner: { code: 'STTTT', name: 'Sở Thông tin và Truyền thông' },
      lifecycle: 'planned',
      lifecycleOn: '2023-10-30',
      source: { clause: 'Phụ lục II, bảng I, dòng 11', asOf: '2023-10-30' },
    });
  });

  it('leaves open what the document leaves open', async () => {
    expect(await find('/v1/databases?kind=national')).toMatchObject({
      name: 'Cơ sở dữ liệu quốc gia về dân cư',
      owner: null,
      lifecycle: 'not-determined',
      lifecycleOn: null,
      lifecycleDocument: null,
    });
  });

  it('publishes every entry as an event', async () => {
    const entries = /^vn\.ioc\.registry\.(database|system)\.registered\.v1$/;
    const events = (await lab.events()).filter(({ type }) => entries.test(type));
    expect(events).toHaveLength(64);
    expect(events.filter(({ sequence }) => sequence !== 1)).toEqual([]);
    expect(events.filter(({ subject }) => subject.startsWith('ioc.registry.database.'))).toHaveLength(9);
    expect(events.filter(({ subject }) => subject.startsWith('ioc.registry.system.'))).toHaveLength(55);
  });
});

describe('reading', () => {
  it('filters by kind, owner and life cycle, and finds words without diacritics', async () => {
    const names = async (path: string) => itemsOf(await keeper(path)).map((entry) => entry['name']);
    expect(await names('/v1/systems?q=e-office')).toEqual(['Phần mềm quản lý văn bản và điều hành E-Office']);
    expect(await names('/v1/systems?lifecycle=trial')).toEqual(['Hệ thống khám chữa bệnh từ xa']);
    expect(await names('/v1/systems?owner=TTT')).toHaveLength(2);
    expect(await names('/v1/databases?owner=SDL&kind=sector')).toEqual(['Kho dữ liệu ngành du lịch']);
    expect(await names('/v1/databases?owner=SDL&kind=national')).toEqual([]);
  });

  it('goes through the catalogue page by page', async () => {
    const seen: unknown[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const answer = await keeper(`/v1/systems?limit=20${cursor && `&cursor=${cursor}`}`);
      seen.push(...itemsOf(answer).map((entry) => entry['id']));
      cursor = answer.body['nextCursor'] as string | null;
    }
    expect([seen.length, new Set(seen).size]).toEqual([55, 55]);
  });

  it('refuses a cursor of another list', async () => {
    const { body } = await keeper('/v1/systems?limit=1');
    const other = await keeper(`/v1/systems?limit=1&lifecycle=trial&cursor=${String(body['nextCursor'])}`);
    expect(other.body['code']).toBe('invalid-cursor');
  });
});

describe('the life cycle', () => {
  it('moves step by step, each with an event, and keeps its history', async () => {
    const { id } = await create({
      lifecycleOn: '2026-01-10',
      lifecycleDocument: 'Quyết định số 508/QĐ-UBND',
    });
    const started = await move(owner, id, {
      to: 'under-construction',
      on: '2026-02-01',
      document: 'Hợp đồng 01',
    });
    expect([started.status, started.body]).toEqual([
      200,
      expect.objectContaining({
        version: 2,
        lifecycle: 'under-construction',
        lifecycleOn: '2026-02-01',
        lifecycleDocument: 'Hợp đồng 01',
      }),
    ]);
    await move(keeper, id, { to: 'in-operation', on: TODAY, note: 'Đã nghiệm thu' });

    const steps = itemsOf(await keeper(`/v1/databases/${id}/lifecycle`));
    expect(steps.map(({ from, to, on, recordedByAgency }) => [from, to, on, recordedByAgency])).toEqual([
      ['under-construction', 'in-operation', TODAY, 'SKHCN'],
      ['planned', 'under-construction', '2026-02-01', 'SYT'],
      [null, 'planned', '2026-01-10', 'SYT'],
    ]);
    const events = (await lab.events()).filter((event) => event.aggregateId === id);
    expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(events[2]).toMatchObject({
      type: REGISTRY_DATABASE_LIFECYCLE_CHANGED,
      data: { lifecycle: 'in-operation', changed: ['lifecycle', 'lifecycleOn', 'lifecycleDocument'] },
    });
  });

  it('has a first step for what was loaded at first start', async () => {
    const entry = await find('/v1/systems?lifecycle=trial');
    const steps = itemsOf(await keeper(`/v1/systems/${String(entry?.['id'])}/lifecycle`));
    expect(steps).toEqual([
      expect.objectContaining({ from: null, to: 'trial', on: '2023-10-30', recordedByAgency: null }),
    ]);
  });

  it('refuses a step that the table does not have, and says what is possible', async () => {
    const { id } = await create();
    const answer = await move(owner, id, { to: 'replaced', on: TODAY });
    expect(answer.body).toMatchObject({ status: 409, code: 'lifecycle-step-not-allowed' });
    expect(answer.body['detail']).toContain('under-construction, trial, in-operation, retired');
    expect((await keeper(`/v1/databases/${id}`)).body).toMatchObject({ version: 1, lifecycle: 'planned' });
    expect(itemsOf(await keeper(`/v1/databases/${id}/lifecycle`))).toHaveLength(1);
  });

  it.each([
    ['in the future', { to: 'trial', on: '2026-04-21' }, ['on: too-large']],
    ['before the last one', { to: 'trial', on: '2026-01-01' }, ['on: too-small']],
    ['without a day', { to: 'trial' }, ['on: required']],
    ['to a state that is none', { to: 'asleep', on: TODAY }, ['to: not-one-of']],
  ])('refuses a step %s', async (_what, json, faults) => {
    const { id } = await create({ lifecycleOn: '2026-01-10' });
    const answer = await move(owner, id, json);
    expect([answer.status, faultsOf(answer)]).toEqual([400, faults]);
  });

  it('lets one of two simultaneous steps through', async () => {
    const { id } = await create();
    const answers = await Promise.all([
      move(owner, id, { to: 'trial', on: TODAY }, { 'if-match': '"1"' }),
      move(keeper, id, { to: 'retired', on: TODAY }, { 'if-match': '"1"' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect(itemsOf(await keeper(`/v1/databases/${id}/lifecycle`))).toHaveLength(2);
  });
});

describe('writing', () => {
  it('changes the description, not the life cycle', async () => {
    const { id } = await create();
    const answer = await owner(`/v1/databases/${id}`, {
      method: 'PATCH',
      json: { kind: 'provincial', note: 'Ghi chú' },
    });
    expect(answer.body).toMatchObject({
      version: 2,
      kind: 'provincial',
      note: 'Ghi chú',
      lifecycle: 'planned',
    });
    const event = (await lab.events()).find(
      ({ aggregateId, sequence }) => aggregateId === id && sequence === 2,
    );
    expect([event?.type, event?.data.changed]).toEqual([REGISTRY_DATABASE_CHANGED, ['kind', 'note']]);
    const sly = await owner(`/v1/databases/${id}`, { method: 'PATCH', json: { lifecycle: 'in-operation' } });
    expect(faultsOf(sly)).toEqual(['lifecycle: unknown-field']);
  });

  it('loses none of many simultaneous changes', async () => {
    const { id } = await create();
    const numbers = Array.from({ length: 20 }, (_, index) => index + 1);
    const answers = await Promise.all(
      numbers.map((number) =>
        owner(`/v1/databases/${id}`, { method: 'PATCH', json: { note: `lần ${number}` } }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(numbers.map(() => 200));
    expect((await owner(`/v1/databases/${id}`)).body['version']).toBe(21);
  });

  it('enters a system, too', async () => {
    const json = { name: 'Cổng bản đồ số', kind: 'portal', owner: null, note: 'chưa rõ chủ quản' };
    const answer = await keeper('/v1/systems', { json });
    expect([answer.status, answer.headers.get('location')]).toEqual([
      201,
      `/v1/systems/${String(answer.body['id'])}`,
    ]);
    expect(answer.body).toMatchObject({ owner: null, lifecycle: 'not-determined', lifecycleOn: null });
    const moved = await keeper(`/v1/systems/${String(answer.body['id'])}/lifecycle`, {
      json: { to: 'in-operation', on: TODAY },
    });
    expect([moved.status, moved.body['lifecycle']]).toEqual([200, 'in-operation']);
  });

  it('refuses a second entry of the same name', async () => {
    const { name } = await create();
    const again = await keeper('/v1/databases', { json: { name, kind: 'sector', owner: 'SYT' } });
    expect(again.body).toMatchObject({ status: 409, code: 'name-taken' });
    const other = await create();
    const renamed = await owner(`/v1/databases/${other.id}`, { method: 'PATCH', json: { name } });
    expect(renamed.body['code']).toBe('name-taken');
  });

  it('refuses other agencies’ entries and what the token does not allow, without a change', async () => {
    const { id } = await create({ owner: 'SYT' });
    const stranger = await lab.as(base, 'SGDDT', 'registry:read', 'registry:write');
    const reader = await lab.as(base, 'SKHCN', 'registry:read');
    const json = { note: 'của người khác' };
    const own = { name: 'Của người khác', kind: 'sector', owner: 'SYT' };
    expect((await stranger(`/v1/databases/${id}`)).status).toBe(200);
    expect((await stranger(`/v1/databases/${id}`, { method: 'PATCH', json })).body['code']).toBe(
      'other-agency',
    );
    expect((await move(stranger, id, { to: 'trial', on: TODAY })).body['code']).toBe('other-agency');
    expect((await stranger('/v1/databases', { json: own })).body['code']).toBe('other-agency');
    expect((await stranger('/v1/databases', { json: { ...own, owner: null } })).body['code']).toBe(
      'other-agency',
    );
    expect((await reader(`/v1/databases/${id}`, { method: 'PATCH', json })).body['code']).toBe(
      'insufficient-scope',
    );
    expect((await lab.anonymous(base)('/v1/databases')).status).toBe(401);
    expect((await keeper(`/v1/databases/${id}`)).body).toMatchObject({ version: 1, note: null });
  });

  it.each([
    ['a kind of the other catalogue', { kind: 'portal' }, ['kind: not-one-of']],
    ['an unknown agency', { owner: 'KHONGCO' }, ['owner: unknown-agency']],
    ['no name', { name: undefined }, ['name: required']],
    [
      'a first state of the future',
      { lifecycle: 'trial', lifecycleOn: '2026-04-21' },
      ['lifecycleOn: too-large'],
    ],
    ['an identifier of its own', { id: '1' }, ['id: unknown-field']],
  ])('refuses %s and names the field', async (_what, change, faults) => {
    const json = { name: 'Không nhận', kind: 'sector', owner: 'SYT', ...change };
    const answer = await keeper('/v1/databases', { json });
    expect([answer.status, faultsOf(answer)]).toEqual([400, faults]);
    expect(itemsOf(await keeper('/v1/databases?q=khong nhan'))).toEqual([]);
  });

  it('answers 404 for what is not there', async () => {
    const id = '019a0000-0000-7000-8000-000000000000';
    expect((await keeper(`/v1/databases/${id}`)).status).toBe(404);
    expect((await keeper(`/v1/databases/${id}/lifecycle`)).status).toBe(404);
    expect((await move(keeper, id, { to: 'trial', on: TODAY })).status).toBe(404);
  });
});

describe('the events of all these tests', () => {
  it('keep to the published schemas', async () => {
    const { types, faults } = checkAgainstSchemas(await lab.events());
    expect(faults).toEqual([]);
    expect(types).toEqual(
      expect.arrayContaining([
        REGISTRY_DATABASE_CHANGED,
        REGISTRY_DATABASE_LIFECYCLE_CHANGED,
        REGISTRY_DATABASE_REGISTERED,
        REGISTRY_LIST_OPENED,
        REGISTRY_SYSTEM_LIFECYCLE_CHANGED,
        REGISTRY_SYSTEM_REGISTERED,
      ]),
    );
  });
});
