import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { serveBuiltPage } from '#libs/http';

/** Beside this file's own place in dist: dist/apps/gateway/src/wall → dist/apps/wall. */
const BUILT = fileURLToPath(new URL('../../../wall/', import.meta.url));

/** Serves the built wall at `/`; what it shows it asks for with the display's cookie. */
export function serveWall(fastify: FastifyInstance, root = BUILT): Promise<void> {
  return serveBuiltPage(fastify, { name: 'the wall display', root });
}
