import { fastify } from 'fastify';

/** A bare route that sends so many bytes: what a service on this machine could answer at most, work left out. */
const bytes = Buffer.alloc(Number(process.argv[2]), 'x');
const server = fastify();
server.get('/*', (_request, reply) => reply.type('application/json; charset=utf-8').send(bytes));
process.send?.(await server.listen({ host: '127.0.0.1', port: 0 }));
process.once('disconnect', () => process.exit());
