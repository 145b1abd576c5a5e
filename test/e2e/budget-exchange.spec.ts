import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, credsAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { v7 as uuidv7 } from 'uuid';
import { FixedClock } from '#libs/calendar';
import { BUDGET_ITEM_ALLOCATED, type BudgetItemState, type Scope } from '#libs/contracts';
import { createService } from '#libs/http';
import { budgetService } from '../../apps/budget/src/service.js';
import { LocalIssuer } from '../../libs/auth/src/testing/issuer.js';
import { encodeHeaders } from '../../libs/messaging/src/event.js';
import { startNats, type TestNats } from '../support/nats.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';

let nats: TestNats;
let database: TestDatabase;
let issuer: LocalIssuer;
let bus: NatsConnection;
const replicas: NestFastifyApplication[] = [];

beforeAll(async () => {
  [nats, database, issuer] = await Promise.all([startNats(), createDatabase(), LocalIssuer.start()]);
  bus = await connect({
    servers: nats.url,
    authenticator: credsAuthenticator(readFileSync(nats.credentials('admin')!)),
  });
  const streams = (await jetstreamManager(bus)).streams;
  await streams.add({ name: 'REGISTRY', subjects: ['ioc.registry.>'] });
  await streams.add({ name: 'STAFFING', subjects: ['ioc.staffing.>'] });
  await Promise.all([startReplica(), startReplica()]);
});

afterAll(async () => {
  await Promise.all(replicas.map((app) => app.close()));
  await bus.close();
  await Promise.all([nats.stop(), issuer.stop()]);
  await database.drop();
});

async function startReplica(): Promise<void> {
  const app = await createService({
    ...budgetService({
      databaseUrl: database.url,
      natsUrl: nats.url,
      natsCredentials: nats.credentials('budget'),
      referenceDirectory: undefined,
      streamReplicas: 1,
    }),
    auth: { issuer: issuer.url },
    clock: new FixedClock('2026-04-20'),
    logLevel: 'fatal',
  });
  replicas.push(app);
  await app.startAllMicroservices();
  await app.listen(0, '127.0.0.1');
}

/** Publishes a version of something of another service, as that service would. */
async function tell(
  service: 'registry' | 'staffing',
  kind: string,
  id: string,
  sequence: number,
  state: object,
) {
  const type = `vn.ioc.${service}.${kind}.changed.v1`;
  const stored = {
    id: '1',
    event_id: uuidv7(),
    aggregate: kind,
    aggregate_id: id,
    sequence,
    type,
    occurred_at: new Date('2026-04-20T01:00:00Z'),
    traceparent: null,
    data: '',
  };
  const data = JSON.stringify({ id, version: sequence, changed: [], ...state });
  const headers = encodeHeaders(service, stored, null);
  await jetstream(bus).publish(`ioc.${service}.${kind}.${id}`, data, { headers });
}

const owner = { code: 'SYT', name: 'Sở Y tế' };
const split = (statePart: number | null, year: number | null = 2026) => ({
  statePart,
  enterprisePart: 5,
  year,
});

function tellDatabase(id: string, sequence: number, more: object) {
  const state = { name: `CSDL ${id.slice(-4)}`, owner, lifecycle: 'planned', ...more };
  return tell('registry', 'database', id, sequence, state);
}

function tellSupport(id: string, sequence: number, more: object) {
  const plan = { title: 'Kỹ sư mạng', agency: owner, cost: 90, year: 2026, state: 'proposed', ...more };
  return tell('staffing', 'support-plan', id, sequence, plan);
}

/** Everything that was told has been taken in, or put aside. */
async function settled(streams: readonly string[] = ['REGISTRY', 'STAFFING']): Promise<void> {
  const manager = await jetstreamManager(bus);
  await until(async () => {
    const states = await Promise.all(streams.map((stream) => manager.consumers.info(stream, 'budget')));
    return states.every(({ num_pending, num_ack_pending }) => num_pending + num_ack_pending === 0);
  });
}

interface Line {
  id: string;
  name: string;
  amount: number;
  year: number;
  agency: { code: string };
  estimateId: string | null;
  originAmount: number | null;
}

