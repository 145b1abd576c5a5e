import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROCESSES } from '#libs/contracts';
import { AGENCIES_JWT, IOC_JWT, createBusKeys } from '../bus/keys.js';
import type { BusKeys } from '../bus/keys.js';
import { serverConfig } from '../bus/server-config.js';
import { databaseUrl } from '../database/databases.js';
import { InstallationSecrets } from '../secrets/process-secrets.js';
import { secretFrom, writePrivate } from '../secrets/secret-files.js';

/** Everything secret in one place; no other container sees it. */
const STATE = '/state';
/** One volume for each container, which finds there its own secrets and nobody else's. */
const HANDOVER = '/handover';
/** PostgreSQL and nats-server run as users of their own; their volumes are mounted nowhere else. */
const READABLE = 0o644;

/** Where deploy/docker/agency-bus.yml puts the administrator's certificate. */
const TLS_FILES = { certificate: '/etc/nats/tls/cert.pem', key: '/etc/nats/tls/key.pem' };

/** The bus keeper's copy of the agencies' account has the revocations since the last start. */
function takeBackRevocations(): void {
  const kept = join(HANDOVER, 'keeper', AGENCIES_JWT);
  if (existsSync(kept)) writePrivate(join(STATE, 'bus', AGENCIES_JWT), readFileSync(kept));
}

/** What changes accounts, and no service's credentials. */
function handOverToKeeper(keys: BusKeys): void {
  const folder = join(HANDOVER, 'keeper');
  const state = join(STATE, 'bus');
  for (const file of [IOC_JWT, AGENCIES_JWT, join('keys', 'operator.seed')]) {
    writePrivate(join(folder, file), readFileSync(join(state, file)));
  }
  for (const user of ['keeper', 'system'] as const) {
    writePrivate(join(folder, 'credentials', `${user}.creds`), readFileSync(keys.credentialsFile(user)));
  }
}

/** First step of `docker compose up`: makes keys, passwords and configuration where they are missing. */
async function setUp(): Promise<void> {
  const secrets = new InstallationSecrets(STATE);
  takeBackRevocations();
  const keys = await createBusKeys(join(STATE, 'bus'));
  handOverToKeeper(keys);

  const config = serverConfig(keys, {
    host: '0.0.0.0',
    port: 4222,
    storeDir: '/data',
    monitorPort: 8222,
    syncInterval: '10s',
    logFile: '/var/log/nats/nats.log',
    ...(process.env['IOC_BUS_TLS'] === 'on' ? { tls: TLS_FILES } : {}),
  });
  writePrivate(join(HANDOVER, 'bus', 'nats.conf'), config, READABLE);

  const superuser = secretFrom(join(STATE, 'postgres-superuser-password'));
  writePrivate(join(HANDOVER, 'postgres', 'superuser-password'), superuser, READABLE);
  writePrivate(
    join(HANDOVER, 'postgres', 'databases.json'),
    JSON.stringify(secrets.databasePasswords()),
    READABLE,
  );

  for (const name of PROCESSES) {
    const environment = {
      DATABASE_URL: databaseUrl(name, secrets.databasePasswords()[name], 'postgres:5432'),
      ...secrets.environmentOf(name, process.env['IOC_DEVELOPER_CLIENT'] === 'on'),
    };
    const lines = Object.entries(environment).map(([variable, value]) => `${variable}=${value}\n`);
    mkdirSync(join(HANDOVER, name), { recursive: true });
    writePrivate(join(HANDOVER, name, 'env'), lines.join(''));
    writePrivate(join(HANDOVER, name, 'bus.creds'), readFileSync(keys.credentialsFile(name)));
  }
  writePrivate(join(HANDOVER, 'registry', 'grants.json'), readFileSync(keys.grantsKeyFile));
  const exchangeLogKeys = secrets.exchangeLogKeys();
  for (const file of readdirSync(exchangeLogKeys)) {
    const copy = join(HANDOVER, 'registry', 'exchange-log-keys', file);
    writePrivate(copy, readFileSync(join(exchangeLogKeys, file)));
  }
}

await setUp();
process.stdout.write('Keys, passwords and configuration are in place.\n');
