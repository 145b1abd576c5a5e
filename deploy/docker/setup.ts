import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROCESSES } from '#libs/contracts';
import { createBusKeys } from '../bus/keys.js';
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

/** First step of `docker compose up`: makes keys, passwords and configuration where they are missing. */
async function setUp(): Promise<void> {
  const secrets = new InstallationSecrets(STATE);
  const keys = await createBusKeys(join(STATE, 'bus'));

  const config = serverConfig(keys, {
    host: '0.0.0.0',
    port: 4222,
    storeDir: '/data',
    monitorPort: 8222,
    syncInterval: '10s',
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
}

await setUp();
process.stdout.write('Keys, passwords and configuration are in place.\n');
