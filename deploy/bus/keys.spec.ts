import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decode, encodeAccount, fromPublic, fromSeed } from '@nats-io/jwt';
import type { Account } from '@nats-io/jwt';
import { withRevoked } from './accounts.js';
import { AGENCIES_JWT, IOC_JWT, createBusKeys } from './keys.js';
import { BUS_USERS } from './permissions.js';

let folder: string;

function contents(): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path, readFileSync(path, 'utf8')];
    }),
  );
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ioc-keys-'));
  await createBusKeys(folder);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('createBusKeys', () => {
  it('changes nothing when it runs again', async () => {
    const before = contents();
    const keys = await createBusKeys(folder);
    expect(contents()).toEqual(before);
    expect(BUS_USERS.map((user) => statSync(keys.credentialsFile(user)).isFile())).toEqual(
      BUS_USERS.map(() => true),
    );
  });

  it('keeps the secrets from other users of the machine', () => {
    const modes = [...contents().keys()].map((path) => statSync(path).mode & 0o777);
    expect(modes.every((mode) => mode === 0o600)).toBe(true);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('writes a user anew, with the same key, when the permissions are no longer those of the table', async () => {
    const { credentialsFile } = await createBusKeys(folder);
    const file = credentialsFile('tasks');
    const wanted = readFileSync(file, 'utf8');
    const foreign = readFileSync(credentialsFile('budget'), 'utf8').split('\n')[1]!;
    writeFileSync(file, wanted.replace(wanted.split('\n')[1]!, foreign));
    await createBusKeys(folder);
    const claims = (text: string): unknown => {
      const { sub, iss, name, nats } = JSON.parse(
        Buffer.from(text.split('\n')[1]!.split('.')[1]!, 'base64url').toString('utf8'),
      ) as Record<string, unknown>;
      return { sub, iss, name, nats };
    };
    expect(claims(readFileSync(file, 'utf8'))).toEqual(claims(wanted));
  });

  it('gives an installation of before the agencies their account, and the services theirs with its border', async () => {
    const older = join(folder, '..', `${folder.split('/').at(-1)}-older`);
    cpSync(folder, older, { recursive: true });
    try {
      const operator = fromSeed(readFileSync(join(older, 'keys', 'operator.seed')));
      const ioc = decode<Account>(readFileSync(join(older, IOC_JWT), 'utf8'));
      const before = await encodeAccount(
        'IOC',
        fromPublic(ioc.sub),
        { limits: ioc.nats.limits },
        { signer: operator },
      );
      writeFileSync(join(older, IOC_JWT), before);
      for (const file of [AGENCIES_JWT, 'keys/agencies.seed', 'keys/grants.seed', 'keys/grants.json']) {
        rmSync(join(older, file));
      }
      const { iocAccount, agenciesAccount } = await createBusKeys(older);
      expect(iocAccount.publicKey).toBe(ioc.sub);
      expect(decode<Account>(iocAccount.jwt).nats.exports).toEqual(ioc.nats.exports);
      const { imports, signing_keys: keys } = decode<Account>(agenciesAccount.jwt).nats;
      expect(imports).toHaveLength(ioc.nats.exports?.length ?? 0);
      expect(keys).toMatchObject([{ kind: 'user_scope', role: 'grants' }]);
    } finally {
      rmSync(older, { recursive: true });
    }
  });

  it('keeps revocations when it writes the account of the agencies anew', async () => {
    const file = join(folder, AGENCIES_JWT);
    const operator = fromSeed(readFileSync(join(folder, 'keys', 'operator.seed')));
    const { sub, nats } = decode<Account>(readFileSync(file, 'utf8'));
    const revocations = withRevoked({ UOLD: 1 }, ['UGONE'], 1_800_000_000);
    // Also what an issuer signs whose clock is a little ahead.
    expect(revocations).toEqual({ UGONE: 1_800_000_300 });
    const older = { ...nats, imports: nats.imports?.slice(1), revocations };
    writeFileSync(file, await encodeAccount('AGENCIES', fromPublic(sub), older, { signer: operator }));
    const { agenciesAccount } = await createBusKeys(folder);
    expect(decode<Account>(agenciesAccount.jwt).nats).toMatchObject({ imports: nats.imports, revocations });
  });
});
