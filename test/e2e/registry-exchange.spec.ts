import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FixedClock } from '#libs/calendar';
import type {
  BudgetItemState,
  BudgetRoundState,
  Overview,
  RegistryDatabaseState,
  RegistryListState,
  RegistryPartnerState,
  RegistryProposalState,
  Scope,
} from '#libs/contracts';
import { createService, type ServiceConfig, type ServiceOptions } from '#libs/http';
import type { ReceivedEvent } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import { budgetService } from '../../apps/budget/src/service.js';
import { gatewayService } from '../../apps/gateway/src/service.js';
import { FundingService } from '../../apps/registry/src/funding/funding.service.js';
import { registryService } from '../../apps/registry/src/service.js';
import { LocalIssuer } from '../../libs/auth/src/testing/issuer.js';
import { startNats, type TestNats } from '../support/nats.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';

const TODAY = '2026-04-20';
const STATE_PART = 1_500_000_000;
const ENTERPRISE_PART = 2_000_000_000;

const clock = new FixedClock(TODAY);
let nats: TestNats;
let issuer: LocalIssuer;
const databases: TestDatabase[] = [];
const apps: NestFastifyApplication[] = [];
const bases: Record<string, string> = {};

async function start(
  name: 'registry' | 'budget' | 'gateway',
  serviceOf: (config: ServiceConfig) => ServiceOptions,
) {
  const database = await createDatabase();
  databases.push(database);
  const service = serviceOf({
    databaseUrl: database.url,
    natsUrl: nats.url,
    natsCredentials: nats.credentials(name),
    referenceDirectory: undefined,
    streamReplicas: 1,
  });
  const auth = { ...(service.auth === false ? {} : service.auth), issuer: issuer.url };
  const app = await createService({ ...service, auth, clock, logLevel: 'fatal' });
  apps.push(app);
  await app.startAllMicroservices();
  await app.listen(0, '127.0.0.1');
  bases[name] = await app.getUrl();
  return app;
}

let registry: NestFastifyApplication;

beforeAll(async () => {
  [nats, issuer] = await Promise.all([startNats(), LocalIssuer.start()]);
  registry = await start('registry', registryService);
  await start('budget', budgetService);
  await start('gateway', (config) => ({
    ...gatewayService({
      ...config,
      displayToken: 'a-token-of-this-test-only',
      reconcileMilliseconds: 60_000,
    }),
    // The wall has specs of its own.
    configure: undefined,
  }));
});

afterAll(async () => {
  await Promise.all(apps.map((app) => app.close()));
  await Promise.all([issuer.stop(), nats.stop()]);
  await Promise.all(databases.map((database) => database.drop()));
});

