import { beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { createLogger } from './logger.js';
import { meter, renderMetrics } from './metrics.js';
import { startTelemetry } from './start.js';
import { currentTrace, currentTraceparent, withSpan } from './tracing.js';

const exporter = new InMemorySpanExporter();
await startTelemetry({ service: 'sample', spanProcessors: [new SimpleSpanProcessor(exporter)] });

const lines: Record<string, unknown>[] = [];
const destination = { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) };
const logger = createLogger({ service: 'sample', level: 'debug', destination });

beforeEach(() => {
  exporter.reset();
  lines.length = 0;
});

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('spans', () => {
  it('nest, over awaits', async () => {
    await withSpan('outer', {}, async () => {
      await Promise.resolve();
      await withSpan('inner', { attributes: { size: 2 } }, () => undefined);
    });
    const [inner, outer] = exporter.getFinishedSpans();
    expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
    expect(inner?.attributes).toEqual({ size: 2 });
    expect(currentTraceparent()).toBeUndefined();
  });

  it('go on from a traceparent, start anew with null or a malformed one, and keep links', async () => {
    await withSpan('around', {}, async () => {
      await withSpan('continued', { parent: TRACEPARENT, links: [TRACEPARENT, 'nonsense'] }, () => undefined);
      await withSpan('fresh', { parent: null }, () => undefined);
      await withSpan('malformed', { parent: 'nonsense' }, () => undefined);
    });
    const [continued, fresh, malformed] = exporter.getFinishedSpans();
    expect(continued?.spanContext().traceId).toBe('0af7651916cd43dd8448eb211c80319c');
    expect(continued?.parentSpanContext?.spanId).toBe('b7ad6b7169203331');
    expect(continued?.links.map(({ context }) => context.spanId)).toEqual(['b7ad6b7169203331']);
    expect(fresh?.parentSpanContext).toBeUndefined();
    expect(malformed?.parentSpanContext).toBeUndefined();
  });

  it('end as failed with the work, and the failure goes on', async () => {
    const failing = withSpan('failing', {}, () => Promise.reject(new Error('broken')));
    await expect(failing).rejects.toThrow('broken');
    expect(exporter.getFinishedSpans()[0]?.status.code).toBe(2);
    expect(exporter.getFinishedSpans()[0]?.events[0]?.name).toBe('exception');
  });
});

describe('log lines', () => {
  it('are JSON with level, time, service, context and the trace at work', async () => {
    let trace: unknown;
    await withSpan('work', {}, () => {
      trace = currentTrace();
      logger.log('started', 'Relay');
    });
    expect(lines).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T.*Z$/) as unknown,
        service: 'sample',
        context: 'Relay',
        message: 'started',
        ...(trace as object),
      },
    ]);
  });

  it('take all forms of Nest: text, object, error, error beside a text, stack', () => {
    Logger.overrideLogger(logger);
    const nest = new Logger('Part');
    nest.warn({ message: 'refused', clientId: 'wall' });
    nest.error(new Error('broken'));
    nest.error('could not', new Error('broken'));
    nest.error('could not', 'Error: broken\n    at x');
    Logger.overrideLogger(false);
    expect(lines[0]).toMatchObject({ level: 'warn', message: 'refused', clientId: 'wall', context: 'Part' });
    expect(lines[1]).toMatchObject({
      level: 'error',
      message: 'broken',
      context: 'Part',
      err: { message: 'broken' },
    });
    expect(lines[2]).toMatchObject({ message: 'could not', context: 'Part', err: { type: 'Error' } });
    expect(lines[3]).toMatchObject({
      message: 'could not',
      context: 'Part',
      stack: 'Error: broken\n    at x',
    });
  });

  it('keep what Nest tells line by line of its start for debugging', () => {
    logger.log('AppModule dependencies initialized', 'InstanceLoader');
    expect(lines[0]?.['level']).toBe('debug');
  });

  it('hide secrets by name at any depth', () => {
    const headers = { authorization: 'Bearer abc', Cookie: 'sid=abc', accept: 'x' };
    logger.write('info', 'request', {
      headers,
      body: [{ client_secret: 'abc', accessToken: 'abc', name: 'n' }],
    });
    expect(lines[0]).toMatchObject({
      headers: { authorization: '[redacted]', Cookie: '[redacted]', accept: 'x' },
    });
    expect(JSON.stringify(lines)).not.toContain('abc');
  });

  it('tell of a database error what went wrong, not with whose data', () => {
    const error = Object.assign(new Error('duplicate key'), {
      code: '23505',
      constraint: 'person_name_key',
      detail: 'Key (name)=(personal) already exists.',
      parameters: ['personal'],
    });
    logger.error({ message: 'failed', err: new Error('outer', { cause: error }) });
    expect(lines[0]).toMatchObject({ err: { cause: { code: '23505', constraint: 'person_name_key' } } });
    expect(JSON.stringify(lines)).not.toContain('personal');
  });

  it('leave out what is below the level', () => {
    const quiet = createLogger({ service: 'sample', level: 'warn', destination });
    quiet.log('no');
    quiet.warn('yes');
    expect(lines.map(({ message }) => message)).toEqual(['yes']);
  });
});

it('metrics are told in the Prometheus format', async () => {
  meter().createCounter('sample_events', { description: 'Events' }).add(2, { service: 'tasks' });
  const text = await renderMetrics();
  expect(text).toContain('sample_events_total{service="tasks"} 2');
  expect(text).toMatch(/^process_uptime_seconds \d/m);
  expect(text).toMatch(/^event_loop_lag_seconds \d/m);
});
