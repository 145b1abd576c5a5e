import { HttpException } from '@nestjs/common';
import { problem, ProblemError } from '#libs/contracts';
import { databaseProblem } from './database-errors.js';

/** What a failed request answers, and whether the failure is the system's own and must be logged with its stack. */
export interface Failure {
  problem: ProblemError;
  ours: boolean;
}

/** Nothing of an unknown error goes to the caller but the trace id. */
export function toFailure(error: unknown, bodyLimit: number): Failure {
  if (error instanceof ProblemError) return { problem: error, ours: error.definition.status === 500 };
  if (error instanceof HttpException)
    return { problem: byStatus(error.getStatus(), bodyLimit), ours: error.getStatus() === 500 };
  const fromDatabase = databaseProblem(error);
  if (fromDatabase) return { problem: fromDatabase, ours: fromDatabase.code !== 'conflict' };
  const status = frameworkStatus(error);
  if (status !== undefined) return { problem: byStatus(status, bodyLimit), ours: status >= 500 };
  return { problem: problem('internal'), ours: true };
}

/** Errors of Fastify and of Node's parser carry a status code. */
function frameworkStatus(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const { statusCode, code } = error as { statusCode?: unknown; code?: unknown };
  const fromFramework = typeof code === 'string' && code.startsWith('FST_');
  return fromFramework && typeof statusCode === 'number' ? statusCode : undefined;
}

function byStatus(status: number, bodyLimit: number): ProblemError {
  switch (status) {
    case 401:
      return problem('unauthenticated');
    case 403:
      return problem('forbidden');
    case 404:
      return problem('not-found');
    case 405:
      return problem('method-not-allowed');
    case 408:
      return problem('request-timeout');
    case 409:
      return problem('conflict');
    case 412:
      return problem('precondition-failed');
    case 413:
      return problem('body-too-large', { limit: bodyLimit });
    case 414:
      return problem('uri-too-long');
    case 415:
      return problem('unsupported-media-type');
    case 429:
      return problem('too-many-requests');
    case 431:
      return problem('headers-too-large');
    case 503:
      return problem('unavailable');
    default:
      return status >= 500 ? problem('internal') : problem('bad-request');
  }
}
