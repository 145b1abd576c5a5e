import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AnswerFailure } from './answer-failure.js';

/** Answers every failure of a handler, guard or pipe with a problem document. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly answerFailure: AnswerFailure) {}

  catch(error: unknown, host: ArgumentsHost): void {
    // Messages of the bus have their own way with failures.
    if (host.getType() !== 'http') throw error;
    const http = host.switchToHttp();
    this.answerFailure(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}
