import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { ServiceLogger } from '#libs/telemetry';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type AnswerFailure, failureAnswers } from '../problems/answer-failure.js';
import { sendConnectionProblem, sendProblem } from '../problems/send.js';
import { toFailure } from '../problems/to-problem.js';
import { collectRoutes } from '../requests/allowed-methods.js';
import { readJsonBodies } from '../requests/body.js';
import { closeConnectionsAtTheEnd } from '../requests/closing.js';
import { observeRequests } from '../requests/observation.js';
import { addSecurityHeaders, API_HEADERS } from '../requests/security-headers.js';
import { addEntityTags } from '../versions/etag.js';
import { DEFAULT_BODY_LIMIT, type ServiceOptions } from './options.js';

/** Longest time for the headers, and for the whole request, to arrive; milliseconds. */
const HEADERS_TIMEOUT = 15_000;
const REQUEST_TIMEOUT = 30_000;
/** Longer than what load balancers keep idle connections for, so that it is they who close them. */
const KEEP_ALIVE_TIMEOUT = 65_000;
const MAX_HEADER_BYTES = 16_384;
const MAX_PARAMETER_LENGTH = 200;

/** Keeps the error handler that stands since before the first route: Nest would only replace it for later ones. */
class ServiceAdapter extends FastifyAdapter {
  override setErrorHandler(): ReturnType<FastifyAdapter['setErrorHandler']> {
    return this.instance;
  }
}

export interface HttpLayer {
  adapter: FastifyAdapter;
  fastify: FastifyInstance;
  answerFailure: AnswerFailure;
}

/** Fastify with this system's limits, body reading, headers and observation, before any route. */
export function makeHttpLayer(options: ServiceOptions, logger: ServiceLogger): HttpLayer {
  const bodyLimit = options.bodyLimit ?? DEFAULT_BODY_LIMIT;
  const adapter = new ServiceAdapter({
    bodyLimit,
    trustProxy: options.trustProxy ?? (process.env['TRUST_PROXY'] || false),
    requestTimeout: REQUEST_TIMEOUT,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT,
    http: { headersTimeout: HEADERS_TIMEOUT, maxHeaderSize: MAX_HEADER_BYTES },
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    // Requests on connections that are still open are served to the end instead.
    return503OnClosing: false,
    // Malformed addresses fail in the router, before any hook.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      reply.headers(API_HEADERS);
      sendProblem(toFailure(error, bodyLimit).problem, request, reply);
    },
    clientErrorHandler: sendConnectionProblem,
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  const answerFailure = failureAnswers(collectRoutes(fastify));
  fastify.setErrorHandler(answerFailure);
  observeRequests(fastify, logger);
  addSecurityHeaders(fastify);
  addEntityTags(fastify);
  closeConnectionsAtTheEnd(fastify);
  readJsonBodies(fastify);
  return { adapter, fastify, answerFailure };
}
