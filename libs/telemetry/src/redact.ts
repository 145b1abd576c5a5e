const SECRET_NAME =
  /^(authorization|proxy-authorization|cookie|set-cookie|x-api-key|password|passphrase|(client_?)?secret|seed|(access_?|refresh_?|id_?|display_?)?token|credentials?|private_?key)$/i;

const MAX_DEPTH = 6;

/** A copy in which the value under every name that stands for a secret is replaced, at any depth that gets logged. */
export function redact(fields: Record<string, unknown>): Record<string, unknown> {
  return redactObject(fields, 0);
}

function redactObject(object: Record<string, unknown>, depth: number): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(object)) {
    copy[name] = SECRET_NAME.test(name) ? '[redacted]' : redactValue(value, depth + 1);
  }
  return copy;
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return '[deep]';
  if (Array.isArray(value)) return value.map((item) => redactValue(item, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  const plain = prototype === Object.prototype || prototype === null;
  return plain ? redactObject(value as Record<string, unknown>, depth) : value;
}

/**
 * What a log line tells of an error. Named fields only: a database error carries the statement's parameters, which
 * are other people's data.
 */
export function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code, constraint, table } = error as { code?: unknown; constraint?: unknown; table?: unknown };
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...(typeof code === 'string' && { code }),
    ...(typeof constraint === 'string' && { constraint }),
    ...(typeof table === 'string' && { table }),
    ...(error.cause !== undefined && { cause: serializeError(error.cause) }),
  };
}
