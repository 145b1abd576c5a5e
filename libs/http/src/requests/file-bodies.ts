import { problem } from '#libs/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { keepRawBody } from './body.js';

/**
 * Lets some routes take files as they are: their handlers get the bytes as `request.body`, whatever the content type
 * (JSON is still read as JSON). Every other route answers such a body with 415, as before. For `configure` of
 * ServiceOptions, before any route.
 *
 * @param paths templates of the routes, such as `/v1/imports`
 * @param limit greatest file, bytes
 */
export function readFileBodies(fastify: FastifyInstance, paths: readonly string[], limit: number): void {
  fastify.addHook('onRoute', (route) => {
    if (paths.includes(route.url)) route.bodyLimit = limit;
  });
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (request: FastifyRequest, body: Buffer, done) => {
    if (!paths.includes(request.routeOptions.url ?? '')) {
      done(problem('unsupported-media-type'));
      return;
    }
    keepRawBody(request, body);
    done(null, body);
  });
}
