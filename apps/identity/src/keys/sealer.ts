import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** A value as the database keeps it: sealed with AES-256-GCM, or open where no key encryption secret is set. */
export type Kept<T> = { sealed: string } | { open: T };

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Keeps private keys unreadable in dumps and backups, for those who set KEY_ENCRYPTION_SECRET. */
export class Sealer {
  private readonly key: Buffer | null;

  constructor(secret: string | null) {
    // A long random secret needs no slow derivation; the hash only brings it to the length of a key.
    this.key = secret === null ? null : createHash('sha256').update(secret).digest();
  }

  seal<T>(value: T): Kept<T> {
    if (!this.key) {
      return { open: value };
    }
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce);
    const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
    return { sealed: Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url') };
  }

  /** Throws when the value was sealed with another secret, or with one while none is set now. */
  open<T>(kept: Kept<T>): T {
    if ('open' in kept) {
      return kept.open;
    }
    if (!this.key) {
      throw new Error(
        'The signing keys in the database are sealed. Set KEY_ENCRYPTION_SECRET to the secret they were sealed with.',
      );
    }
    const bytes = Buffer.from(kept.sealed, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    try {
      const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
      return JSON.parse(Buffer.concat([text, decipher.final()]).toString('utf8')) as T;
    } catch (cause) {
      throw new Error(
        'The signing keys in the database were sealed with another KEY_ENCRYPTION_SECRET. Set that one.',
        {
          cause,
        },
      );
    }
  }
}