/** A request of an agency; answers the body of what was accepted. */
async function ask<Answer>(agency: string, service: string, path: string, json?: unknown): Promise<Answer> {
  const scopes: Scope[] =
    service === 'registry'
      ? ['registry:read', 'registry:write']
      : ['budget:read', 'budget:write', 'budget:appraise', 'budget:approve'];
  const scope = service === 'gateway' ? 'ioc:read' : scopes.join(' ');
  const response = await fetch(`${bases[service] ?? ''}${path}`, {
    method: json === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${await issuer.token({ agency, scope })}`,
      ...(json !== undefined && { 'content-type': 'application/json' }),
    },
    body: json === undefined ? undefined : JSON.stringify(json),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${agency} ${path}: ${response.status} ${text}`);
  return JSON.parse(text) as Answer;
}

const read = (id: string) => ask<RegistryDatabaseState>('SKHCN', 'registry', `/v1/databases/${id}`);
const section = async () => (await ask<Overview>('UBND', 'gateway', '/ioc/v1/overview')).registry;

interface Line {
  id: string;
  roundId: string | null;
  estimateId: string | null;
  amount: number;
  origin: { id: string } | null;
}

describe('from the priority list to operation', () => {
  let id: string;

  it('goes over partner, split, estimate and allocation, and each service learns of the other by events', async () => {
    // Sở KH&CN opens the list of Decision 508; Sở Y tế proposes its database, which is accepted.
    const list = await ask<RegistryListState>('SKHCN', 'registry', '/v1/lists', {
      purpose: 'priority',
      year: 2026,
      title: 'Danh mục CSDL chuyên ngành ưu tiên triển khai năm 2026',
      decision: 'Quyết định số 508/QĐ-UBND ngày 09/02/2026',
      reporting: { from: '2026-03', onceBefore: '2026-03-12' },
    });
    const database = await ask<RegistryDatabaseState>('SYT', 'registry', '/v1/databases', {
      name: 'Cơ sở dữ liệu chuyên ngành y tế',
      kind: 'sector',
      owner: 'SYT',
      lifecycle: 'planned',
      targetQuarter: '2026-Q2',
    });
    id = database.id;
    const proposal = await ask<RegistryProposalState>('SYT', 'registry', `/v1/lists/${list.id}/proposals`, {
      databaseId: id,
      reason: 'Có doanh nghiệp đồng hành',
    });
    await ask('SKHCN', 'registry', `/v1/proposals/${proposal.id}/acceptance`, {
      document: 'Quyết định bổ sung',
    });

    // Two enterprises register; the owner chooses one and agrees who carries what.
    const [chosen] = await Promise.all(
      ['Doanh nghiệp A', 'Doanh nghiệp B'].map((name) =>
        ask<RegistryPartnerState>('SYT', 'registry', `/v1/databases/${id}/partners`, {
          enterprise: { name },
          capability: 'Đã xây dựng CSDL tương tự',
          contribution: 'Phần mềm',
        }),
      ),
    );
    await ask('SYT', 'registry', `/v1/databases/${id}/partner-choice`, {
      chosen: [chosen!.id],
      reason: 'Có năng lực',
    });
    const round = await ask<BudgetRoundState>('SKHCN', 'budget', '/v1/estimate-rounds', {
      name: 'Dự toán bổ sung năm 2026',
      fiscalYear: 2026,
      deadline: '2026-05-15',
    });
    await ask('SYT', 'registry', `/v1/databases/${id}/split`, {
      statePart: STATE_PART,
      year: 2026,
      shares: [{ partnerId: chosen!.id, scope: 'Phần mềm', part: ENTERPRISE_PART }],
      on: TODAY,
    });

    // The State part appears in the owner's draft estimate, by event alone.
    let line: Line | undefined;
    await until(async () => {
      const { items } = await ask<{ items: Line[] }>('SYT', 'budget', `/v1/estimate-lines?round=${round.id}`);
      line = items.find(({ origin }) => origin?.id === id);
      return line !== undefined;
    });
    expect(line).toMatchObject({ amount: STATE_PART });
    expect((await read(id)).funding).toEqual({ items: [], allocated: 0 });

    // Estimate → consolidation → appraisal → approval → allocation (letter of Sở KH&CN of 3/2026, section 1).
    const { items: estimates } = await ask<{ items: { id: string }[] }>(
      'SYT',
      'budget',
      `/v1/estimates?round=${round.id}`,
    );
    await ask('SYT', 'budget', `/v1/estimates/${estimates[0]!.id}/submission`, {});
    const step = (agency: string, name: string, body: object) =>
      ask(agency, 'budget', `/v1/estimate-rounds/${round.id}/${name}`, body);
    await step('SKHCN', 'consolidation', {});
    await ask('STC', 'budget', `/v1/estimate-lines/${line!.id}/appraisal`, { verdict: 'accepted' });
    await step('STC', 'appraisal', { document: 'Báo cáo thẩm định' });
    await step('UBND', 'approval', { document: '900/QĐ-UBND', date: TODAY });
    await step('UBND', 'allocation', { document: '901/QĐ-UBND' });

    // The allocation is seen back, by event alone.
    await until(async () => (await read(id)).funding.allocated === STATE_PART);
    expect((await read(id)).funding.items).toMatchObject([{ fiscalYear: 2026, allocated: STATE_PART }]);

    // Built and put into operation.
    for (const to of ['under-construction', 'in-operation']) {
      await ask('SYT', 'registry', `/v1/databases/${id}/lifecycle`, { to, on: TODAY });
    }
    const { items: history } = await ask<{ items: { action: string }[] }>(
      'SYT',
      'registry',
      `/v1/databases/${id}/history`,
    );
    // The item of the approved line may come in one event with its money, or in two.
    const actions = history.map(({ action }) => action).reverse();
    expect(
      actions.filter((action, index) => action !== 'funding-changed' || actions[index - 1] !== action),
    ).toEqual([
      'registered',
      'listed',
      'partners-changed',
      'split-agreed',
      'funding-changed',
      'lifecycle-changed',
      'lifecycle-changed',
    ]);
  });

  it('is on the wall, with the figures that the registry itself has', async () => {
    const { items: all } = await ask<{ items: RegistryDatabaseState[] }>(
      'SKHCN',
      'registry',
      '/v1/databases?limit=500',
    );
    await until(
      async () =>
        (await section()).funded === 1 && (await section()).databases.byLifecycle['planned'] !== undefined,
    );
    await until(async () => (await section()).onSchedule === 1);
    const count = (state: string) => all.filter(({ lifecycle }) => lifecycle === state).length;
    const kinds = (kind: string) => all.filter((one) => one.kind === kind).length;
    await until(
      async () => (await section()).databases.byLifecycle['in-operation'] === count('in-operation'),
    );
    const { items: periods } = await ask<{ items: { counts: Record<string, number> }[] }>(
      'SKHCN',
      'registry',
      `/v1/lists/${(await read(id)).lists[0]!.id}/periods`,
    );
    const sum = (name: string) => periods.reduce((total, { counts }) => total + (counts[name] ?? 0), 0);
    const coverage = await ask<{ approved: number; total: number }>(
      'SKHCN',
      'registry',
      '/v1/security-coverage',
    );
    expect(await section()).toMatchObject({
      databases: {
        total: all.length,
        byKind: { national: kinds('national'), sector: kinds('sector'), provincial: kinds('provincial') },
      },
      funded: all.filter(({ funding }) => funding.allocated > 0).length,
      withPartner: all.filter(({ partners }) => partners.length > 0).length,
      onSchedule: 1,
      withTarget: 1,
      connections: { inUse: 0, total: 0 },
      securityLevels: { approved: coverage.approved, total: coverage.total },
      reports: { onTime: sum('onTime'), late: sum('late'), missing: sum('missing') },
    });
  });

  it('turns a database that is not in operation from on schedule to behind by the clock alone', async () => {
    const { id: slow } = await ask<RegistryDatabaseState>('SYT', 'registry', '/v1/databases', {
      name: 'Cơ sở dữ liệu chậm',
      kind: 'sector',
      owner: 'SYT',
      targetQuarter: '2026-Q2',
    });
    const { lists } = await read(id);
    await ask('SKHCN', 'registry', `/v1/lists/${lists[0]!.id}/entries`, { databaseId: slow });
    await until(async () => (await section()).withTarget === 2);
    const on = async (day: string) => {
      clock.set(day);
      const { onSchedule, reports } = await section();
      return [onSchedule, reports.missing];
    };
    try {
      // Its place on the list comes by an event of its own.
      await until(async () => (await on('2026-05-20'))[1] === 2);
      // Both databases came onto the list on 20 April: nothing is owed for that month.
      expect(await on('2026-05-19')).toEqual([2, 0]);
      expect(await on('2026-05-20')).toEqual([2, 2]);
      expect(await on('2026-06-30')).toEqual([2, 4]);
      expect(await on('2026-07-01')).toEqual([1, 4]);
    } finally {
      clock.set(TODAY);
    }
  });
});

describe('events of the budget', () => {
  /** Hands an event to the registry as its consumer does: inside a transaction. */
  async function take(
    databaseId: string | null,
    sequence: number,
    allocated: number,
    itemId: string,
  ): Promise<void> {
    const origin =
      databaseId === null ? null : { service: 'registry', aggregate: 'database', id: databaseId };
    const line = { source: 'state-recurrent', allocated };
    const enterprise = { source: 'enterprise', allocated: 7 };
    const data = { name: 'Khoản mục', fiscalYear: 2026, origin, lines: [line, enterprise] };
    const event = { aggregateId: itemId, sequence, data } as unknown as ReceivedEvent<BudgetItemState>;
    await registry.get(TransactionScope).run(() => registry.get(FundingService).take([event]));
  }

  it('count once and in any order; only State money of the newest version counts', async () => {
    const create = (name: string) =>
      ask<RegistryDatabaseState>('SYT', 'registry', '/v1/databases', { name, kind: 'sector', owner: 'SYT' });
    const [first, other] = [await create('CSDL thứ tự một'), await create('CSDL thứ tự hai')];
    const item = '019a0000-0000-7000-8000-00000000000a';
    await take(first.id, 3, 300, item);
    await take(first.id, 2, 200, item);
    await take(first.id, 3, 300, item);
    expect(await read(first.id)).toMatchObject({ version: 2, funding: { allocated: 300 } });
    await take(other.id, 4, 300, item);
    expect(await read(first.id)).toMatchObject({ version: 3, funding: { items: [], allocated: 0 } });
    expect(await read(other.id)).toMatchObject({ version: 2, funding: { allocated: 300 } });
    await take(null, 5, 300, item);
    await take(other.id, 4, 300, item);
    expect((await read(other.id)).funding).toEqual({ items: [], allocated: 0 });
    // An origin that is not here, or no identifier at all, stops nothing.
    await take('019a0000-0000-7000-8000-0000000000ff', 1, 1, '019a0000-0000-7000-8000-00000000000b');
    await take('nothing', 1, 1, '019a0000-0000-7000-8000-00000000000c');
  });

  it('may reach several replicas at the same time: the newest version wins, and nobody waits for ever', async () => {
    const create = (name: string) =>
      ask<RegistryDatabaseState>('SYT', 'registry', '/v1/databases', { name, kind: 'sector', owner: 'SYT' });
    const [one, two] = [await create('CSDL song song một'), await create('CSDL song song hai')];
    const items = ['a', 'b'].map((end) => `019a0000-0000-7000-8000-0000000000${end}1`);
    const versions = Array.from({ length: 12 }, (_, index) => index + 1);
    // Each version moves both items to the other database, so that every event touches both of them.
    await Promise.all(
      versions.flatMap((version) =>
        items.map((item, index) =>
          take((version + index) % 2 === 0 ? one.id : two.id, version, version * 10, item),
        ),
      ),
    );
    const last = versions.length;
    const allocated = async (id: string) => (await read(id)).funding.allocated;
    expect([await allocated(one.id), await allocated(two.id)]).toEqual([last * 10, last * 10]);
  });

  it('of all kinds are taken, so that none is put aside as a dead letter', async () => {
    const rows: { count: number }[] = await registry
      .get(TransactionScope)
      .manager.query(`SELECT count(*)::int AS count FROM inbox`);
    expect(rows[0]!.count).toBeGreaterThan(3);
    const { items } = await askAdmin<{ items: unknown[] }>('/v1/operations/dead-letters');
    expect(items).toEqual([]);
  });
});

async function askAdmin<Answer>(path: string): Promise<Answer> {
  const token = await issuer.token({ scope: 'admin' });
  const response = await fetch(`${bases['registry'] ?? ''}${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return (await response.json()) as Answer;
}
