import type { FastifyInstance } from 'fastify';

/** Answers of an API are data: nothing in them may be run, framed or kept by a cache. */
export const API_HEADERS = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

/** Content-Security-Policy of a page that loads everything from its own origin; React sets inline styles. */
export const PAGE_CONTENT_SECURITY_POLICY = pageContentSecurityPolicy([]);

/** @param connectTo other origins that the page may ask for data */
export function pageContentSecurityPolicy(connectTo: readonly string[]): string {
  return (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
    `connect-src ${["'self'", ...connectTo].join(' ')}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`
  );
}

/** Handlers may replace each of these, for example the policy of a page. */
export function addSecurityHeaders(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.headers(API_HEADERS);
    if (request.protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000');
    done();
  });
}
