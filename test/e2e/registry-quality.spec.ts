import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  type CriterionState,
  QUALITY_CRITERIA,
  type QualityCriterion,
  type QualitySummary,
  qualitySummary,
  REGISTRY_QUALITY_CHECKED,
  REGISTRY_QUALITY_DECLARED,
  REGISTRY_QUALITY_STANDING_CHANGED,
  REGISTRY_QUALITY_UPDATED,
  type RegistryDatabaseState,
  type RegistryQualityState,
} from '#libs/contracts';
import { createService } from '#libs/http';
import { OverviewService } from '../../apps/gateway/src/overview/overview.service.js';
import { gatewayService } from '../../apps/gateway/src/service.js';
import { QualityQueries } from '../../apps/registry/src/quality/quality.queries.js';
import type { ScoreView } from '../../apps/registry/src/quality/quality.view.js';
import { QualityService } from '../../apps/registry/src/quality/quality.service.js';
import { StandingRefresh } from '../../apps/registry/src/quality/standing-refresh.js';
import { registryService } from '../../apps/registry/src/service.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';
import {
  type Answer,
  type Caller,
  codeOf,
  DataServiceLab,
  faultsOf,
  good,
  itemsOf,
  TODAY,
} from './data-service.js';
import { checkAgainstSchemas } from './event-contract.js';

let lab: DataServiceLab;
let registry: NestFastifyApplication;
let gateway: NestFastifyApplication;
let gatewayDatabase: TestDatabase;
let keeper: Caller;
let owner: Caller;
let operator: Caller;
let stranger: Caller;
let made = 0;

beforeAll(async () => {
  lab = await DataServiceLab.open('registry', registryService);
  const base = await lab.start();
  registry = lab['replicas'][0]!;
  const as = (agency: string) => lab.as(base, agency, 'registry:read', 'registry:write');
  [keeper, owner, operator, stranger] = (await Promise.all(['SKHCN', 'SYT', 'STC', 'SGDDT'].map(as))) as [
    Caller,
    Caller,
    Caller,
    Caller,
  ];
  gatewayDatabase = await createDatabase();
  const service = gatewayService({
    databaseUrl: gatewayDatabase.url,
    natsUrl: lab['nats'].url,
    natsCredentials: lab['nats'].credentials('gateway'),
    referenceDirectory: undefined,
    displayToken: undefined,
    streamReplicas: 1,
    reconcileMilliseconds: 60_000,
  });
  gateway = await createService({
    ...service,
    auth: { ...service.auth, issuer: 'http://127.0.0.1:9' },
    configure: undefined,
    clock: lab.clock,
    logLevel: 'fatal',
  });
  await gateway.startAllMicroservices();
});

afterAll(async () => {
  await gateway.close();
  await lab.close();
  await gatewayDatabase.drop();
});

afterEach(() => {
  lab.clock.set(TODAY);
});

async function database(change: Record<string, unknown> = {}): Promise<RegistryDatabaseState> {
  made += 1;
  const json = {
    name: `CSDL chất lượng ${made}`,
    kind: 'sector',
    owner: 'SYT',
    operator: { code: 'STC' },
    lifecycle: 'trial',
    ...change,
  };
  return good(keeper('/v1/databases', { json }));
}

type Json = Record<string, unknown>;
const put = (id: string, path: string, json: Json, who = owner, headers = {}) =>
  who(`/v1/databases/${id}/${path}`, { method: 'PUT', json, headers });
const arrive = (id: string, json: Json = {}, who = owner) => who(`/v1/databases/${id}/updates`, { json });
const check = (id: string, json: Json, who = owner) => who(`/v1/databases/${id}/quality-checks`, { json });
const quality = (id: string) => good<ScoreView>(keeper(`/v1/databases/${id}/quality`));

const field = (name: string, filled: number, change: Json = {}): Json => ({
  name,
  filled,
  invalid: null,
  unknownCodes: null,
  distinct: null,
  distinctExact: null,
  min: null,
  max: null,
  ...change,
});

const AT = '2026-04-20T01:00:00.000Z';
const results = (change: Json = {}): Json => ({
  checkedAt: AT,
  tool: 'thử 1',
  records: 1_000,
  key: ['ma'],
  duplicates: 0,
  fields: [field('ma', 1_000, { invalid: 0 }), field('xa', 990, { unknownCodes: 5 }), field('ten', 1_000)],
  ...change,
});

