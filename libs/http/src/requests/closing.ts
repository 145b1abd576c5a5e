import type { FastifyInstance } from 'fastify';

/**
 * Once the service is closing, each answer still given closes its connection: a client that kept it open for its next
 * request would otherwise hold up the end.
 */
export function closeConnectionsAtTheEnd(fastify: FastifyInstance): void {
  let closing = false;
  fastify.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (closing) reply.header('connection', 'close');
    done(null, payload);
  });
}
