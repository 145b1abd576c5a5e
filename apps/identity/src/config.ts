import { SECURE } from './clients/addresses.js';

/** Injection token of the {@link IdentityConfig}. */
export const IDENTITY_CONFIG = Symbol('IdentityConfig');

/** What an administrator sets for this process beside what libs/http reads; see the table in the README. */
export interface IdentityConfig {
  databaseUrl: string;
  /** Issuer identifier: the address at which clients and browsers reach this process. */
  issuerUrl: string;
  /** Secret of the client `developer`, which exists only while this is set. */
  developerClientSecret: string | null;
  /** Password given to the person `admin` when there is nobody yet. */
  administratorPassword: string | null;
  /** Key that seals private keys in the database; null keeps them readable there. */
  keyEncryptionSecret: string | null;
  /** Address at which browsers reach the registry, whose pages let people log in here; null: they do not. */
  registryUrl: string | null;
}

const SHORTEST_SECRET = 24;
const DEFAULT_PORT = 8085;

/** Reads and checks the environment. Throws an error that names the variable and what it should be. */
export function readConfig(environment: NodeJS.ProcessEnv): IdentityConfig {
  const port = optional(environment, 'PORT') ?? String(DEFAULT_PORT);
  return {
    databaseUrl: required(environment, 'DATABASE_URL'),
    issuerUrl: issuerUrl(optional(environment, 'ISSUER_URL') ?? `http://127.0.0.1:${port}`),
    developerClientSecret: secret(environment, 'DEVELOPER_CLIENT_SECRET'),
    administratorPassword: optional(environment, 'ADMIN_INITIAL_PASSWORD'),
    keyEncryptionSecret: secret(environment, 'KEY_ENCRYPTION_SECRET'),
    registryUrl: registryUrl(optional(environment, 'REGISTRY_PUBLIC_URL')),
  };
}

/** Compose files set variables to an empty text where they mean "not set". */
function optional(environment: NodeJS.ProcessEnv, name: string): string | null {
  const value = environment[name]?.trim();
  return value === undefined || value === '' ? null : value;
}

function required(environment: NodeJS.ProcessEnv, name: string): string {
  const value = optional(environment, name);
  if (value === null) {
    throw new Error(`${name} is not set.`);
  }
  return value;
}

function secret(environment: NodeJS.ProcessEnv, name: string): string | null {
  const value = optional(environment, name);
  if (value !== null && value.length < SHORTEST_SECRET) {
    throw new Error(
      `${name} must have at least ${String(SHORTEST_SECRET)} characters. Make one: openssl rand -hex 32`,
    );
  }
  return value;
}

/** Checked as the addresses of every client are: the code of a login must not be seen on the network. */
function registryUrl(value: string | null): string | null {
  if (value === null) return null;
  const url = URL.parse(value);
  if (!url || !SECURE.test(value) || url.search !== '' || url.hash !== '') {
    throw new Error(
      `REGISTRY_PUBLIC_URL must be an https address without query, or one of this machine, not "${value}".`,
    );
  }
  return value.replace(/\/+$/, '');
}

function issuerUrl(value: string): string {
  const url = URL.parse(value);
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.search !== '' || url.hash !== '') {
    throw new Error(`ISSUER_URL must be an http or https address without query, not "${value}".`);
  }
  if (url.pathname !== '/') {
    throw new Error(
      `ISSUER_URL must have no path: this process answers at the root of its address, not at "${value}".`,
    );
  }
  return value.replace(/\/$/, '');
}
