import { problem, type ProblemError } from '#libs/contracts';

/** PostgreSQL error codes (appendix A of its manual) that tell something about the request or the moment. */
const BY_CODE: readonly [RegExp, () => ProblemError][] = [
  // unique and exclusion violations, a row referred to that is gone, serialization failure, deadlock
  [/^(23505|23P01|23503|40001|40P01)$/, () => problem('conflict')],
  // data exceptions (text with a NUL character, a number out of range) and check constraints
  [/^(22...|23502|23514)$/, () => problem('unacceptable-value')],
  // connection exceptions, too many connections, shutdown, statement and lock timeouts
  [/^(08...|53300|57...|55P03|25P0[34])$/, () => problem('unavailable')],
];

const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);
/** pg reports these without a code. */
const CONNECTION_MESSAGES =
  /^(Connection terminated|timeout (exceeded|expired)|Client has encountered a connection error|Client was closed|Cannot use a pool after|Driver not Connected)/i;

/** What TypeORM says once the connection under a transaction, or the whole data source, has gone. */
const CONNECTION_NAMES =
  /^(QueryRunner(Provider)?AlreadyReleasedError|CannotExecuteNotConnectedError|ConnectionIsNotSetError)$/;

/** The problem that a database error means for the caller; undefined for what is our own mistake. */
export function databaseProblem(error: unknown): ProblemError | undefined {
  if (!(error instanceof Error)) return undefined;
  // TypeORM wraps the driver's error.
  const cause = (error as { driverError?: unknown }).driverError ?? error;
  const { code } = cause as { code?: unknown };
  if (typeof code === 'string') {
    if (CONNECTION_CODES.has(code)) return problem('unavailable');
    // Only the server's own errors carry a severity: other libraries use five-letter codes, too.
    const { severity } = cause as { severity?: unknown };
    // The session has ended, or was not let in to begin with.
    if (severity === 'FATAL' || severity === 'PANIC') return problem('unavailable');
    if (severity !== undefined) return BY_CODE.find(([pattern]) => pattern.test(code))?.[1]();
  }
  const { message, name } = cause as { message?: unknown; name?: unknown };
  const gone =
    (typeof name === 'string' && CONNECTION_NAMES.test(name)) ||
    (typeof message === 'string' && CONNECTION_MESSAGES.test(message));
  return gone ? problem('unavailable') : undefined;
}
