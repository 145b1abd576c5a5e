import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import { ExchangeLogSettings } from '../settings.js';
import { sha256 } from './format.js';

/** How long the folder is not looked at again, milliseconds: a key that is put there takes over within this time. */
const FRESH_MILLISECONDS = 10_000;

/** An Ed25519 key that signs; the private part never leaves the process. */
export class SigningKey {
  /** First 16 hex digits of the SHA-256 of the raw public key. */
  readonly id: string;
  /** Raw 32 bytes, base64. */
  readonly publicKey: string;

  constructor(private readonly key: KeyObject) {
    const { x } = createPublicKey(key).export({ format: 'jwk' });
    const raw = Buffer.from(x ?? '', 'base64url');
    this.id = sha256(raw).slice(0, 16);
    this.publicKey = raw.toString('base64');
  }

  /** @returns base64 */
  sign(text: string): string {
    return sign(null, Buffer.from(text, 'utf8'), this.key).toString('base64');
  }
}

/**
 * The keys of the exchange log: PKCS#8 files `*.pem` in a folder that only this service reads. The last by name signs;
 * the ones before it are there to hand over to it.
 */
@Injectable()
export class SigningKeys {
  private readonly logger = new Logger('ExchangeLog');
  private keys: SigningKey[] = [];
  private readAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly settings: ExchangeLogSettings) {}

  /** @returns null when there is no key: records are chained, but nobody vouches for the chain */
  current(): SigningKey | null {
    return this.all().at(-1) ?? null;
  }

  find(id: string): SigningKey | null {
    return this.all().find((key) => key.id === id) ?? null;
  }

  private all(): readonly SigningKey[] {
    if (performance.now() - this.readAt > FRESH_MILLISECONDS) {
      const isFirst = this.readAt === Number.NEGATIVE_INFINITY;
      this.readAt = performance.now();
      this.keys = this.read();
      if (isFirst && this.keys.length === 0) {
        this.logger.warn(
          'the exchange log is not signed: put an Ed25519 key (openssl genpkey -algorithm ed25519) as 0001.pem into ' +
            'the folder that EXCHANGE_LOG_KEYS_DIR names',
        );
      }
    }
    return this.keys;
  }

  private read(): SigningKey[] {
    const folder = this.settings.keysDirectory;
    if (folder === undefined || !existsSync(folder)) return [];
    const files = readdirSync(folder).filter((name) => name.endsWith('.pem'));
    return files.sort().map((name) => readKey(join(folder, name)));
  }
}

/** @throws Error naming the file, not its content */
function readKey(file: string): SigningKey {
  const key = createPrivateKey(readFileSync(file));
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${file} is no Ed25519 key.`);
  return new SigningKey(key);
}
