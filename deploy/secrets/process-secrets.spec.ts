import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InstallationSecrets } from './process-secrets.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ioc-secrets-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('the key of the secrets of webhooks', () => {
  const keysOf = (name: 'registry' | 'tasks') => new InstallationSecrets(folder).environmentOf(name, false);

  it('is made once for each service that has webhooks', () => {
    const registry = keysOf('registry');
    expect(registry['WEBHOOK_SECRETS_KEY']).toMatch(/^[\w-]{43}$/);
    expect(keysOf('registry')).toEqual(registry);
    expect(keysOf('tasks')).not.toEqual(registry);
    expect(statSync(join(folder, 'registry', 'webhook-secrets-key')).mode & 0o777).toBe(0o600);
  });

  it('is made anew beside the one before, which still opens', () => {
    const before = keysOf('tasks')['WEBHOOK_SECRETS_KEY'];
    const file = join(folder, 'tasks', 'webhook-secrets-key');
    renameSync(file, `${file}.before`);
    const after = keysOf('tasks');
    expect(after).toEqual({
      WEBHOOK_SECRETS_KEY: after['WEBHOOK_SECRETS_KEY'],
      WEBHOOK_SECRETS_KEY_BEFORE: before,
    });
    expect(after['WEBHOOK_SECRETS_KEY']).not.toBe(before);
  });
});

describe('the keys of the exchange log', () => {
  it('begin with one of its own, readable by its user alone', () => {
    const keys = new InstallationSecrets(folder).exchangeLogKeys();
    expect(readdirSync(keys)).toEqual(['0001.pem']);
    const file = join(keys, '0001.pem');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(createPrivateKey(readFileSync(file)).asymmetricKeyType).toBe('ed25519');
  });

  it('are never made again while there is one, also under another name', () => {
    const secrets = new InstallationSecrets(folder);
    const keys = secrets.exchangeLogKeys();
    const key = readFileSync(join(keys, '0001.pem'));
    rmSync(join(keys, '0001.pem'));
    writeFileSync(join(keys, '0002.pem'), key);
    expect(readdirSync(secrets.exchangeLogKeys())).toEqual(['0002.pem']);
  });
});
