import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import { createService } from '#libs/http';
import { eventSchemas, type Overview, type OverviewChange, TASK_COMPLETED } from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import { Reconciliation } from '../../apps/gateway/src/health/reconciliation.js';
import { LivePicture } from '../../apps/gateway/src/projections/live-picture.js';
import { ProjectionStore } from '../../apps/gateway/src/projections/projection-store.js';
import { gatewayService } from '../../apps/gateway/src/service.js';
import { tasksService } from '../../apps/tasks/src/service.js';
import { LocalIssuer } from '../../libs/auth/src/testing/issuer.js';
import { startNats, type TestNats } from '../support/nats.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { SseReader } from '../support/sse-reader.js';
import { until } from '../support/until.js';

const DISPLAY_TOKEN = 'a-display-token-for-this-test-only';

describe('the gateway', () => {
  let nats: TestNats;
  let issuer: LocalIssuer;
  let databases: TestDatabase[];
  let tasks: NestFastifyApplication;
  let gateway: NestFastifyApplication;
  let base: string;
  let admin: string;

  beforeAll(async () => {
    nats = await startNats();
    issuer = await LocalIssuer.start();
    databases = await Promise.all([createDatabase(), createDatabase()]);
    tasks = await createService({
      ...tasksService({
        databaseUrl: databases[0]!.url,
        natsUrl: nats.url,
        natsCredentials: nats.credentials('tasks'),
        referenceDirectory: undefined,
        streamReplicas: 1,
      }),
      auth: { issuer: issuer.url },
      logLevel: 'warn',
    });
    const service = gatewayService({
      databaseUrl: databases[1]!.url,
      natsUrl: nats.url,
      natsCredentials: nats.credentials('gateway'),
      referenceDirectory: undefined,
      displayToken: DISPLAY_TOKEN,
      streamReplicas: 1,
      reconcileMilliseconds: 60_000,
    });
    gateway = await createService({
      ...service,
      auth: { ...service.auth, issuer: issuer.url },
      // The wall has specs of its own, on the built page.
      configure: undefined,
      logLevel: 'warn',
    });
    await gateway.startAllMicroservices();
    await gateway.listen(0, '127.0.0.1');
    base = await gateway.getUrl();
    admin = `Bearer ${await issuer.token({ scope: 'ioc:read admin' })}`;
    await until(
      async () => (await overview()).tasks.total > 0 && (await overview()).health.services[0]!.lag === 0,
    );
  });

  afterAll(async () => {
    await gateway.close();
    await tasks.close();
    await issuer.stop();
    await nats.stop();
    await Promise.all(databases.map((database) => database.drop()));
  });

  async function overview(): Promise<Overview> {
    const answer = await fetch(`${base}/ioc/v1/overview`, { headers: { authorization: admin } });
    expect(answer.status).toBe(200);
    return (await answer.json()) as Overview;
  }

  let directives = 0;
  async function changeSomething(): Promise<void> {
    directives += 1;
    const id = `directive-of-this-test-${directives}`;
    await tasks.get(TransactionScope).run(() => {
      tasks.get(Outbox).append({
        aggregate: 'directive',
        aggregateId: id,
        sequence: 1,
        type: 'vn.ioc.tasks.directive.registered.v1',
        state: { id, subject: id },
        changed: [],
      });
      return Promise.resolve();
    });
  }

  it('holds exactly what the tasks service says', async () => {
    const { tasks: section } = await overview();
    const { onTrack, dueSoon, overdue, completedOnTime, completedLate, noDate } = section.byTimeliness;
    expect(onTrack + dueSoon + overdue + completedOnTime + completedLate + noDate).toBe(section.total);
    expect(section.overdue[0]!.daysLate).toBeGreaterThanOrEqual(section.overdue[1]!.daysLate);
    expect(section.sourceTime).not.toBeNull();
    const rows: { count: number }[] = await tasks
      .get(TransactionScope)
      .manager.query('SELECT count(*)::int AS count FROM task');
    expect(section.total).toBe(rows[0]!.count);
  });

  it('sends a snapshot, then each change, and after a break exactly what was missed', async () => {
    const first = await SseReader.open(`${base}/ioc/v1/stream`, { authorization: admin });
    await until(() => first.of('snapshot').length === 1);
    await changeSomething();
    await until(() => first.of('change').some(mentions(directives)));
    const lastSeen = first.of('change').at(-1)!.id!;
    first.close();

    await changeSomething();
    const second = await SseReader.open(`${base}/ioc/v1/stream`, {
      authorization: admin,
      'last-event-id': lastSeen,
    });
    await until(() => second.of('change').some(mentions(directives)));
    expect(second.of('snapshot')).toHaveLength(0);
    expect(second.of('resync')).toHaveLength(0);
    second.close();
  });

  it('tells a change while its database keeps it waiting, and stores it once it can', async () => {
    const { manager } = gateway.get(TransactionScope);
    const reader = await SseReader.open(`${base}/ioc/v1/stream`, { authorization: admin });
    await until(() => reader.of('snapshot').length === 1);
    const stored = async (): Promise<boolean> => {
      const id = `directive-of-this-test-${directives}`;
      return (
        (await manager.query<unknown[]>('SELECT FROM projection WHERE aggregate_id = $1', [id])).length === 1
      );
    };
    const blocker = new pg.Client({ connectionString: databases[1]!.url });
    await blocker.connect();
    try {
      await blocker.query('BEGIN; LOCK TABLE inbox IN SHARE MODE');
      await changeSomething();
      await until(() => reader.of('change').some(mentions(directives)));
      expect(await stored()).toBe(false);
    } finally {
      await blocker.end();
    }
    await until(stored);
    // What it is shown twice it tells once.
    expect(reader.of('change').filter(mentions(directives))).toHaveLength(1);
    reader.close();
  });

  it('says resync once, then gives the snapshot, to a reader whose last event it does not know', async () => {
    const reader = await SseReader.open(`${base}/ioc/v1/stream`, {
      authorization: admin,
      'last-event-id': 'of-another-run-2023-7',
    });
    await until(() => reader.of('snapshot').length === 1);
    expect(reader.messages.map((message) => message.event)).toEqual(['resync', 'snapshot']);
    reader.close();
  });

  it('tells anybody what events there are, and the form of each', async () => {
    const contract = (await (await fetch(`${base}/asyncapi.json`)).json()) as {
      components: { messages: object };
    };
    expect(Object.keys(contract.components.messages).sort()).toEqual(Object.keys(eventSchemas).sort());
    const schema = await fetch(`${base}/schemas/${TASK_COMPLETED}`);
    expect(schema.headers.get('content-type')).toContain('application/schema+json');
    expect(await schema.json()).toEqual(JSON.parse(JSON.stringify(eventSchemas[TASK_COMPLETED])));
    const status = async (type: string) => (await fetch(`${base}/schemas/${type}`)).status;
    expect([await status('vn.ioc.tasks.task.forgotten.v1'), await status('constructor')]).toEqual([404, 400]);
  });

  it('is filled from its database at a start, page by page', async () => {
    const many = 4_001;
    const transactions = gateway.get(TransactionScope);
    const ofThisTest = `service = 'tasks' AND aggregate = 'of-this-test'`;
    await transactions.run((writer) =>
      writer.query(
        `INSERT INTO projection (service, aggregate, aggregate_id, sequence, type, occurred_at, state)
         SELECT 'tasks', 'of-this-test', number, 1, 'x', timestamptz '2100-01-01' + number * interval '1 second',
           json_build_object('title', number) FROM generate_series(1, $1) number`,
        [many],
      ),
    );
    const picture = new LivePicture(gateway.get(ProjectionStore));
    await picture.onModuleInit();
    await transactions.run((writer) => writer.query(`DELETE FROM projection WHERE ${ofThisTest}`));
    expect(new Set(picture.of<{ title: number }>('tasks', 'of-this-test')).size).toBe(many);
    expect(picture.sourceTime('tasks', ['of-this-test'])).toBe('2100-01-01T01:06:41.000Z');
  });

  it('refuses a reader without a token and one without the right scope', async () => {
    expect((await fetch(`${base}/ioc/v1/overview`)).status).toBe(401);
    const token = await issuer.token({ scope: 'tasks:read' });
    const answer = await fetch(`${base}/ioc/v1/stream`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(403);
  });

  it('opens for a display by its address, and closes at once when the display is revoked', async () => {
    const opened = await fetch(`${base}/display/${DISPLAY_TOKEN}`, { redirect: 'manual' });
    expect(opened.status).toBe(303);
    const cookie = opened.headers.get('set-cookie')!.split(';')[0]!;
    expect(opened.headers.get('set-cookie')).toContain('HttpOnly');
    const reader = await SseReader.open(`${base}/ioc/v1/stream`, { cookie });
    await until(() => reader.of('snapshot').length === 1);

    const answer = await fetch(`${base}/ioc/v1/displays`, { headers: { authorization: admin } });
    const { items } = (await answer.json()) as { items: { id: string }[] };
    await fetch(`${base}/ioc/v1/displays/${items[0]!.id}`, {
      method: 'DELETE',
      headers: { authorization: admin },
    });
    await until(() => reader.ended);
    expect((await fetch(`${base}/ioc/v1/overview`, { headers: { cookie } })).status).toBe(401);
    expect((await fetch(`${base}/display/${DISPLAY_TOKEN}`, { redirect: 'manual' })).status).toBe(404);
  });

  it('finds a hole in what it holds and has it filled by the service', async () => {
    const { manager } = gateway.get(TransactionScope);
    const [removed] = await gateway
      .get(TransactionScope)
      .run((writer) =>
        writer.query<[{ aggregate_id: string }[], number]>(
          `DELETE FROM projection WHERE aggregate = 'task' AND aggregate_id = (SELECT max(aggregate_id) FROM projection WHERE aggregate = 'task') RETURNING aggregate_id`,
        ),
      );
    const hole = removed[0]!.aggregate_id;
    expect(await gateway.get(Reconciliation).reconcile('tasks')).toBe(1);
    await until(async () => {
      const rows: unknown[] = await manager.query('SELECT 1 FROM projection WHERE aggregate_id = $1', [hole]);
      return rows.length === 1;
    });
    expect(await gateway.get(Reconciliation).reconcile('tasks')).toBe(0);
  });

  it('shows a service as down when it no longer answers', async () => {
    await until(async () => (await overview()).health.services[0]!.state === 'ok');
    expect((await overview()).health.services[1]!.state).toBe('down');
  });
});

function mentions(number: number) {
  return (message: { data: unknown }): boolean =>
    (message.data as OverviewChange).sections.recent?.[0]?.title === `directive-of-this-test-${number}`;
}