async function states(id: string): Promise<Record<QualityCriterion, CriterionState>> {
  const { criteria } = await quality(id);
  return Object.fromEntries(criteria.map(({ criterion, state }) => [criterion, state])) as Record<
    QualityCriterion,
    CriterionState
  >;
}

async function reason(id: string, wanted: QualityCriterion): Promise<string> {
  return (await quality(id)).criteria.find(({ criterion }) => criterion === wanted)!.reason.vi;
}

/** What the service itself counts; waits until the gateway says the same. */
async function agreed(): Promise<QualitySummary> {
  const all = (await registry.get(QualityQueries).list({ limit: 500 })).items.map(({ facts }) => facts);
  const own = qualitySummary(all, lab.clock.now().toISOString());
  const counted = () => gateway.get(OverviewService).overview().registry.quality;
  await until(() => JSON.stringify(counted()) === JSON.stringify(own)).catch(() => {
    expect(counted()).toEqual(own);
  });
  return own;
}

describe('the score of a database', () => {
  it('is not determined where nothing was declared or checked, and counts neither way', async () => {
    const { id } = await database();
    const score = await quality(id);
    expect(score).toMatchObject({ attained: 0, judged: 0, stale: null, version: null, lastUpdateAt: null });
    expect(score.criteria.map(({ criterion, state }) => [criterion, state])).toEqual(
      QUALITY_CRITERIA.map((criterion) => [criterion, 'not-determined']),
    );
    expect(await reason(id, 'accurate')).toBe('Chưa có kết quả kiểm tra.');
    expect(await reason(id, 'live')).toBe('Chưa khai báo tần suất cập nhật.');
    expect(codeOf(await keeper(`/v1/databases/019a0000-0000-7000-8000-000000000000/quality`))).toEqual([
      404,
      'not-found',
    ]);
  });

  it('judges content by the newest check against what the owner expects, with the figures as reasons', async () => {
    const { id } = await database();
    const first = await good<Json>(check(id, results()));
    expect(first).toMatchObject({ agency: 'SYT', records: 1_000 });
    // Codes of 990 values: five unknown ones are just over half a percent.
    expect(await states(id)).toMatchObject({
      accurate: 'attained',
      complete: 'not-determined',
      clean: 'attained',
    });
    await good(put(id, 'quality-expectations', { expectedRecords: 1_005, mandatoryFields: ['ma', 'xa'] }));
    expect(await states(id)).toMatchObject({ complete: 'attained' });
    expect(await reason(id, 'complete')).toBe(
      '10 trên 2.000 vị trí bắt buộc để trống; cho phép 1 %. Có 1.000 trên 1.005 bản ghi dự kiến; cần 99 %.',
    );
    await good(
      put(id, 'quality-expectations', {
        expectedRecords: 1_005,
        mandatoryFields: ['ma', 'xa'],
        allowedErrors: 49,
      }),
    );
    expect(await states(id)).toMatchObject({
      accurate: 'attained',
      complete: 'not-attained',
      clean: 'not-attained',
    });
    await good(put(id, 'quality-expectations', { mandatoryFields: [], expectedRecords: 1_011 }));
    expect(await reason(id, 'complete')).toBe('Có 1.000 trên 1.011 bản ghi dự kiến; cần 99 %.');
    expect(await states(id)).toMatchObject({ complete: 'not-attained' });
    await good(
      check(id, results({ checkedAt: '2026-04-20T02:00:00Z', records: 1_011, duplicates: 11 }), operator),
    );
    expect(await states(id)).toMatchObject({ complete: 'attained', clean: 'not-attained' });
    expect(await reason(id, 'clean')).toContain('11 trên 1.011 bản ghi trùng khóa; cho phép 1 %.');
    // An older check comes late: kept, and the newer one goes on counting.
    await good(check(id, results({ checkedAt: '2026-03-01T00:00:00Z', duplicates: 0 })));
    expect(await states(id)).toMatchObject({ clean: 'not-attained' });
    const listed = itemsOf(await keeper(`/v1/databases/${id}/quality-checks?limit=2`));
    expect(listed.map(({ checkedAt }) => checkedAt)).toEqual(['2026-04-20T02:00:00.000Z', AT]);
  });

  it('says "not determined" where a check did not look at what is expected', async () => {
    const { id } = await database();
    await good(put(id, 'quality-expectations', { mandatoryFields: ['không có'], expectedRecords: 10 }));
    await good(check(id, results({ key: [], duplicates: null, fields: [field('ten', 7)], records: 10 })));
    expect(await states(id)).toMatchObject({
      accurate: 'not-determined',
      complete: 'not-determined',
      clean: 'not-determined',
    });
    // What fails decides all the same.
    await good(put(id, 'quality-expectations', { mandatoryFields: ['không có'], expectedRecords: 12 }));
    expect(await states(id)).toMatchObject({ complete: 'not-attained' });
  });

  it('goes from live to stale by the clock alone, there and in the overview, and back by an arrival', async () => {
    const { id } = await database();
    const idle = await agreed();
    await good(put(id, 'freshness', { frequency: 'daily' }));
    expect(await reason(id, 'live')).toBe('Tần suất khai báo: hằng ngày. Chưa ghi nhận lần cập nhật nào.');
    await good(arrive(id));
    // A day and a quarter after noon of the 20th.
    expect(await quality(id)).toMatchObject({ stale: false, lateAt: '2026-04-21T11:00:00.000Z' });
    expect(await agreed()).toMatchObject({ stale: idle.stale, tracked: idle.tracked + 1 });
    const staleIds = async () =>
      itemsOf<{ database: { id: string } }>(await keeper('/v1/quality?stale=true&limit=500')).map(
        (item) => item.database.id,
      );
    lab.clock.set('2026-04-21T18:00:00+07:00');
    expect(await states(id)).toMatchObject({ live: 'attained' });
    lab.clock.set('2026-04-21T18:00:00.001+07:00');
    expect(await states(id)).toMatchObject({ live: 'not-attained' });
    expect(await quality(id)).toMatchObject({ stale: true });
    expect(await reason(id, 'live')).toContain('Quá hạn cập nhật từ 18:00');
    expect(await staleIds()).toContain(id);
    expect(await agreed()).toMatchObject({ stale: idle.stale + 1, staleSince: '2026-04-21T11:00:00.000Z' });
    await good(arrive(id, { arrivedAt: '2026-04-21T10:00:00Z', records: 12 }, operator));
    expect(await quality(id)).toMatchObject({ stale: false });
    expect(await agreed()).toMatchObject({ stale: idle.stale });
    await good(put(id, 'freshness', { frequency: 'daily', toleranceHours: 0 }));
    expect(await quality(id)).toMatchObject({ lateAt: '2026-04-22T10:00:00.000Z' });
    await good(put(id, 'freshness', { frequency: 'irregular' }));
    expect(await quality(id)).toMatchObject({ stale: null, lateAt: null });
  });

  it('does not go back with an older arrival, nor again with the same', async () => {
    const { id } = await database();
    const first = await good<RegistryQualityState>(arrive(id, { arrivedAt: AT }));
    for (const arrivedAt of [AT, '2026-04-19T00:00:00Z']) {
      expect(await good(arrive(id, { arrivedAt }))).toEqual(first);
    }
    expect(first).toMatchObject({ version: 1, lastUpdateAt: AT });
    await good(check(id, results({ dataUpdatedAt: '2026-04-20T00:30:00Z' })));
    expect(await quality(id)).toMatchObject({ lastUpdateAt: AT });
    await good(
      check(id, results({ checkedAt: '2026-04-20T03:00:00Z', dataUpdatedAt: '2026-04-20T02:30:00Z' })),
    );
    expect(await quality(id)).toMatchObject({ lastUpdateAt: '2026-04-20T02:30:00.000Z', version: 3 });
  });

  it('takes mapped fields and open services from the dictionary and the sharing part', async () => {
    const { id } = await database({ lifecycle: 'in-operation' });
    expect(await states(id)).toMatchObject({ unified: 'not-determined', shared: 'not-attained' });
    await withStandings(id);
    expect(await states(id)).toMatchObject({ unified: 'not-attained', shared: 'attained' });
    expect(await reason(id, 'unified')).toContain('0 trên 1 trường đã ánh xạ');
    await registry.get(StandingRefresh).refresh();
    await agreed();
    const told = await quality(id);
    expect(told.version).toBe(1);
    await registry.get(StandingRefresh).refresh();
    expect((await quality(id)).version).toBe(1);
  });

  it('lists databases worst first, page by page', async () => {
    const [bad, fair] = [await database({ owner: 'SNV' }), await database({ owner: 'SNV' })];
    const snv = await database({ owner: 'SNV' });
    const duplicates = { duplicates: 500, fields: [field('ma', 10, { invalid: 10 })] };
    await good(check(bad.id, results(duplicates), keeper));
    await good(check(fair.id, results({ duplicates: 500 }), keeper));
    const ids: unknown[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Answer = await keeper(`/v1/quality?owner=SNV&limit=1${cursor && `&cursor=${cursor}`}`);
      ids.push(...itemsOf<{ database: { id: string } }>(page).map((item) => item.database.id));
      cursor = page.body['nextCursor'] as string | null;
    }
    expect(ids).toEqual([bad.id, fair.id, snv.id]);
  });
});