async function ask(agency: string, path: string, json?: object): Promise<Record<string, unknown>> {
  const scopes: Scope[] = ['budget:read', 'budget:write', 'budget:appraise', 'budget:approve'];
  const token = await issuer.token({ agency, scope: scopes.join(' ') });
  const answer = await fetch((await replicas[0]!.getUrl()) + path, {
    method: json ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, ...(json && { 'content-type': 'application/json' }) },
    body: json && JSON.stringify(json),
  });
  const body = (await answer.json()) as Record<string, unknown>;
  if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(body)}`);
  return body;
}

async function linesOf(origin: string): Promise<Line[]> {
  const { items } = (await ask('STC', '/v1/estimate-lines?limit=500')) as {
    items: (Line & { origin: { id: string } | null })[];
  };
  return items.filter((line) => line.origin?.id === origin);
}

async function rows(query: string): Promise<unknown[]> {
  return replicas[0]!.get((await import('typeorm')).DataSource).query(query);
}

describe('a database with a State-budget part', () => {
  it('becomes a line that waits for its owner, and follows the database while it waits', async () => {
    const id = uuidv7();
    await tellDatabase(id, 1, { budgetSplit: split(700) });
    await settled();
    expect(await linesOf(id)).toMatchObject([
      {
        name: `Xây dựng CSDL ${id.slice(-4)}`,
        amount: 700,
        year: 2026,
        agency: { code: 'SYT' },
        estimateId: null,
      },
    ]);
    await tellDatabase(id, 2, { budgetSplit: split(800, null) });
    await settled();
    expect(await linesOf(id)).toMatchObject([{ amount: 800, year: 2026 }]);
    await tellDatabase(id, 3, { budgetSplit: split(800, 2027), owner: { code: 'SXD', name: 'Sở Xây dựng' } });
    await settled();
    expect(await linesOf(id)).toMatchObject([{ year: 2027, agency: { code: 'SXD' } }]);
    await tellDatabase(id, 4, { budgetSplit: null });
    await settled();
    expect(await linesOf(id)).toEqual([]);
  });

  it('is counted once, whatever the order in which its versions arrive, and how often', async () => {
    const id = uuidv7();
    await tellDatabase(id, 3, { budgetSplit: split(300) });
    await tellDatabase(id, 3, { budgetSplit: split(300) });
    await tellDatabase(id, 1, { budgetSplit: split(100) });
    await tellDatabase(id, 2, { budgetSplit: null });
    await settled();
    expect(await linesOf(id)).toMatchObject([{ amount: 300 }]);
  });

  it('takes its line back when it is not to be built, and has none without an owner', async () => {
    const [retired, ownerless] = [uuidv7(), uuidv7()];
    await tellDatabase(retired, 1, { budgetSplit: split(10) });
    await tellDatabase(retired, 2, { budgetSplit: split(10), lifecycle: 'retired' });
    await tellDatabase(ownerless, 1, { budgetSplit: split(10), owner: null });
    await settled();
    expect([await linesOf(retired), await linesOf(ownerless)]).toEqual([[], []]);
  });

  it('puts a nonsensical amount aside for an operator, without stopping the others', async () => {
    const [wrong, right] = [uuidv7(), uuidv7()];
    await tellDatabase(wrong, 1, { budgetSplit: split(0.5) });
    await tellDatabase(right, 1, { budgetSplit: split(20) });
    await until(async () => (await linesOf(right)).length === 1);
    expect(await linesOf(wrong)).toEqual([]);
    await tellDatabase(wrong, 2, { budgetSplit: split(30) });
    await until(async () => (await linesOf(wrong)).length === 1);
  });
});

describe('a support plan with a cost', () => {
  it('becomes a line of the commune', async () => {
    const id = uuidv7();
    const agency = { code: '22333', name: 'UBND phường Bắc Nha Trang' };
    await tellSupport(id, 1, { agency });
    await tell('staffing', 'unit', uuidv7(), 1, { fullName: 'Phường Bắc Nha Trang' });
    await until(async () => (await linesOf(id)).length === 1);
    expect(await linesOf(id)).toMatchObject([{ name: 'Kỹ sư mạng', amount: 90, agency: { code: '22333' } }]);
  });

  it('takes its line back when it is cancelled, also where that is told first', async () => {
    const [inOrder, before] = [uuidv7(), uuidv7()];
    await tellSupport(inOrder, 1, {});
    await tellSupport(inOrder, 2, { state: 'cancelled' });
    await tellSupport(before, 2, { state: 'cancelled' });
    await tellSupport(before, 1, {});
    await settled(['STAFFING']);
    expect([await linesOf(inOrder), await linesOf(before)]).toEqual([[], []]);
  });
});

describe('a line of another service in a round', () => {
  const open = async (fiscalYear = 2030): Promise<string> => {
    const json = { name: 'Đợt CSDL', fiscalYear, deadline: '2026-05-01' };
    return String((await ask('SKHCN', '/v1/estimate-rounds', json))['id']);
  };

  it('is in the draft of its agency when the round is opened, and when it comes later', async () => {
    const [early, late] = [uuidv7(), uuidv7()];
    await tellDatabase(early, 1, { budgetSplit: split(10, 2030) });
    await until(async () => (await linesOf(early)).length === 1);
    const round = await open();
    const [line] = await linesOf(early);
    expect(line?.estimateId).not.toBeNull();
    await tellDatabase(late, 1, { budgetSplit: split(20, 2030) });
    await until(async () => (await linesOf(late)).length === 1);
    expect((await linesOf(late))[0]?.estimateId).toBe(line?.estimateId);
    const { items } = (await ask('SYT', `/v1/estimates?round=${round}`)) as {
      items: { requested: number }[];
    };
    expect(items).toMatchObject([{ requested: 30, version: 2 }]);

    // Submitted, it stays as it was submitted and says what is asked for by now.
    await ask('SYT', `/v1/estimates/${line?.estimateId ?? ''}/submission`, {});
    await tellDatabase(early, 2, { budgetSplit: split(15, 2030) });
    await until(async () => (await linesOf(early))[0]?.originAmount === 15);
    expect((await linesOf(early))[0]?.amount).toBe(10);
    // What comes now waits for the next round.
    const next = uuidv7();
    await tellDatabase(next, 1, { budgetSplit: split(40, 2030) });
    await until(async () => (await linesOf(next)).length === 1);
    expect((await linesOf(next))[0]?.estimateId).toBeNull();

    await ask('SKHCN', `/v1/estimate-rounds/${round}/consolidation`, {});
    for (const origin of [early, late]) {
      const [{ id } = { id: '' }] = await linesOf(origin);
      await ask('STC', `/v1/estimate-lines/${id}/appraisal`, { verdict: 'accepted' });
    }
    await ask('STC', `/v1/estimate-rounds/${round}/appraisal`, { document: '1/STC' });
    await ask('UBND', `/v1/estimate-rounds/${round}/approval`, { document: '2/QĐ-UBND', date: '2026-04-20' });
    await ask('STC', `/v1/estimate-rounds/${round}/allocation`, { document: '3/STC' });

    // What the registry needs to mark its database as funded is in the event of the item.
    const messages = (await rows(
      `SELECT data FROM outbox WHERE type = '${BUDGET_ITEM_ALLOCATED}' ORDER BY id`,
    )) as { data: string }[];
    const states = messages.map(({ data }) => JSON.parse(data) as BudgetItemState);
    const funded = states.find(({ origin }) => origin?.id === early);
    expect(funded?.origin).toEqual({ service: 'registry', aggregate: 'database', id: early });
    expect(funded?.lines).toMatchObject([{ year: 2030, allocated: 10 }]);
  });

  it('may be for an item that its agency has, which then is of that origin; what is not submitted waits again', async () => {
    const [mine, unsent] = [uuidv7(), uuidv7()];
    await tellDatabase(mine, 1, { budgetSplit: split(10, 2031) });
    await tellDatabase(unsent, 1, {
      budgetSplit: split(20, 2031),
      owner: { code: 'SXD', name: 'Sở Xây dựng' },
    });
    await until(async () => (await linesOf(unsent)).length + (await linesOf(mine)).length === 2);
    const round = await open(2031);
    const [{ id, estimateId }] = (await linesOf(mine)) as [Line];
    const json = { kind: 'activity', name: 'CSDL đang có', owner: 'SYT', fiscalYear: 2031 };
    const item = String((await ask('SYT', '/v1/items', json))['id']);
    await ask('SYT', `/v1/estimates/${estimateId ?? ''}/lines`, {
      lines: [{ id, itemId: item, name: 'CSDL đang có', amount: 10 }],
    });
    await ask('SYT', `/v1/estimates/${estimateId ?? ''}/submission`, {});
    await ask('SKHCN', `/v1/estimate-rounds/${round}/consolidation`, {});
    expect(await ask('SYT', `/v1/items/${item}`)).toMatchObject({ origin: { id: mine }, requested: 10 });
    expect((await linesOf(unsent))[0]?.estimateId).toBeNull();
    await open(2031);
    expect((await linesOf(unsent))[0]?.estimateId).not.toBeNull();
  });
});
