import type { DynamicModule, Type } from '@nestjs/common';
import type { AuthOptions } from '#libs/auth';
import type { Clock } from '#libs/calendar';
import { PORT_OFFSETS, type ProcessName } from '#libs/contracts';
import type { LoggerOptions } from '#libs/telemetry';
import type { FastifyInstance } from 'fastify';

/** What makes a service. Everything but name and module has a default that suits production. */
export interface ServiceOptions {
  name: ProcessName;
  /** The application's own root module. */
  module: Type | DynamicModule;
  /** Default PORT, else 8080 plus the process's place; 0 takes a free one. */
  port?: number;
  /** Address to listen on; default HOST, else 127.0.0.1. */
  host?: string;
  /** How callers are known; `issuer` defaults to ISSUER_URL. False: no route asks for a token (the issuer itself). */
  auth?: Partial<AuthOptions> | false;
  /** Greatest body in bytes; default 1 MiB. */
  bodyLimit?: number;
  /** Addresses of proxies whose X-Forwarded-* headers are believed (Fastify's trustProxy); default TRUST_PROXY, else none. */
  trustProxy?: boolean | string;
  /** Registers what is Fastify's own (static files, other content types) before Nest's routes. */
  configure?: (fastify: FastifyInstance) => void | Promise<void>;
  /** Title and summary of the API's documentation. */
  title?: string;
  description?: string;
  /** Replaces the machine's clock; for tests. */
  clock?: Clock;
  /** Least important log level; default LOG_LEVEL, else info. */
  logLevel?: string;
  /** Where log lines go; default standard output. */
  logDestination?: LoggerOptions['destination'];
}

export const DEFAULT_BODY_LIMIT = 1_048_576;
const DEFAULT_PORT_BASE = 8080;

/** Where to listen. Throws when PORT is no port. */
export function addressOf(options: ServiceOptions): { port: number; host: string } {
  const written = process.env['PORT'];
  const port = options.port ?? (written ? Number(written) : DEFAULT_PORT_BASE + PORT_OFFSETS[options.name]);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`PORT is "${written ?? String(port)}"; set it to a number from 0 to 65535.`);
  }
  return { port, host: options.host ?? (process.env['HOST'] || '127.0.0.1') };
}

/** Throws when no issuer is configured: a service must not start open by mistake. */
export function authOf(options: ServiceOptions): AuthOptions | null {
  if (options.auth === false) return null;
  const issuer = options.auth?.issuer ?? process.env['ISSUER_URL'];
  if (!issuer)
    throw new Error('ISSUER_URL is not set; name the OAuth2 issuer whose tokens this service accepts.');
  return { ...options.auth, issuer };
}