/** A field that is not mapped and an open dataset, as the parts that keep them would have entered them. */
async function withStandings(databaseId: string): Promise<void> {
  await lab.rows(
    `INSERT INTO registry_field_mapping (id, version, database_id, name, state)
     VALUES (gen_random_uuid(), 1, '${databaseId}', 'ma', 'present')`,
  );
  await lab.rows(
    `INSERT INTO sharing_dataset (id, version, code, provider, title, meaning, stream, subject, fields, schema,
       classification, access, master, database_id, state, search, created_at, updated_at)
     VALUES (gen_random_uuid(), 1, 'thu.${databaseId}', 'SYT', '{}', '{}', 'X', 'x', '[]', '{}', 'shared', 'mandatory', false,
       '${databaseId}', 'open', '', now(), now())`,
  );
}

describe('results of checks', () => {
  it('are recorded once, by the owner, the operator or Sở KH&CN', async () => {
    const { id } = await database();
    const first = await good<Json>(check(id, results(), operator));
    expect(await good(check(id, results(), operator))).toEqual(first);
    expect(codeOf(await check(id, results({ records: 1_001 }), operator))).toEqual([409, 'check-recorded']);
    expect(codeOf(await check(id, results(), stranger))).toEqual([403, 'other-agency']);
    expect(codeOf(await arrive(id, {}, stranger))).toEqual([403, 'other-agency']);
    expect(codeOf(await put(id, 'freshness', { frequency: 'daily' }, operator))).toEqual([
      403,
      'other-agency',
    ]);
    expect(itemsOf(await keeper(`/v1/databases/${id}/quality-checks`))).toHaveLength(1);
    const lines = itemsOf(await keeper(`/v1/databases/${id}/quality/history`));
    expect(lines.map(({ action, agency }) => [action, agency])).toEqual([['checked', 'STC']]);
  });

  it.each<[string, Json]>([
    ['checkedAt: too-large', { checkedAt: '2026-04-20T05:06:00Z' }],
    ['fields[0].filled: too-large', { fields: [field('ma', 1_001)] }],
    ['fields[0].invalid: too-large', { fields: [field('ma', 9, { invalid: 10 })] }],
    ['fields: duplicate', { fields: [field('ma', 1), field('ma', 1)] }],
    ['duplicates: too-large', { duplicates: 1_001 }],
    ['key: required', { key: [] }],
  ])('refuse figures that cannot be: %s', async (fault, change) => {
    const { id } = await database();
    expect(faultsOf(await check(id, results(change)))).toEqual([fault]);
    expect(await quality(id)).toMatchObject({ version: null });
  });

  it('show how a database went, by month', async () => {
    const { id } = await database();
    await good(put(id, 'freshness', { frequency: 'monthly' }));
    await good(check(id, results({ checkedAt: '2026-01-31T16:59:59Z', duplicates: 900 })));
    await good(check(id, results({ checkedAt: '2026-02-28T17:00:00Z' })));
    await good(arrive(id, { arrivedAt: '2026-02-10T00:00:00Z' }));
    const page = await keeper(`/v1/databases/${id}/quality/trend?limit=3`);
    const rest = await keeper(
      `/v1/databases/${id}/quality/trend?limit=3&cursor=${String(page.body['nextCursor'])}`,
    );
    const months = [...itemsOf<Json>(page), ...itemsOf<Json>(rest)].map(({ month, criteria, judged }) => {
      const line = (criteria as { criterion: string; state: string }[]).map(({ state }) => state);
      return [month, line[2], line[3], judged];
    });
    expect(months).toEqual([
      ['2026-04', 'attained', 'not-attained', 3],
      ['2026-03', 'attained', 'not-attained', 3],
      ['2026-02', 'not-attained', 'attained', 3],
      ['2026-01', 'not-attained', 'not-determined', 2],
    ]);
  });

  it('remember in which month fields were mapped and services were open', async () => {
    const { id } = await database({ lifecycle: 'in-operation' });
    const months = async () =>
      itemsOf<Json>(await keeper(`/v1/databases/${id}/quality/trend`)).map(({ month, criteria }) => [
        month,
        ...(criteria as { criterion: string; state: string }[]).slice(4).map(({ state }) => state),
      ]);
    try {
      lab.clock.set('2026-02-10T12:00:00+07:00');
      await registry.get(QualityService).setStanding(id, {
        mapping: { fields: 2, mapped: 1, dictionaryVersion: '1.0' },
        services: 1,
      });
      lab.clock.set('2026-03-10T12:00:00+07:00');
      await registry.get(QualityService).setStanding(id, {
        mapping: { fields: 2, mapped: 2, dictionaryVersion: '1.0' },
        services: 0,
      });
      lab.clock.set('2026-04-20T12:00:00+07:00');
      expect(await months()).toEqual([
        // This month is judged by the tables themselves, which know of neither.
        ['2026-04', 'not-determined', 'not-attained'],
        ['2026-03', 'attained', 'not-attained'],
        ['2026-02', 'not-attained', 'attained'],
      ]);
    } finally {
      lab.clock.set('2026-04-20T12:00:00+07:00');
    }
  });
});

