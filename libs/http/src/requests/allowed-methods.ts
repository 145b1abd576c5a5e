import type { FastifyInstance, FastifyRequest } from 'fastify';

export type AllowedMethods = (request: FastifyRequest) => string[];

/**
 * Collects the routes as they are declared. The function answers which methods the path of a request knows: empty
 * means that there is no such path (404), others that the method was wrong (405).
 */
export function collectRoutes(fastify: FastifyInstance): AllowedMethods {
  const routes: { method: string; pattern: RegExp }[] = [];
  fastify.addHook('onRoute', ({ method, url }) => {
    const pattern = toPattern(url);
    for (const name of [method].flat()) routes.push({ method: name, pattern });
  });
  return (request) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    return [
      ...new Set(routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)),
    ].sort();
  };
}

function toPattern(url: string): RegExp {
  const escaped = url.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/:[A-Za-z0-9_]+/g, '[^/]+').replace(/\*/g, '.*')}$`);
}
