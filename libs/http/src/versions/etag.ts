import type { FastifyInstance } from 'fastify';

/**
 * An answer that is an object with a whole-number `version` gets `ETag: "<version>"`, and a GET whose If-None-Match
 * names it is answered with 304 and no body.
 */
export function addEntityTags(fastify: FastifyInstance): void {
  fastify.addHook('preSerialization', (_request, reply, payload: unknown, done) => {
    const version = versionOf(payload);
    if (version !== undefined && reply.statusCode < 300 && !reply.hasHeader('etag')) {
      reply.header('etag', `"${version}"`);
    }
    done(null, payload);
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const etag = reply.getHeader('etag');
    const reading = request.method === 'GET' || request.method === 'HEAD';
    const condition = request.headers['if-none-match'];
    if (
      reading &&
      reply.statusCode === 200 &&
      typeof etag === 'string' &&
      condition !== undefined &&
      names(condition, etag)
    ) {
      reply.code(304).removeHeader('content-length').removeHeader('content-type');
      done(null, null);
      return;
    }
    done(null, payload);
  });
}

function versionOf(payload: unknown): number | undefined {
  if (typeof payload !== 'object' || payload === null || !('version' in payload)) return undefined;
  const { version } = payload;
  return Number.isInteger(version) && (version as number) > 0 ? (version as number) : undefined;
}

/** RFC 9110, section 13.1.2: weak comparison. */
function names(condition: string, etag: string): boolean {
  return condition.split(',').some((tag) => {
    const trimmed = tag.trim();
    return trimmed === '*' || trimmed.replace(/^W\//, '') === etag;
  });
}
