import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createBusKeys } from './keys.js';
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
});
