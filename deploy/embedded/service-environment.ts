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
}

/** Everything a process is told; what the launcher itself was given (log level, telemetry, reference files) goes along. */
export function serviceEnvironment(name: ProcessName, { ports, secrets, keys }: Shared): NodeJS.ProcessEnv {
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
    ...secrets.environmentOf(name, true),
  };
}
