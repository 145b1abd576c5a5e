import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import { problem, type ProblemError } from '#libs/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AllowedMethods } from '../requests/allowed-methods.js';
import { traceOf } from '../requests/observation.js';
import { sendProblem } from './send.js';
import { toFailure } from './to-problem.js';

/** Answers every failure of a request with a problem document. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  constructor(private readonly allowedMethods: AllowedMethods) {}

  catch(error: unknown, host: ArgumentsHost): void {
    // Messages of the bus have their own way with failures.
    if (host.getType() !== 'http') throw error;
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const failure = toFailure(error, request.routeOptions.bodyLimit);
    if (failure.ours) {
      this.logger.error({
        message: `${request.method} ${request.routeOptions.url ?? 'unknown route'} failed`,
        err: error,
        code: failure.problem.code,
        ...traceOf(request),
      });
    }
    // The answer was under way already (a stream): all that is left is to break it off, visibly for the reader.
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    if (request.is404) this.sendUnmatched(failure.problem, request, reply);
    else sendProblem(failure.problem, request, reply);
  }

  private sendUnmatched(notFound: ProblemError, request: FastifyRequest, reply: FastifyReply): void {
    const methods = this.allowedMethods(request);
    if (methods.length === 0) {
      sendProblem(notFound, request, reply);
      return;
    }
    reply.header('allow', methods.join(', '));
    sendProblem(problem('method-not-allowed'), request, reply);
  }
}
