import { problem } from '#libs/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { keepRawBody } from './body.js';

/** Routes that take files, by the server that has them. */
const fileRoutes = new WeakMap<FastifyInstance, Map<string, number>>();

/**
 * Lets some routes take files as they are: their handlers get the bytes as `request.body`, whatever the content type
 * (JSON is still read as JSON). Every other route answers such a body with 415, as before. For `configure` of
 * ServiceOptions, before their routes; further calls add further routes.
 *
 * @param paths templates of the routes, such as `/v1/imports`
 * @param limit greatest file, bytes
 */
export function readFileBodies(fastify: FastifyInstance, paths: readonly string[], limit: number): void {
  const known = fileRoutes.get(fastify);
  const limits = known ?? new Map<string, number>();
  for (const path of paths) limits.set(path, limit);
  if (known) return;
  fileRoutes.set(fastify, limits);
  fastify.addHook('onRoute', (route) => {
    const own = limits.get(route.url);
    if (own !== undefined) route.bodyLimit = own;
  });
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (request: FastifyRequest, body: Buffer, done) => {
    if (!limits.has(request.routeOptions.url ?? '')) {
      done(problem('unsupported-media-type'));
      return;
    }
    keepRawBody(request, body);
    done(null, body);
  });
}
