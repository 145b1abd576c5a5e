import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Logger } from '@nestjs/common';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { PAGE_CONTENT_SECURITY_POLICY } from '#libs/http';

/** Files with a hash in their name never change. */
const ASSET_CACHE = 'public, max-age=31536000, immutable';

/** Beside this file's own place in dist: dist/apps/gateway/src/wall → dist/apps/wall. */
const BUILT = fileURLToPath(new URL('../../../wall/', import.meta.url));

/** Serves the built wall at `/`. The page itself holds no data; what it shows it asks for with the display's cookie. */
export async function serveWall(fastify: FastifyInstance, root = BUILT): Promise<void> {
  if (!existsSync(root)) {
    new Logger('Wall').warn('the wall display is not built; "npm run build" makes it');
    return;
  }
  await fastify.register(fastifyStatic, {
    root,
    wildcard: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      void reply.header('content-security-policy', PAGE_CONTENT_SECURITY_POLICY);
      void reply.header('cache-control', path.includes('/assets/') ? ASSET_CACHE : 'no-cache');
    },
  });
}
