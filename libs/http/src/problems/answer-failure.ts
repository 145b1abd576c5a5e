import { Logger } from '@nestjs/common';
import { actorOf } from '#libs/auth';
import { problem, type ProblemError } from '#libs/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AllowedMethods } from '../requests/allowed-methods.js';
import { pathOf, traceOf } from '../requests/observation.js';
import { sendProblem } from './send.js';
import { toFailure } from './to-problem.js';

export type AnswerFailure = (error: unknown, request: FastifyRequest, reply: FastifyReply) => void;

/** Makes the one way in which every failure of a request is answered, wherever it came up. */
export function failureAnswers(allowedMethods: AllowedMethods): AnswerFailure {
  const logger = new Logger('Problem');
  return (error, request, reply) => {
    const failure = toFailure(error, request.routeOptions.bodyLimit);
    if (failure.ours) {
      logger.error({
        message: `${request.method} ${request.routeOptions.url ?? 'unknown route'} failed`,
        err: error,
        code: failure.problem.code,
        ...traceOf(request),
      });
    }
    // Every refusal is logged; those for want of a scope by the access control, with its reason.
    const { code, definition } = failure.problem;
    if (definition.status === 403 && code !== 'insufficient-scope') {
      const actor = actorOf(request);
      logger.warn({
        message: `refused: ${code}`,
        code,
        clientId: actor?.clientId,
        agency: actor?.agency,
        method: request.method,
        path: pathOf(request),
        ...traceOf(request),
      });
    }
    // The answer was under way already (a stream): all that is left is to break it off, visibly for the reader.
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    if (request.is404) sendUnmatched(failure.problem, allowedMethods(request), request, reply);
    else sendProblem(failure.problem, request, reply);
  };
}

function sendUnmatched(
  notFound: ProblemError,
  allowed: string[],
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  if (allowed.length > 0) reply.header('allow', allowed.join(', '));
  sendProblem(allowed.length > 0 ? problem('method-not-allowed') : notFound, request, reply);
}
