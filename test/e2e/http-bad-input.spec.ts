import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { startSample } from './http-sample-service.js';

let database: TestDatabase;
let app: NestFastifyApplication;
let base: string;

beforeAll(async () => {
  database = await createDatabase();
  app = await startSample(database.url);
  base = await app.getUrl();
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

describe('smoke', () => {
  it('works', async () => {
    const r = await fetch(`${base}/v1/notes`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-client': 'a', 'idempotency-key': 'k1' }, body: JSON.stringify({ title: 'Đề án', parts: [{ name: 'x' }], labels: ['a'] }) });
    console.log(r.status, Object.fromEntries(r.headers), await r.text());
    for (const p of ['/v1/notes', '/v1/notes?limit=0&x=1', '/nothing', '/health/ready', '/metrics', '/openapi.json', '/docs', '/v1/notes/%ff', '/v1/notes/failing/now']) {
      const a = await fetch(base + p, { headers: { 'x-client': 'a' } });
      console.log(p, a.status, Object.fromEntries(a.headers), (await a.text()).slice(0, 3000));
    }
    expect(r.status).toBe(201);
  });
});
