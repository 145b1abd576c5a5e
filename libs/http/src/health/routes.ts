import { problem } from '#libs/contracts';
import { renderMetrics } from '#libs/telemetry';
import type { FastifyInstance } from 'fastify';
import { sendProblem } from '../problems/send.js';
import type { Readiness } from './readiness.js';

/** `/health/live`, `/health/ready` and `/metrics`: for machines, without a token, telling nothing of the data. */
export function addHealthRoutes(fastify: FastifyInstance, readiness: Readiness): void {
  fastify.get('/health/live', () => ({ status: 'up' }));

  fastify.get('/health/ready', async (request, reply) => {
    const report = await readiness.read();
    if (report.ready) return { status: 'ready', checks: report.checks };
    sendProblem(problem('not-ready', {}, { checks: report.checks }), request, reply);
    return reply;
  });

  fastify.get('/metrics', async (_request, reply) =>
    reply.type('text/plain; version=0.0.4; charset=utf-8').send(await renderMetrics()),
  );
}
