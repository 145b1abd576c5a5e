import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { encodeAccount, encodeOperator, encodeUser, fmtCreds } from '@nats-io/jwt';
import type { Account, Permissions, RevocationList } from '@nats-io/jwt';
import { createAccount, createOperator, createUser, fromSeed } from '@nats-io/nkeys';
import type { KeyPair } from '@nats-io/nkeys';
import { writePrivate } from '../secrets/secret-files.js';
import { UNLIMITED, agenciesAccount, iocAccount } from './accounts.js';
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
  agenciesAccount: BusAccount;
  /** Path of the credentials file (JWT and secret key) of a user. */
  credentialsFile: (user: BusUser) => string;
  /** Path of the key with which the registry makes users of agencies: `{account, seed}`. */
  grantsKeyFile: string;
}

/** Account JWTs in the folder; the bus keeper rewrites the agencies' one. */
export const IOC_JWT = 'ioc.jwt';
export const AGENCIES_JWT = 'agencies.jwt';

/** Time in which an answer to a request may still be sent (nanoseconds). */
const ANSWER_WITHIN = 60_000_000_000;

/**
 * Makes the operator, the accounts (system, IOC, agencies), the key for agencies' users and a user for each process in
 * a folder (0700, files 0600), or reads them when they are there. Users and accounts whose rights are no longer those of
 * this release are written anew, with the same keys; the revocations in the agencies' account stay.
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
    operatorJwt: await operatorJwt(folder, operator, system),
    systemAccount: await account(folder, 'system.jwt', 'SYS', system, operator, { limits: UNLIMITED }),
    iocAccount: await account(folder, IOC_JWT, 'IOC', ioc, operator, iocAccount()),
    ...(await agencies(folder, operator, ioc)),
    credentialsFile,
  };
}

/** Revocations in an account's JWT; none when there is no such file. */
export function revocationsIn(file: string): RevocationList {
  return existsSync(file) ? (claimsOf<Account>(readFileSync(file, 'utf8'))?.revocations ?? {}) : {};
}

async function agencies(
  folder: string,
  operator: KeyPair,
  ioc: KeyPair,
): Promise<Pick<BusKeys, 'agenciesAccount' | 'grantsKeyFile'>> {
  const pair = keyPair(folder, 'agencies', createAccount);
  const grants = keyPair(folder, 'grants', createAccount);
  const claims = agenciesAccount(
    ioc.getPublicKey(),
    grants.getPublicKey(),
    revocationsIn(join(folder, AGENCIES_JWT)),
  );
  const grantsKeyFile = join(folder, 'keys', 'grants.json');
  if (!existsSync(grantsKeyFile)) {
    const seed = Buffer.from(grants.getSeed()).toString('utf8');
    writePrivate(grantsKeyFile, JSON.stringify({ account: pair.getPublicKey(), seed }));
  }
  return {
    agenciesAccount: await account(folder, AGENCIES_JWT, 'AGENCIES', pair, operator, claims),
    grantsKeyFile,
  };
}

function keyPair(folder: string, name: string, create: () => KeyPair): KeyPair {
  const file = join(folder, 'keys', `${name}.seed`);
  if (existsSync(file)) return fromSeed(readFileSync(file));
  const pair = create();
  writePrivate(file, pair.getSeed());
  return pair;
}

async function operatorJwt(folder: string, operator: KeyPair, system: KeyPair): Promise<string> {
  const file = join(folder, 'operator.jwt');
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const jwt = await encodeOperator('IOC', operator, { system_account: system.getPublicKey() });
  writePrivate(file, jwt);
  return jwt;
}

/** The broker takes the newer of two JWTs of an account, so one that says the same is not written anew. */
async function account(
  folder: string,
  fileName: string,
  name: string,
  pair: KeyPair,
  operator: KeyPair,
  claims: Partial<Account>,
): Promise<BusAccount> {
  const file = join(folder, fileName);
  const publicKey = pair.getPublicKey();
  const written = existsSync(file) ? readFileSync(file, 'utf8') : null;
  if (written !== null && saysTheSame(written, claims)) return { publicKey, jwt: written };
  const jwt = await encodeAccount(name, pair, claims, { signer: operator });
  writePrivate(file, jwt);
  return { publicKey, jwt };
}

function saysTheSame(jwt: string, claims: Partial<Account>): boolean {
  const written = claimsOf<Account>(jwt);
  // What JSON leaves out is the same as what is not there.
  const wanted = JSON.parse(JSON.stringify(claims)) as Partial<Account>;
  return isDeepStrictEqual(
    { ...written, type: undefined, version: undefined },
    { ...wanted, type: undefined, version: undefined },
  );
}

async function writeCredentials(file: string, user: BusUser, pair: KeyPair, issuer: KeyPair): Promise<void> {
  const { publish, deny, subscribe, answersRequests } = permissionsOf(user);
  const permissions = {
    pub: { allow: publish, ...(deny?.length ? { deny } : {}) },
    sub: { allow: subscribe },
    ...(answersRequests ? { resp: { max: 1, ttl: ANSWER_WITHIN } } : {}),
  };
  if (isDeepStrictEqual(writtenPermissions(file), permissions)) return;
  writePrivate(file, fmtCreds(await encodeUser(user, pair, issuer, permissions), pair));
}

/** Permissions in a credentials file, undefined when there is none. */
function writtenPermissions(file: string): Permissions | undefined {
  if (!existsSync(file)) return undefined;
  const claims = claimsOf<Permissions>(readFileSync(file, 'utf8'));
  return claims && { pub: claims.pub, sub: claims.sub, ...(claims.resp ? { resp: claims.resp } : {}) };
}

/** What the first JWT in a text claims. Nothing is verified here: the broker does that. */
function claimsOf<Claims>(text: string): Partial<Claims> | undefined {
  const claims = /^[\w-]+\.([\w-]+)\.[\w-]+$/m.exec(text)?.[1];
  if (claims === undefined) return undefined;
  return (JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as { nats: Partial<Claims> }).nats;
}
