import type { ProcessName } from '#libs/contracts';
import type { BusKeys } from '../bus/keys.js';
import { databaseUrl } from '../database/databases.js';
import type { InstallationSecrets } from '../secrets/process-secrets.js';
import type { Ports } from './ports.js';

export function urlOf(ports: Ports, name: ProcessName): string {
  return `http://127.0.0.1:${ports.processes[name]}`;
}

export interface Shared {
  ports: Ports;
  secrets: InstallationSecrets;
  keys: BusKeys;
  /** Folder for old records of the exchange log. */
  exchangeLogArchive: string;
}

/** Everything a process is told; what the launcher itself was given (log level, telemetry, reference files) goes along. */
export function serviceEnvironment(name: ProcessName, shared: Shared): NodeJS.ProcessEnv {
  const { ports, secrets, keys } = shared;
  return {
    ...process.env,
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(ports.processes[name]),
    DATABASE_URL: databaseUrl(name, secrets.databasePasswords()[name], `127.0.0.1:${ports.postgres}`),
    NATS_URL: `nats://127.0.0.1:${ports.nats}`,
    NATS_CREDENTIALS: keys.credentialsFile(name),
    ISSUER_URL: urlOf(ports, 'identity'),
    IOC_PARENT_WATCH: '1',
    ...(name === 'registry' ? { ...busForAgencies(ports, keys), ...exchangeLog(shared) } : {}),
    ...(name === 'identity' ? loginOfPages(ports) : {}),
    ...secrets.environmentOf(name, true),
  };
}

/** The bus listens on this machine only; another address is for whoever puts a TLS proxy in front. */
function busForAgencies(ports: Ports, keys: BusKeys): NodeJS.ProcessEnv {
  return {
    SHARING_GRANTS_KEY_FILE: keys.grantsKeyFile,
    BUS_PUBLIC_URL: process.env['BUS_PUBLIC_URL'] ?? `nats://127.0.0.1:${ports.nats}`,
  };
}

/** Where the pages of the exchange log are opened; behind a TLS proxy it is another address. */
function loginOfPages(ports: Ports): NodeJS.ProcessEnv {
  return { REGISTRY_PUBLIC_URL: process.env['REGISTRY_PUBLIC_URL'] ?? urlOf(ports, 'registry') };
}

function exchangeLog({ secrets, exchangeLogArchive }: Shared): NodeJS.ProcessEnv {
  return {
    EXCHANGE_LOG_KEYS_DIR: secrets.exchangeLogKeys(),
    EXCHANGE_LOG_ARCHIVE_DIR: process.env['EXCHANGE_LOG_ARCHIVE_DIR'] ?? exchangeLogArchive,
  };
}
