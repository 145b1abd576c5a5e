import { existsSync } from 'node:fs';
import { Logger } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { PAGE_CONTENT_SECURITY_POLICY } from '../requests/security-headers.js';

/** Files with a hash in their name never change. */
const ASSET_CACHE = 'public, max-age=31536000, immutable';

export interface BuiltPage {
  /** What is missing when it is not there, for the log. */
  name: string;
  /** Folder that the build made: index.html, and assets/ with a hash in each name. */
  root: string;
  /** Path below which it is served, such as `/exchange-log`; default: `/`. */
  path?: string;
  /** Default: everything from its own origin only. */
  contentSecurityPolicy?: string;
}

/** Serves a built page to everybody. It holds no data; what it shows it asks the API for, with a right of its own. */
export async function serveBuiltPage(fastify: FastifyInstance, page: BuiltPage): Promise<void> {
  const { name, root, path = '/', contentSecurityPolicy = PAGE_CONTENT_SECURITY_POLICY } = page;
  if (!existsSync(root)) {
    new Logger('Pages').warn(`${name} is not built; "npm run build" makes it`);
    return;
  }
  // At first use: most services have no pages.
  const { default: fastifyStatic } = await import('@fastify/static');
  await fastify.register(fastifyStatic, {
    root,
    prefix: path,
    redirect: path !== '/',
    wildcard: false,
    cacheControl: false,
    setHeaders: (reply, file) => {
      void reply.header('content-security-policy', contentSecurityPolicy);
      void reply.header('cache-control', file.includes('/assets/') ? ASSET_CACHE : 'no-cache');
    },
  });
}
