import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { encodeAccount, encodeUser, fromPublic, fromSeed } from '@nats-io/jwt';
import { jetstreamManager } from '@nats-io/jetstream';
import { createUser } from '@nats-io/nkeys';
import { connect, credsAuthenticator, jwtAuthenticator } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/transport-node';
import { REVOCATION_SUBJECT } from '#libs/contracts';
import { freePort } from '../../embedded/free-port.js';
import { findNatsServer } from '../../embedded/nats-binary.js';
import { startNatsServer } from '../../embedded/nats-server.js';
import type { ServerProcess } from '../../embedded/server-process.js';
import { iocAccount } from '../accounts.js';
import { createBusKeys } from '../keys.js';
import type { BusKeys } from '../keys.js';
import { serverConfig } from '../server-config.js';
import { BusKeeper } from './bus-keeper.js';

const folder = mkdtempSync(join(tmpdir(), 'ioc-keeper-'));
const USER = 'g0123456789abcdef0123456789abcdef';
let keys: BusKeys;
let port: number;
let server: ServerProcess;
let keeper: BusKeeper;

/** Configuration of a release that knew of no agencies: one account, without a border. */
async function olderConfig(): Promise<string> {
  const operator = fromSeed(readFileSync(join(folder, 'keys', 'operator.seed')));
  const { limits } = iocAccount();
  const ioc = await encodeAccount(
    'IOC',
    fromPublic(keys.iocAccount.publicKey),
    { limits },
    { signer: operator },
  );
  const config = serverConfig(keys, { host: '127.0.0.1', port, storeDir: join(folder, 'nats') });
  return config
    .replace(keys.iocAccount.jwt, ioc)
    .replace(`${keys.agenciesAccount.publicKey}: ${keys.agenciesAccount.jwt}`, '');
}

async function asAgency(): Promise<NatsConnection> {
  const { account, seed } = JSON.parse(readFileSync(keys.grantsKeyFile, 'utf8')) as Record<string, string>;
  const pair = createUser();
  const signer = fromSeed(Buffer.from(seed!));
  const jwt = await encodeUser(USER, pair, fromPublic(account!), {}, { signer, scopedUser: true });
  return connect({
    servers: `127.0.0.1:${port}`,
    authenticator: jwtAuthenticator(jwt, pair.getSeed()),
    inboxPrefix: `_INBOX.${USER}`,
    reconnect: false,
  });
}

beforeAll(async () => {
  keys = await createBusKeys(folder);
  port = await freePort();
  server = await startNatsServer({
    program: findNatsServer()!,
    dataDir: join(folder, 'nats'),
    port,
    config: await olderConfig(),
    logFile: join(folder, 'nats.log'),
  });
});

afterAll(async () => {
  await keeper.stop();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('gives a broker that runs since an older release the account of the agencies and the border', async () => {
  await expect(asAgency()).rejects.toThrow('Authorization Violation');
  keeper = await BusKeeper.start({
    url: `nats://127.0.0.1:${port}`,
    folder,
    logFile: join(folder, 'nats.log'),
    say: () => undefined,
  });
  const admin = await connect({
    servers: `127.0.0.1:${port}`,
    authenticator: credsAuthenticator(readFileSync(keys.credentialsFile('admin'))),
  });
  const manager = await jetstreamManager(admin);
  await manager.streams.add({ name: 'TASKS', subjects: ['ioc.tasks.>'] });
  await manager.consumers.add('TASKS', { durable_name: USER, ack_policy: 'explicit' });
  let agency: NatsConnection | null = null;
  while (!agency) agency = await asAgency().catch(() => null);
  const answer = await agency.request(`agency.API.CONSUMER.INFO.TASKS.${USER}`, '', { timeout: 5_000 });
  expect(answer.json()).toMatchObject({ stream_name: 'TASKS', name: USER });
  await Promise.all([agency.close(), admin.close()]);
});

it('asks a broker once which revocations it has: an answer may take as long as cutting off has', async () => {
  const as = (user: 'system' | 'registry'): Promise<NatsConnection> =>
    connect({
      servers: `127.0.0.1:${port}`,
      authenticator: credsAuthenticator(readFileSync(keys.credentialsFile(user))),
      inboxPrefix: `_INBOX.${user}`,
    });
  const [system, registry] = await Promise.all([as('system'), as('registry')]);
  let asked = 0;
  system.subscribe('$SYS.REQ.ACCOUNT.*.CLAIMS.LOOKUP', {
    callback: () => {
      asked += 1;
    },
  });
  await system.flush();
  const askedByRevoking = async (): Promise<number> => {
    const before = asked;
    const request = { publicKeys: [createUser().getPublicKey()] };
    const answer = await registry.request(REVOCATION_SUBJECT, JSON.stringify(request), { timeout: 10_000 });
    expect(answer.json()).toEqual({ error: null });
    await system.flush();
    return asked - before;
  };
  // The broker did not know the account when the keeper came, and could not answer.
  expect(await askedByRevoking()).toBeLessThanOrEqual(1);
  expect(await askedByRevoking()).toBe(0);
  await Promise.all([system.close(), registry.close()]);
});
