import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { encodeAccount, encodeOperator, encodeUser, fmtCreds } from '@nats-io/jwt';
import type { OperatorLimits, Permissions } from '@nats-io/jwt';
import { createAccount, createOperator, createUser, fromSeed } from '@nats-io/nkeys';
import type { KeyPair } from '@nats-io/nkeys';
import { writePrivate } from '../secrets/secret-files.js';
import { BUS_USERS, permissionsOf } from './permissions.js';
import type { BusUser } from './permissions.js';

export interface BusAccount {
  publicKey: string;
  jwt: string;
}

/** What the broker's configuration needs of the keys; no secret is in it. */
export interface BusKeys {
  operatorJwt: string;
  systemAccount: BusAccount;
  iocAccount: BusAccount;
  /** Path of the credentials file (JWT and secret key) of a user. */
  credentialsFile: (user: BusUser) => string;
}

/** A limit left out counts as 0 on the broker, that is "none allowed"; the system account then refuses its own server. */
const UNLIMITED: OperatorLimits = {
  subs: -1,
  data: -1,
  payload: -1,
  imports: -1,
  exports: -1,
  wildcards: true,
  conn: -1,
  leaf: -1,
};

const UNLIMITED_JETSTREAM: OperatorLimits = {
  mem_storage: -1,
  disk_storage: -1,
  streams: -1,
  consumer: -1,
  max_ack_pending: -1,
};

/** Time in which an answer to a request may still be sent (nanoseconds). */
const ANSWER_WITHIN = 60_000_000_000;

/**
 * Makes the operator, the system account, the account IOC and a user for each process in a folder (0700, files 0600),
 * or reads them when they are there. A user's JWT is written anew, with the same key, when a release changed the
 * permissions. The accounts' JWTs are made once: later ones (grants, withdrawals) live on
 * the broker, and a newer one from here would undo them.
 */
export async function createBusKeys(folder: string): Promise<BusKeys> {
  const credentials = join(folder, 'credentials');
  for (const path of [folder, join(folder, 'keys'), credentials])
    mkdirSync(path, { recursive: true, mode: 0o700 });
  const operator = keyPair(folder, 'operator', createOperator);
  const system = keyPair(folder, 'system', createAccount);
  const ioc = keyPair(folder, 'ioc', createAccount);
  const credentialsFile = (user: BusUser): string => join(credentials, `${user}.creds`);

  for (const user of BUS_USERS) {
    await writeCredentials(
      credentialsFile(user),
      user,
      keyPair(folder, `user-${user}`, createUser),
      user === 'system' ? system : ioc,
    );
  }
  return {
    operatorJwt: await once(join(folder, 'operator.jwt'), () =>
      encodeOperator('IOC', operator, { system_account: system.getPublicKey() }),
    ),
    systemAccount: await account(
      folder,
      'system',
      () => encodeAccount('SYS', system, { limits: UNLIMITED }, { signer: operator }),
      system,
    ),
    iocAccount: await account(
      folder,
      'ioc',
      () =>
        encodeAccount('IOC', ioc, { limits: { ...UNLIMITED, ...UNLIMITED_JETSTREAM } }, { signer: operator }),
      ioc,
    ),
    credentialsFile,
  };
}

function keyPair(folder: string, name: string, create: () => KeyPair): KeyPair {
  const file = join(folder, 'keys', `${name}.seed`);
  if (existsSync(file)) return fromSeed(readFileSync(file));
  const pair = create();
  writePrivate(file, pair.getSeed());
  return pair;
}

async function account(
  folder: string,
  name: string,
  encode: () => Promise<string>,
  pair: KeyPair,
): Promise<BusAccount> {
  return { publicKey: pair.getPublicKey(), jwt: await once(join(folder, `${name}.jwt`), encode) };
}

async function once(file: string, make: () => Promise<string>): Promise<string> {
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const text = await make();
  writePrivate(file, text);
  return text;
}

async function writeCredentials(file: string, user: BusUser, pair: KeyPair, issuer: KeyPair): Promise<void> {
  const { publish, subscribe, answersRequests } = permissionsOf(user);
  const permissions = {
    pub: { allow: publish },
    sub: { allow: subscribe },
    ...(answersRequests ? { resp: { max: 1, ttl: ANSWER_WITHIN } } : {}),
  };
  if (isDeepStrictEqual(writtenPermissions(file), permissions)) return;
  writePrivate(file, fmtCreds(await encodeUser(user, pair, issuer, permissions), pair));
}

/** Permissions in a credentials file, undefined when there is none. Nothing is verified here: the broker does that. */
function writtenPermissions(file: string): Permissions | undefined {
  if (!existsSync(file)) return undefined;
  const claims = /^[\w-]+\.([\w-]+)\.[\w-]+$/m.exec(readFileSync(file, 'utf8'))?.[1];
  if (claims === undefined) return undefined;
  const { nats } = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as { nats: Permissions };
  return { pub: nats.pub, sub: nats.sub, ...(nats.resp ? { resp: nats.resp } : {}) };
}
