import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LocalIssuer } from '../../libs/auth/src/testing/issuer.js';
import { startNats, type TestNats } from '../support/nats.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { ServiceProcess } from '../support/service-process.js';
import { SseReader } from '../support/sse-reader.js';
import { TraceCollector } from '../support/trace-collector.js';
import { until } from '../support/until.js';

describe('one trace', () => {
  let nats: TestNats;
  let issuer: LocalIssuer;
  let collector: TraceCollector;
  let databases: TestDatabase[];
  let tasks: ServiceProcess;
  let gateway: ServiceProcess;

  beforeAll(async () => {
    [nats, issuer, collector] = await Promise.all([startNats(), LocalIssuer.start(), TraceCollector.start()]);
    databases = await Promise.all([createDatabase(), createDatabase()]);
    const environment = (process: 'tasks' | 'gateway', database: TestDatabase): NodeJS.ProcessEnv => ({
      DATABASE_URL: database.url,
      NATS_URL: nats.url,
      NATS_CREDENTIALS: nats.credentials(process),
      ISSUER_URL: issuer.url,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_BSP_SCHEDULE_DELAY: '100',
    });
    [tasks, gateway] = await Promise.all([
      ServiceProcess.start('tasks', environment('tasks', databases[0]!)),
      ServiceProcess.start('gateway', environment('gateway', databases[1]!)),
    ]);
  });

  afterAll(async () => {
    await Promise.all([tasks.stop(), gateway.stop()]);
    await Promise.all([issuer.stop(), collector.stop(), nats.stop()]);
    await Promise.all(databases.map((database) => database.drop()));
  });

  it('runs from the request over outbox, bus and projection to the push to the display', async () => {
    const authorization = `Bearer ${await issuer.token({ agency: 'VPUBND', scope: 'tasks:read tasks:write tasks:assign ioc:read' })}`;
    const reader = await SseReader.open(`${gateway.url}/ioc/v1/stream`, { authorization });
    await until(() => reader.of('snapshot').length === 1);

    const answer = await fetch(`${tasks.url}/v1/directives`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'letter', issuer: 'VPUBND', subject: 'Theo dõi một vết' }),
    });
    expect(answer.status).toBe(201);

    const pushOfThisRequest = (): string[] | undefined =>
      collector.spans
        .filter((span) => span.name === 'push overview')
        .map((span) => collector.chain(span).map(({ service, name }) => `${service}: ${name}`))
        .find((chain) => chain.at(-1) === 'tasks: POST /v1/directives');
    await until(() => pushOfThisRequest());
    expect(pushOfThisRequest()).toEqual([
      'gateway: push overview',
      'gateway: process vn.ioc.tasks.directive.registered.v1',
      'tasks: publish vn.ioc.tasks.directive.registered.v1',
      'tasks: POST /v1/directives',
    ]);
    reader.close();
  });
});
