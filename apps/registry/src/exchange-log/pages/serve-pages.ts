import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { optionalSetting, pageContentSecurityPolicy, serveBuiltPage } from '#libs/http';

const PATH = '/exchange-log';
/** Beside this file's own place in dist: dist/apps/registry/src/exchange-log/pages → dist/apps/registry/pages. */
const BUILT = fileURLToPath(new URL('../../../pages/', import.meta.url));

/** Where the pages let people log in. */
export interface LogPagesSettings {
  /** Address of the OAuth2 issuer, as browsers reach it. */
  issuer: string;
  /** The client that the issuer knows the pages as; public, with PKCE. */
  clientId: string;
  /** Folder of the built pages; default: where the build puts them. */
  root?: string;
}

/** @returns undefined while no issuer is named: then the pages are not served */
export function readLogPagesSettings(environment: NodeJS.ProcessEnv): LogPagesSettings | undefined {
  const issuer = optionalSetting(environment, 'ISSUER_URL');
  if (issuer === undefined) return undefined;
  return { issuer, clientId: optionalSetting(environment, 'EXCHANGE_LOG_PAGES_CLIENT') ?? 'registry-pages' };
}

/** The pages in which people search the exchange log. They may talk to this service and to the issuer, to nobody else. */
export async function serveLogPages(fastify: FastifyInstance, settings: LogPagesSettings): Promise<void> {
  const { issuer, clientId, root = BUILT } = settings;
  fastify.get(`${PATH}/settings.json`, () => ({ issuer, clientId }));
  await serveBuiltPage(fastify, {
    name: 'the pages of the exchange log',
    root,
    path: PATH,
    contentSecurityPolicy: pageContentSecurityPolicy([new URL(issuer).origin]),
  });
}
