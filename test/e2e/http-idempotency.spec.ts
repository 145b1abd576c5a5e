import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import { adminUrl, createDatabase, type TestDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';
import { sampleBehaviour, startSample } from './http-sample-service.js';
import { type Answer, type Call, caller } from './http-support.js';

let database: TestDatabase;
let app: NestFastifyApplication;
let replica: NestFastifyApplication;
let call: (path: string, call?: Call) => Promise<Answer>;
let callReplica: typeof call;
let client: pg.Client;
let number = 0;
const gates: (() => void)[] = [];

beforeAll(async () => {
  database = await createDatabase();
  app = await startSample(database.url);
  replica = await startSample(database.url);
  call = caller(await app.getUrl());
  callReplica = caller(await replica.getUrl());
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
beforeEach(() => {
  number += 1;
  sampleBehaviour.beforeAnswer = () => Promise.resolve();
});
afterEach(() => {
  // A test that failed half way must not leave a request waiting.
  for (const open of gates.splice(0)) open();
});
afterAll(async () => {
  await client.end();
  await app.close();
  await replica.close();
  await database.drop();
});

/** A request with a key and title of the running test. */
function request(changes: { key?: string; title?: string; client?: string } = {}): Call {
  return {
    json: { title: changes.title ?? `Ghi chú ${number}` },
    headers: { 'idempotency-key': changes.key ?? `key-${number}`, 'x-client': changes.client ?? 'first' },
  };
}

async function count(
  table: 'note' | 'idempotency_key',
  condition: string,
  ...values: unknown[]
): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    `SELECT count(*) FROM ${table} WHERE ${condition}`,
    values,
  );
  return Number(rows[0]?.count);
}
const notes = (): Promise<number> => count('note', 'title LIKE $1', `Ghi chú ${number}%`);
const keys = (): Promise<number> => count('idempotency_key', 'key = $1', `key-${number}`);

/** Holds every handler until `open` is called. */
function gate(): { open: () => void; waiting: () => number } {
  let waiting = 0;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  sampleBehaviour.beforeAnswer = async () => {
    waiting += 1;
    await promise;
  };
  const open = (): void => {
    resolve(undefined);
  };
  gates.push(open);
  return { open, waiting: () => waiting };
}

describe('the same request again', () => {
  it('gets the first answer: status, body, ETag and Location', async () => {
    const first = await call('/v1/notes', request());
    const second = await call('/v1/notes', request());
    expect(first.status).toBe(201);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(second.status).toBe(201);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(second.text).toBe(first.text);
    for (const header of ['etag', 'location', 'content-type']) {
      expect(first.headers.get(header)).toEqual(expect.any(String));
      expect(second.headers.get(header)).toBe(first.headers.get(header));
    }
    expect(await notes()).toBe(1);
  });

  it('gets the first answer from another replica', async () => {
    const first = await call('/v1/notes', request());
    const second = await callReplica('/v1/notes', request());
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(second.text).toBe(first.text);
    expect(await notes()).toBe(1);
  });

  it('waits for the first one when both come together, in one replica', async () => {
    const held = gate();
    const created = sampleBehaviour.created;
    const answers = Promise.all([call('/v1/notes', request()), call('/v1/notes', request())]);
    await until(() => held.waiting() === 1);
    held.open();
    const [a, b] = await answers;
    expect([a.status, b.status]).toEqual([201, 201]);
    expect(a.text).toBe(b.text);
    expect(sampleBehaviour.created - created).toBe(1);
    expect([a, b].filter(({ headers }) => headers.get('idempotency-replayed') === 'true')).toHaveLength(1);
    expect(await notes()).toBe(1);
  });

  it('waits for the first one when both come together, in two replicas', async () => {
    const held = gate();
    const created = sampleBehaviour.created;
    const answers = Promise.all([call('/v1/notes', request()), callReplica('/v1/notes', request())]);
    await until(() => held.waiting() === 1);
    // The other one now waits inside PostgreSQL for the row of the key.
    await until(() => waitingForLock());
    held.open();
    const [a, b] = await answers;
    expect([a.status, b.status]).toEqual([201, 201]);
    expect(a.text).toBe(b.text);
    expect(sampleBehaviour.created - created).toBe(1);
    expect(await notes()).toBe(1);
  });

  it('does not use up the connections of the pool, however often it comes', async () => {
    const held = gate();
    const answers = Promise.all(Array.from({ length: 30 }, () => call('/v1/notes', request())));
    await until(() => held.waiting() === 1);
    const other = await call('/v1/notes?limit=1');
    held.open();
    expect(other.status).toBe(200);
    const all = await answers;
    expect(new Set(all.map(({ text }) => text)).size).toBe(1);
    expect(await notes()).toBe(1);
  });
});

describe('another request under the same key', () => {
  it.each<[string, string, Call]>([
    ['another body', '/v1/notes', { json: { title: 'Khác' } }],
    ['another writing of the same body', '/v1/notes', { json: undefined, body: '{ "title": "Ghi chú" }' }],
    ['another address', '/v1/notes?x=1', {}],
  ])('is refused and changes nothing: %s', async (_, path, change) => {
    await call('/v1/notes', request());
    const second = await call(path, { ...request(), ...change });
    expect(second.status).toBe(409);
    expect(second.body['code']).toBe('idempotency-key-reused');
    expect(await notes()).toBe(1);
    expect(await count('note', 'title = $1', 'Khác')).toBe(0);
  });

  it('is another request when another client sends it', async () => {
    await call('/v1/notes', request());
    const second = await call('/v1/notes', request({ client: 'second', title: `Ghi chú ${number} khác` }));
    expect(second.status).toBe(201);
    expect(second.headers.get('idempotency-replayed')).toBeNull();
    expect(await notes()).toBe(2);
  });
});

describe('a request that failed', () => {
  it('keeps no key when it was refused, and may be corrected under the same key', async () => {
    const wrong = await call('/v1/notes', request({ title: 'x' }));
    expect(wrong.status).toBe(400);
    expect(await keys()).toBe(0);
    const right = await call('/v1/notes', request());
    expect(right.status).toBe(201);
    expect(right.headers.get('idempotency-replayed')).toBeNull();
  });

  it('leaves neither change nor key when its handler fails after the change', async () => {
    sampleBehaviour.beforeAnswer = () => Promise.reject(new Error('fails after the insert'));
    expect((await call('/v1/notes', request())).status).toBe(500);
    expect([await notes(), await keys()]).toEqual([0, 0]);
    sampleBehaviour.beforeAnswer = () => Promise.resolve();
    expect((await call('/v1/notes', request())).status).toBe(201);
    expect([await notes(), await keys()]).toEqual([1, 1]);
  });

  it('leaves neither change nor key when the database goes away in the middle', async () => {
    const held = gate();
    const answer = call('/v1/notes', request());
    await until(() => held.waiting() === 1);
    await endSessionsInTransaction();
    held.open();
    const { status, headers, body } = await answer;
    expect(status).toBe(503);
    expect(body['code']).toBe('unavailable');
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect([await notes(), await keys()]).toEqual([0, 0]);
    sampleBehaviour.beforeAnswer = () => Promise.resolve();
    expect((await call('/v1/notes', request())).status).toBe(201);
    expect([await notes(), await keys()]).toEqual([1, 1]);
  });

  it('lets the one that waited for it be carried out', async () => {
    const { promise, reject } = Promise.withResolvers<undefined>();
    let calls = 0;
    sampleBehaviour.beforeAnswer = async () => {
      calls += 1;
      if (calls === 1) await promise;
    };
    const answers = Promise.all([call('/v1/notes', request()), callReplica('/v1/notes', request())]);
    await until(() => calls === 1);
    await until(() => waitingForLock());
    reject(new Error('the first one fails'));
    expect((await answers).map(({ status }) => status).sort()).toEqual([201, 500]);
    expect([await notes(), await keys()]).toEqual([1, 1]);
  });
});

it.each(['', 'with blank', 'Khóa', 'x'.repeat(129), 'tab\tinside'])(
  'a key of another form is refused: %j',
  async (key) => {
    // Header values are bytes; a client that writes UTF-8 there sends these.
    const written = Buffer.from(key, 'utf8').toString('latin1');
    const answer = await call('/v1/notes', request({ key: written }));
    expect(answer.status).toBe(400);
    expect(answer.body['code']).toBe('invalid-idempotency-key');
    expect(await notes()).toBe(0);
  },
);

it('keys older than seven days are forgotten, younger ones kept', async () => {
  await call('/v1/notes', request());
  await call('/v1/notes', request({ key: `key-${number}-old`, title: `Ghi chú ${number} cũ` }));
  const age = (key: string, days: number): Promise<unknown> =>
    client.query('UPDATE idempotency_key SET created_at = now() - make_interval(days => $2) WHERE key = $1', [
      key,
      days,
    ]);
  await age(`key-${number}`, 6);
  await age(`key-${number}-old`, 8);
  const restarted = await startSample(database.url);
  try {
    await until(async () => (await count('idempotency_key', 'key = $1', `key-${number}-old`)) === 0);
    expect(await keys()).toBe(1);
  } finally {
    await restarted.close();
  }
});

it('a request without a key is carried out each time', async () => {
  const [a, b] = [
    await call('/v1/notes', { json: { title: `Ghi chú ${number}` } }),
    await call('/v1/notes', { json: { title: `Ghi chú ${number}b` } }),
  ];
  expect([a.status, b.status]).toEqual([201, 201]);
});

async function waitingForLock(): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rows.length > 0;
}

async function endSessionsInTransaction(): Promise<void> {
  const superuser = new pg.Client({ connectionString: adminUrl() });
  await superuser.connect();
  const name = new URL(database.url).pathname.slice(1);
  await superuser.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND state = 'idle in transaction'`,
    [name],
  );
  await superuser.end();
}
