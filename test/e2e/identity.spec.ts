import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createService } from '#libs/http';
import { claimsOf, DEVELOPER_SECRET, headerOf, TestIssuer } from '../../apps/identity/src/testing/issuer.js';
import { AppModule as TasksModule } from '../../apps/tasks/src/app.module.js';
import { startNats, type TestNats } from '../support/nats.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { ServiceProcess } from '../support/service-process.js';

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

async function get(base: string, path: string, token: string): Promise<Answer> {
  const response = await fetch(base + path, { headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('a service and the issuer of the embedded default', () => {
  let issuer: TestIssuer;
  let nats: TestNats;
  const databases: TestDatabase[] = [];
  const services: NestFastifyApplication[] = [];
  let tasks: string;

  /** A tasks service that has never spoken to the issuer. */
  async function startTasks(): Promise<string> {
    const database = await createDatabase();
    databases.push(database);
    const service = await createService({
      name: 'tasks',
      module: TasksModule.of({
        databaseUrl: database.url,
        natsUrl: nats.url,
        natsCredentials: nats.credentials('tasks'),
        referenceDirectory: undefined,
        streamReplicas: 1,
      }),
      auth: { issuer: issuer.url, keys: { cooldown: 0, retryAfter: 0 } },
      logLevel: 'silent',
    });
    services.push(service);
    await service.listen(0, '127.0.0.1');
    return service.getUrl();
  }

  beforeAll(async () => {
    [issuer, nats] = await Promise.all([TestIssuer.start(), startNats()]);
    tasks = await startTasks();
  });

  afterAll(async () => {
    await Promise.all(services.map((service) => service.close()));
    await Promise.all([issuer.stop(), nats.stop()]);
    await Promise.all(databases.map((database) => database.drop()));
  });

  it('lets a system in by the issuer it is named, and no further than its scopes', async () => {
    const secret = await issuer.addSystem('skhcn-theodoi', ['tasks:read', 'budget:read'], 'SKHCN');
    const { access_token: reader } = await issuer.token('skhcn-theodoi', secret, { scope: 'tasks:read' });
    expect((await get(tasks, '/v1/tasks', reader)).status).toBe(200);
    const { access_token: other } = await issuer.token('skhcn-theodoi', secret, { scope: 'budget:read' });
    expect(await get(tasks, '/v1/tasks', other)).toMatchObject({
      status: 403,
      body: { code: 'insufficient-scope' },
    });
  });

  it('lets a person in who logged in through an application', async () => {
    await issuer.addApplication('portal', ['tasks:read']);
    const { password } = await issuer.addPerson('skhcn.truc', ['tasks:read'], 'SKHCN');
    const tokens = await issuer
      .login('portal', 'tasks:read')
      .complete(issuer.browser(), 'skhcn.truc', password);
    expect((await get(tasks, '/v1/tasks', tokens.access_token)).status).toBe(200);
  });

  it('goes on with the tokens of before and after a rotation of the keys', async () => {
    const before = await issuer.developerToken('tasks:read');
    expect((await get(tasks, '/v1/tasks', before)).status).toBe(200);
    await issuer.api('POST', '/v1/keys/rotation');
    await issuer.api('POST', '/v1/keys/rotation');
    const after = await issuer.developerToken('tasks:read');
    expect(headerOf(after).kid).not.toBe(headerOf(before).kid);
    expect((await get(tasks, '/v1/tasks', after)).status).toBe(200);
    expect((await get(tasks, '/v1/tasks', before)).status).toBe(200);
  });

  it('goes on without the issuer when it has its keys, and says "unavailable" when it never had them', async () => {
    const token = await issuer.developerToken('tasks:read');
    expect((await get(tasks, '/v1/tasks', token)).status).toBe(200);
    await issuer.halt();
    try {
      expect((await get(tasks, '/v1/tasks', token)).status).toBe(200);
      const fresh = await startTasks();
      expect(await get(fresh, '/v1/tasks', token)).toMatchObject({
        status: 503,
        body: { code: 'unavailable' },
      });
      await issuer.restart();
      expect((await get(fresh, '/v1/tasks', token)).status).toBe(200);
    } finally {
      await issuer.restart();
    }
  });
});

describe('the issuer as a process', () => {
  let database: TestDatabase;
  let process: ServiceProcess;

  const start = () =>
    ServiceProcess.start('identity', {
      DATABASE_URL: database.url,
      ISSUER_URL: 'http://identity.test',
      DEVELOPER_CLIENT_SECRET: DEVELOPER_SECRET,
      ADMIN_INITIAL_PASSWORD: 'the very first password',
      KEY_ENCRYPTION_SECRET: 'a secret of some thirty characters',
    });
  const token = async (): Promise<string> => {
    const response = await fetch(`${process.url}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`developer:${DEVELOPER_SECRET}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'admin', agency: 'SKHCN' }),
    });
    return ((await response.json()) as { access_token: string }).access_token;
  };
  const keys = async () => (await fetch(`${process.url}/jwks`)).json();

  beforeAll(async () => {
    database = await createDatabase();
    process = await start();
  });

  afterAll(async () => {
    await process.stop();
    await database.drop();
  });

  it('keeps its keys, people and clients through kill -9', async () => {
    const before = { token: await token(), keys: await keys() };
    expect(claimsOf(before.token)).toMatchObject({ iss: 'http://identity.test', agency: 'SKHCN' });
    const people = await get(process.url, '/v1/people', before.token);
    expect(people.body['items']).toHaveLength(1);
    await process.kill();
    process = await start();
    expect(await keys()).toEqual(before.keys);
    expect(await get(process.url, '/v1/people', before.token)).toEqual(people);
  });

  it('is ready only with its database, says where the protocol is, and ends in order', async () => {
    expect((await fetch(`${process.url}/health/ready`)).status).toBe(200);
    const discovery = await fetch(`${process.url}/.well-known/openid-configuration`);
    expect(await discovery.json()).toMatchObject({
      issuer: 'http://identity.test',
      code_challenge_methods_supported: ['S256'],
      response_types_supported: ['code'],
    });
    await process.stop();
    process = await start();
  });

  it('writes nothing but its log, and no secret into it', () => {
    const lines = process.log.trim().split('\n');
    for (const line of lines) {
      expect(JSON.parse(line)).toMatchObject({ service: 'identity' });
    }
    expect(process.log).not.toMatch(/developer-secret|very first password|thirty characters/);
  });
});
