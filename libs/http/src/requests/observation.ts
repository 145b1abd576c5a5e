import { type Context, context, propagation, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '#libs/auth';
import { meter, type ServiceLogger, SpanKind, type TraceIds, tracer } from '#libs/telemetry';

interface Observation {
  span: Span;
  context: Context;
}

const observations = new WeakMap<FastifyRequest, Observation>();

/** Ids of the request's trace; they are known in every hook, also where the context has been lost. */
export function traceOf(request: FastifyRequest): TraceIds | undefined {
  const span = observations.get(request)?.span.spanContext();
  return span && { traceId: span.traceId, spanId: span.spanId };
}

/** Path of the request without its query, which may hold what a person typed. */
export function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '/';
}

/** Paths that machines read every few seconds. */
const BACKGROUND = /^\/(health|metrics)(\/|$)/;

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Span, log line and metrics of every request. */
export function observeRequests(fastify: FastifyInstance, logger: ServiceLogger): void {
  const duration = meter().createHistogram('http_server_request_duration_seconds', {
    description:
      'Time from the headers of a request to the end of its answer; the count is the number of requests',
    advice: { explicitBucketBoundaries: BUCKETS },
  });

  fastify.addHook('onRequest', (request, _reply, done) => {
    const parent = propagation.extract(context.active(), request.headers);
    const span = tracer().startSpan(`${request.method} ${routeOf(request)}`, spanStart(request), parent);
    const observation = { span, context: trace.setSpan(parent, span) };
    observations.set(request, observation);
    context.with(observation.context, done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    finish(request, reply, logger);
    duration.record(reply.elapsedTime / 1_000, {
      method: request.method,
      route: routeOf(request),
      status: reply.statusCode,
    });
    done();
  });
}

function spanStart(request: FastifyRequest) {
  return {
    kind: SpanKind.SERVER,
    attributes: {
      'http.request.method': request.method,
      'http.route': routeOf(request),
      'url.path': pathOf(request),
    },
  };
}

function finish(request: FastifyRequest, reply: FastifyReply, logger: ServiceLogger): void {
  const { statusCode } = reply;
  const span = observations.get(request)?.span;
  span?.setAttribute('http.response.status_code', statusCode);
  if (statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
  span?.end();
  const level = BACKGROUND.test(request.url) ? 'debug' : statusCode >= 500 ? 'error' : 'info';
  logger.write(level, `${request.method} ${pathOf(request)} ${statusCode}`, {
    ...traceOf(request),
    route: routeOf(request),
    status: statusCode,
    milliseconds: Math.round(reply.elapsedTime * 10) / 10,
    clientId: actorOf(request)?.clientId,
  });
}

/** The route's template (`/v1/tasks/:id`), so that names and labels stay few. */
function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? 'unmatched';
}
