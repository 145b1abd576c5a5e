import type { ProcessName } from '#libs/contracts';
import type { BusKeys } from '../bus/keys.js';
import type { DataDir } from './data-dir.js';
import { readJson, randomSecret, secretFrom, writeJson } from './data-dir.js';
import { databaseUrl } from './databases.js';
import type { DatabasePasswords } from './databases.js';
import type { Ports } from './ports.js';

/** OAuth2 client for trying the API by hand, see `npm run token`. */
export interface DeveloperClient {
  clientId: string;
  clientSecret: string;
}

export function developerClient(dataDir: DataDir): DeveloperClient {
  const known = readJson<DeveloperClient>(dataDir.developerClientFile);
  if (known) return known;
  const made = { clientId: 'developer', clientSecret: randomSecret() };
  writeJson(dataDir.developerClientFile, made);
  return made;
}

export function urlOf(ports: Ports, name: ProcessName): string {
  return `http://127.0.0.1:${ports.processes[name]}`;
}

export interface Shared {
  dataDir: DataDir;
  ports: Ports;
  passwords: DatabasePasswords;
  keys: BusKeys;
}

/** Everything a process is told; what the launcher itself was given (log level, telemetry, reference files) goes along. */
export function serviceEnvironment(name: ProcessName, { dataDir, ports, passwords, keys }: Shared): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: 'production',
    NODE_COMPILE_CACHE: dataDir.cache,
    HOST: '127.0.0.1',
    PORT: String(ports.processes[name]),
    DATABASE_URL: databaseUrl(name, passwords[name], ports.postgres),
    NATS_URL: `nats://127.0.0.1:${ports.nats}`,
    NATS_CREDENTIALS: keys.credentialsFile(name),
    ISSUER_URL: urlOf(ports, 'identity'),
    IOC_PARENT_WATCH: '1',
    ...secretsOf(name, dataDir),
  };
}

function secretsOf(name: ProcessName, dataDir: DataDir): NodeJS.ProcessEnv {
  switch (name) {
    case 'gateway':
      return { DISPLAY_TOKEN: secretFrom(dataDir.displayTokenFile) };
    case 'identity':
      return { DEVELOPER_CLIENT_SECRET: developerClient(dataDir).clientSecret };
    default:
      return {};
  }
}
