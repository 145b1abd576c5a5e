import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
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
