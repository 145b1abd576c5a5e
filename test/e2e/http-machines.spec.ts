import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { startSample } from './http-sample-service.js';
import { type Answer, type Call, caller } from './http-support.js';

let database: TestDatabase;
let app: NestFastifyApplication;
let call: (path: string, call?: Call) => Promise<Answer>;

beforeAll(async () => {
  database = await createDatabase();
  app = await startSample(database.url);
  call = caller(await app.getUrl());
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

describe('for machines', () => {
  it('live and ready answer without a token, ready with the last use of each part', async () => {
    expect((await call('/health/live')).body).toEqual({ status: 'up' });
    const { status, body } = await call('/health/ready');
    expect(status).toBe(200);
    expect(body['checks']).toEqual([
      { name: 'database', state: 'up', lastUsedAt: expect.any(String) as unknown },
    ]);
  });

  it('metrics count requests by the route, not by the path', async () => {
    const id = (await call('/v1/notes', { json: { title: 'Đếm' } })).body['id'] as string;
    await call(`/v1/notes/${id}`);
    await call('/v1/unknown/path');
    const { text, headers } = await call('/metrics');
    expect(headers.get('content-type')).toMatch(/^text\/plain/);
    expect(text).toMatch(
      /http_server_request_duration_seconds_count\{method="GET",route="\/v1\/notes\/:id",status="200"\} [1-9]/,
    );
    expect(text).toMatch(/status="404"/);
    expect(text).not.toContain(id);
    expect(text).not.toContain('/v1/unknown/path');
    expect(text).toMatch(/^process_resident_memory_bytes [1-9]/m);
  });

  it('openapi.json describes fields with their limits, problems, keys and If-Match', async () => {
    const { body, headers } = await call('/openapi.json');
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    const { paths, components } = body as unknown as OpenApi;
    const fields = components.schemas['NewNote'];
    expect(fields?.required).toEqual(['title']);
    expect(fields?.properties).toMatchObject({
      title: { type: 'string', minLength: 2, maxLength: 50, description: 'Title' },
      cost: { type: 'integer', minimum: 0, nullable: true },
      day: { type: 'string', format: 'date' },
      weight: { type: 'string', enum: ['low', 'high'] },
      labels: { type: 'array', maxItems: 3, uniqueItems: true, items: { type: 'string', maxLength: 10 } },
      part: { allOf: [{ $ref: '#/components/schemas/Part' }] },
      parts: { type: 'array', maxItems: 5, items: { $ref: '#/components/schemas/Part' } },
    });
    const names = (path: string, method: string): string[] =>
      (paths[path]?.[method]?.parameters ?? [])
        .map((parameter) => `${parameter.in} ${parameter.name}`)
        .sort();
    expect(names('/v1/notes', 'post')).toEqual(['header Idempotency-Key']);
    expect(names('/v1/notes', 'get')).toEqual([
      'query costed',
      'query cursor',
      'query limit',
      'query q',
      'query weight',
    ]);
    expect(names('/v1/notes/{id}', 'patch')).toEqual(['header If-Match', 'path id']);
    expect(paths['/v1/notes']?.['post']?.security).toEqual([{ bearer: [] }]);
    expect(paths['/health/ready']?.['get']?.security).toEqual([]);
    expect(JSON.stringify(paths['/v1/notes']?.['post']?.responses)).toContain('application/problem+json');
    expect(components.schemas['Problem']).toBeDefined();
  });

  it('docs is a page with all it needs from here, and serves no other file', async () => {
    const page = await call('/docs');
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    const files = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) expect([file, (await call(`/${file}`)).status]).toEqual([file, 200]);
    for (const file of ['package.json', '..%2fpackage.json', 'constructor', '__proto__']) {
      expect([file, (await call(`/docs/${file}`)).status]).toEqual([file, 404]);
    }
  });

  it('every answer forbids guessing, framing and caching', async () => {
    for (const path of ['/v1/notes', '/nothing', '/health/live', '/v1/notes/%ff']) {
      const { headers } = await call(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('server')).toBeNull();
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });
});

interface OpenApi {
  paths: Record<
    string,
    Record<string, { parameters?: { in: string; name: string }[]; security?: unknown; responses?: unknown }>
  >;
  components: { schemas: Record<string, { required?: string[]; properties: Record<string, unknown> }> };
}
