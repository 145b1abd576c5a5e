import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Overview } from '#libs/contracts';
import { createService } from '#libs/http';
import pg from 'pg';
import { gatewayService } from '../../apps/gateway/src/service.js';
import type { TaskItem } from '../../apps/tasks/src/assignments/task-state.js';
import type { TaskTotals } from '../../apps/tasks/src/assignments/task-totals.js';
import { LocalIssuer } from '../../libs/auth/src/testing/issuer.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';
import { TasksHarness } from './tasks-harness.js';
import { RandomOfficers, randomNumbers } from './tasks-walk.js';

let tasks: TasksHarness;
let gateway: NestFastifyApplication;
let database: TestDatabase;
let issuer: LocalIssuer;
let base = '';
let authorization = '';

beforeAll(async () => {
  [tasks, database, issuer] = await Promise.all([
    TasksHarness.start(),
    createDatabase(),
    LocalIssuer.start(),
  ]);
  const service = gatewayService({
    databaseUrl: database.url,
    natsUrl: tasks.nats.url,
    natsCredentials: tasks.nats.credentials('gateway'),
    referenceDirectory: undefined,
    displayToken: 'a-display-token-for-this-test-only',
    streamReplicas: 1,
    reconcileMilliseconds: 60_000,
  });
  gateway = await createService({
    ...service,
    auth: { ...service.auth, issuer: issuer.url },
    clock: tasks.clock,
    configure: undefined,
    logLevel: 'fatal',
  });
  await gateway.startAllMicroservices();
  await gateway.listen(0, '127.0.0.1');
  base = await gateway.getUrl();
  authorization = `Bearer ${await issuer.token({ scope: 'ioc:read' })}`;
});

afterAll(async () => {
  await gateway.close();
  await issuer.stop();
  await tasks.stop();
  await database.drop();
});

async function section(): Promise<Overview['tasks']> {
  const answer = await fetch(`${base}/ioc/v1/overview`, { headers: { authorization } });
  return ((await answer.json()) as Overview).tasks;
}

async function versions(url: string, query: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<{ version: string }>(query)).rows.map((row) => row.version);
  } finally {
    await client.end();
  }
}

/** Waits until the gateway has heard of the version of every task that the service has. */
async function caughtUp(): Promise<void> {
  const heard = `SELECT aggregate_id || ' ' || sequence AS version FROM projection WHERE aggregate = 'task' ORDER BY 1`;
  const held = `SELECT id || ' ' || version AS version FROM task ORDER BY 1`;
  await until(async () => {
    const [service, projection] = await Promise.all([
      versions(tasks.database.url, held),
      versions(database.url, heard),
    ]);
    return service.join() === projection.join();
  });
}

describe('the gateway', () => {
  it('counts exactly what the service counts, by timeliness and lead, after any sequence of operations', async () => {
    const random = randomNumbers(11);
    const officers = new RandomOfficers(
      (path, request) => tasks.send(path, request),
      random,
      () => tasks.clock.today(),
    );
    for (const day of ['2026-04-20', '2026-04-29', '2026-05-14', '2026-06-15']) {
      tasks.clock.set(day);
      for (let count = 0; count < 25; count += 1) await officers.act();
      await caughtUp();
      const totals = (await tasks.send('/v1/tasks/totals')).body as unknown as TaskTotals;
      const { byAgency, overdue, ...whole } = await section();
      expect(whole).toMatchObject({ total: totals.total, byTimeliness: totals.byTimeliness });
      const agencies = byAgency.filter(({ agency }) => agency.code !== null);
      for (const { agency, total, byTimeliness } of agencies) {
        const answer = await tasks.send(`/v1/tasks/totals?lead=${agency.code ?? ''}`);
        expect({ agency: agency.code, ...answer.body }).toMatchObject({
          agency: agency.code,
          total,
          byTimeliness,
        });
      }
      const items = (await tasks.send('/v1/tasks?limit=100&timeliness=overdue')).body['items'] as TaskItem[];
      const line = ({ id, extensions }: { id: string; extensions: number }) => `${id} ${extensions}`;
      expect(overdue.map(line).sort()).toEqual(items.map(line).sort());
    }
    expect(officers.done.size).toBeGreaterThan(10);
  });

  it('takes a task for due soon by the threshold of its directive, as the service does', async () => {
    tasks.clock.set('2026-07-01');
    const json = { kind: 'letter', issuer: 'UBND', subject: 'Ngưỡng riêng', dueSoonWorkingDays: 0 };
    const directiveId = (await tasks.send('/v1/directives', { json })).body['id'];
    const task = { directiveId, title: 'Việc có ngưỡng riêng', leads: ['STP'], due: { date: '2026-07-15' } };
    const { id } = (await tasks.send('/v1/tasks', { agency: 'UBND', json: task })).body as { id: string };
    const standing = async (): Promise<[string | undefined, unknown]> => {
      await caughtUp();
      const line = (await section()).nextDue.find((one) => one.id === id);
      return [line?.timeliness, (await tasks.send(`/v1/tasks/${id}`)).body['timeliness']];
    };
    expect(await standing()).toEqual(['on-track', 'on-track']);
    const change = { method: 'PATCH', agency: 'UBND', json: { dueSoonWorkingDays: 20 } };
    await tasks.send(`/v1/directives/${String(directiveId)}`, change);
    expect(await standing()).toEqual(['due-soon', 'due-soon']);
  });
});
