import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PROCESSES } from '#libs/contracts';
import type { ProcessName } from '#libs/contracts';
import { randomSecret, readJson, secretFrom, writeJson, writePrivate } from './secret-files.js';

/** OAuth2 client for trying the API by hand. */
export interface DeveloperClient {
  clientId: string;
  clientSecret: string;
}

export type DatabasePasswords = Record<ProcessName, string>;

/** The secrets of an installation: files in one folder, each made at random when it is first asked for. */
export class InstallationSecrets {
  constructor(private readonly folder: string) {}

  /** The last part of the wall's address: whoever knows it may look, and nothing else. */
  displayToken(): string {
    return secretFrom(join(this.folder, 'gateway', 'display-token'));
  }

  developerClient(): DeveloperClient {
    const file = join(this.folder, 'identity', 'developer-client.json');
    const known = readJson(file) as DeveloperClient | undefined;
    if (known) return known;
    const made = { clientId: 'developer', clientSecret: randomSecret() };
    writeJson(file, made);
    return made;
  }

  databasePasswords(): DatabasePasswords {
    const file = join(this.folder, 'databases.json');
    const known = (readJson(file) ?? {}) as Partial<DatabasePasswords>;
    const all = Object.fromEntries(
      PROCESSES.map((name) => [name, known[name] ?? randomSecret()]),
    ) as DatabasePasswords;
    if (PROCESSES.some((name) => known[name] === undefined)) writeJson(file, all);
    return all;
  }

  /**
   * Folder with the keys that sign the exchange log, the first one made here. A further one, later by name, takes over
   * when the registry sees it; the ones before it are to stay until then.
   */
  exchangeLogKeys(): string {
    const folder = join(this.folder, 'registry', 'exchange-log-keys');
    if (existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.pem'))) return folder;
    const { privateKey } = generateKeyPairSync('ed25519');
    writePrivate(join(folder, '0001.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
    return folder;
  }

  /**
   * What a process is told beside its database and its bus user, as environment variables.
   *
   * @param withDeveloper whether the issuer knows the developer's client, which gets any token it asks for
   */
  environmentOf(name: ProcessName, withDeveloper: boolean): Record<string, string> {
    const identity = (secret: string): string => secretFrom(join(this.folder, 'identity', secret));
    switch (name) {
      case 'gateway':
        return { DISPLAY_TOKEN: this.displayToken() };
      case 'identity':
        return {
          ...(withDeveloper ? { DEVELOPER_CLIENT_SECRET: this.developerClient().clientSecret } : {}),
          ADMIN_INITIAL_PASSWORD: identity('admin-initial-password'),
          KEY_ENCRYPTION_SECRET: identity('key-encryption-secret'),
        };
      case 'registry':
      case 'tasks':
        return this.webhookSecretsKeys(name);
      default:
        return {};
    }
  }

  /**
   * The key that seals secrets of webhooks in the database of a service. Renamed to `webhook-secrets-key.before`, a new
   * one is made beside it, and the service seals anew at its next start.
   */
  private webhookSecretsKeys(name: ProcessName): Record<string, string> {
    const file = join(this.folder, name, 'webhook-secrets-key');
    const before = `${file}.before`;
    return {
      WEBHOOK_SECRETS_KEY: secretFrom(file),
      ...(existsSync(before) ? { WEBHOOK_SECRETS_KEY_BEFORE: secretFrom(before) } : {}),
    };
  }
}
