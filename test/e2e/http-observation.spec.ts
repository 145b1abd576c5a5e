import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { currentTraceparent, SpanKind, startTelemetry, withSpan } from '#libs/telemetry';
import pg from 'pg';
import { adminUrl, createDatabase, type TestDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';
import { sampleBehaviour, startSample } from './http-sample-service.js';
import { type Answer, type Call, caller } from './http-support.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';
const traceparent = `00-${TRACE}-${PARENT}-01`;

const exporter = new InMemorySpanExporter();
const lines: Record<string, unknown>[] = [];
let database: TestDatabase;
let app: NestFastifyApplication;
let call: (path: string, call?: Call) => Promise<Answer>;

beforeAll(async () => {
  await startTelemetry({ service: 'sample', spanProcessors: [new SimpleSpanProcessor(exporter)] });
  database = await createDatabase();
  app = await startSample(database.url, {
    logLevel: 'debug',
    logDestination: { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) },
  });
  call = caller(await app.getUrl());
});
beforeEach(() => {
  exporter.reset();
  lines.length = 0;
  sampleBehaviour.beforeAnswer = () => Promise.resolve();
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

function span(name: string): ReadableSpan | undefined {
  return exporter.getFinishedSpans().find((candidate) => candidate.name === name);
}
const lineOf = (message: RegExp): Record<string, unknown> | undefined =>
  lines.find((line) => message.test(String(line['message'])));

describe('traces', () => {
  it('go on from the caller through the handler, also behind a body', async () => {
    let seen: string | undefined;
    sampleBehaviour.beforeAnswer = () =>
      withSpan('outbox append', { kind: SpanKind.PRODUCER }, () => {
        seen = currentTraceparent();
      });
    const { status } = await call('/v1/notes', { json: { title: 'Vết' }, headers: { traceparent } });
    expect(status).toBe(201);
    await until(() => span('POST /v1/notes'));

    const server = span('POST /v1/notes');
    expect(server?.kind).toBe(SpanKind.SERVER);
    expect(server?.spanContext().traceId).toBe(TRACE);
    expect(server?.parentSpanContext?.spanId).toBe(PARENT);
    expect(server?.attributes).toMatchObject({ 'http.route': '/v1/notes', 'http.response.status_code': 201 });
    const inner = span('outbox append');
    expect(inner?.parentSpanContext?.spanId).toBe(server?.spanContext().spanId);
    expect(seen).toBe(`00-${TRACE}-${inner?.spanContext().spanId ?? ''}-01`);
  });

  it('go on behind a body that comes in a packet of its own', async () => {
    let seen: string | undefined;
    sampleBehaviour.beforeAnswer = () => {
      seen = currentTraceparent();
      return Promise.resolve();
    };
    const body = '{"title":"Đến sau"}';
    const head = `POST /v1/notes HTTP/1.1\r\nhost: x\r\nx-client: a\r\nconnection: close\r\ntraceparent: ${traceparent}\r\n`;
    const headRead = once(app.getHttpServer(), 'request');
    const socket = connect(Number(new URL(await app.getUrl()).port), '127.0.0.1');
    socket.resume();
    socket.write(
      `${head}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`,
    );
    await headRead;
    socket.write(body);
    await once(socket, 'close');
    expect(seen).toContain(TRACE);
  });

  it('go on behind an Idempotency-Key, inside its transaction', async () => {
    let seen: string | undefined;
    sampleBehaviour.beforeAnswer = () => {
      seen = currentTraceparent();
      return Promise.resolve();
    };
    const headers = { traceparent, 'idempotency-key': 'traced' };
    await call('/v1/notes', { json: { title: 'Vết có khóa' }, headers });
    expect(seen).toContain(TRACE);
  });

  it('start anew with a malformed traceparent', async () => {
    await call('/v1/notes', { headers: { traceparent: `00-${'0'.repeat(32)}-${PARENT}-01` } });
    await until(() => span('GET /v1/notes'));
    expect(span('GET /v1/notes')?.parentSpanContext).toBeUndefined();
    expect(span('GET /v1/notes')?.spanContext().traceId).toMatch(/^(?!0{32})[0-9a-f]{32}$/);
  });

  it('are named by the trace id of the problem document, also when the body cannot be read', async () => {
    const broken = await call('/v1/notes', { body: '{', headers: { traceparent } });
    expect(broken.body['traceId']).toBe(TRACE);
  });
});

describe('log lines', () => {
  it('tell of each request its route, status, client and trace, and not its query', async () => {
    await call('/v1/notes?q=bi-mat', { headers: { traceparent, authorization: 'Bearer abc' } });
    await until(() => lineOf(/^GET \/v1\/notes 200$/));
    expect(lineOf(/^GET \/v1\/notes 200$/)).toMatchObject({
      level: 'info',
      service: 'tasks',
      route: '/v1/notes',
      status: 200,
      clientId: 'first',
      traceId: TRACE,
      milliseconds: expect.any(Number) as unknown,
    });
    expect(JSON.stringify(lines)).not.toMatch(/bi-mat|Bearer abc/);
  });

  it('are quiet about what machines ask every few seconds', async () => {
    await call('/health/live');
    await until(() => lineOf(/^GET \/health\/live 200$/));
    expect(lineOf(/^GET \/health\/live 200$/)?.['level']).toBe('debug');
  });

  it('tell of a failure of our own with its stack and trace', async () => {
    const { body } = await call('/v1/notes/failing/now');
    const line = lineOf(/failed$/);
    expect(line).toMatchObject({ level: 'error', traceId: body['traceId'], code: 'internal' });
    expect(JSON.stringify(line?.['err'])).toContain('http-sample-service');
  });

  it('tell nothing of a refusal but the line of the request', async () => {
    await call('/v1/notes', { json: {} });
    await until(() => lineOf(/^POST \/v1\/notes 400$/));
    expect(lines.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
  });
});

describe('readiness', () => {
  it('goes when the database goes, and comes back with it', async () => {
    const superuser = new pg.Client({ connectionString: adminUrl() });
    await superuser.connect();
    const name = new URL(database.url).pathname.slice(1);
    await superuser.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await superuser.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
      name,
    ]);
    try {
      await until(async () => (await call('/health/ready')).status === 503);
      const { body, headers } = await call('/health/ready');
      expect(body).toMatchObject({
        code: 'not-ready',
        checks: [{ name: 'database', state: 'down' }],
      });
      expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect((await call('/health/live')).status).toBe(200);
      const read = await call('/v1/notes');
      expect([read.status, read.body['code']]).toEqual([503, 'unavailable']);
      expect(Number(read.headers.get('retry-after'))).toBeGreaterThan(0);
    } finally {
      await superuser.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
      await superuser.end();
    }
    await until(async () => (await call('/health/ready')).status === 200);
    expect((await call('/v1/notes')).status).toBe(200);
  });
});