describe('declarations', () => {
  it('keep to the version that was read, make history, and repeat nothing', async () => {
    const { id } = await database();
    expect(codeOf(await put(id, 'freshness', { frequency: 'daily' }, owner, { 'if-match': '"1"' }))).toEqual([
      412,
      'stale-version',
    ]);
    expect((await quality(id)).version).toBeNull();
    const first = await put(id, 'freshness', { frequency: 'daily' });
    expect([first.headers.get('etag'), first.body['version']]).toEqual(['"1"', 1]);
    await good(put(id, 'freshness', { frequency: 'daily' }));
    expect((await quality(id)).version).toBe(1);
    await good(put(id, 'freshness', { frequency: 'weekly' }, keeper, { 'if-match': '"1"' }));
    expect(codeOf(await put(id, 'freshness', { frequency: 'daily' }, owner, { 'if-match': '"1"' }))).toEqual([
      412,
      'stale-version',
    ]);
    expect(faultsOf(await put(id, 'freshness', { frequency: 'mỗi ngày' }))).toEqual([
      'frequency: not-one-of',
    ]);
    const lines = itemsOf(await keeper(`/v1/databases/${id}/quality/history`));
    expect(lines.map(({ version, changed }) => [version, changed])).toEqual([
      [2, ['freshness']],
      [1, []],
    ]);
  });

  it('and arrivals that come at once make one version each, none lost', async () => {
    const { id } = await database();
    const times = Array.from({ length: 8 }, (_, hour) => `2026-04-19T0${hour}:00:00Z`);
    const answers = await Promise.all(times.map((arrivedAt) => arrive(id, { arrivedAt })));
    expect(answers.map(({ status }) => status)).toEqual(times.map(() => 200));
    expect(await quality(id)).toMatchObject({ lastUpdateAt: '2026-04-19T07:00:00.000Z' });
    const kept = await lab.rows(`SELECT 1 FROM registry_quality_arrival WHERE database_id = '${id}'`);
    expect(kept).toHaveLength(times.length);
  });
});

describe('the events of all these tests', () => {
  it('keep to the published schemas', async () => {
    const { types, faults } = checkAgainstSchemas(await lab.events());
    expect(faults).toEqual([]);
    expect(types).toEqual(
      expect.arrayContaining([
        REGISTRY_QUALITY_DECLARED,
        REGISTRY_QUALITY_UPDATED,
        REGISTRY_QUALITY_CHECKED,
        REGISTRY_QUALITY_STANDING_CHANGED,
      ]),
    );
  });
});
