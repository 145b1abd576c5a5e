import { numberSetting, optionalSetting, requiredSetting } from './environment.js';

/** What an administrator tells every process that has a database and is on the bus. */
export interface ServiceConfig {
  /** `postgres://role:password@host:port/database` */
  databaseUrl: string;
  /** `nats://host:port`, several separated by commas. */
  natsUrl: string;
  /** Path of the NATS credentials file; undefined only where the server asks for none. */
  natsCredentials: string | undefined;
  /** Folder whose files replace the built-in reference files. */
  referenceDirectory: string | undefined;
  /** Copies of each stream, 1–5: 1 embedded, 3 in a cluster. */
  streamReplicas: number;
}

/** The broker's own limit. */
const MOST_REPLICAS = 5;

/**
 * Reads and checks the environment; PORT, HOST, ISSUER_URL and LOG_LEVEL are read where the service is made.
 * @throws Error naming the variable that is missing or wrong, and what it should be
 */
export function readServiceConfig(environment: NodeJS.ProcessEnv): ServiceConfig {
  return {
    databaseUrl: databaseUrl(requiredSetting(environment, 'DATABASE_URL')),
    natsUrl: requiredSetting(environment, 'NATS_URL'),
    natsCredentials: optionalSetting(environment, 'NATS_CREDENTIALS'),
    referenceDirectory: optionalSetting(environment, 'REFERENCE_DIR'),
    streamReplicas: numberSetting(environment, 'STREAM_REPLICAS', {
      min: 1,
      max: MOST_REPLICAS,
      otherwise: 1,
    }),
  };
}

/** The value itself stays out of the error: it holds a password. */
function databaseUrl(value: string): string {
  if (/^postgres(ql)?:\/\//.test(value)) return value;
  throw new Error('DATABASE_URL must begin with postgres:// and name role, host and database.');
}
