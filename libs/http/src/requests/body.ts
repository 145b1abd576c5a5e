import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parseStrictJson } from './strict-json.js';

const bodies = new WeakMap<FastifyRequest, Buffer>();

/** The bytes of the body as they came; kept only for a request with an Idempotency-Key. */
export function rawBodyOf(request: FastifyRequest): Buffer | undefined {
  return bodies.get(request);
}

/** Keeps the bytes of a body by which a request with an Idempotency-Key is known again. */
export function keepRawBody(request: FastifyRequest, body: Buffer): void {
  if (request.headers['idempotency-key'] !== undefined) bodies.set(request, body);
}

/** JSON is the only content that services read; other types are answered with 415. */
export function readJsonBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    ['application/json', 'application/merge-patch+json'],
    { parseAs: 'buffer' },
    (request: FastifyRequest, body: Buffer, done) => {
      // A content type without content, as many clients send it with an empty POST.
      if (body.length === 0) {
        done(null, undefined);
        return;
      }
      try {
        const value = parseStrictJson(body);
        keepRawBody(request, body);
        done(null, value);
      } catch (error) {
        done(error as Error);
      }
    },
  );
}
