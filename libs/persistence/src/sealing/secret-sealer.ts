import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

interface OpenedSecret {
  text: string;
  /** False: an earlier key sealed it, so that it is to be sealed again. */
  isCurrent: boolean;
}

/** Keeps secrets unreadable in a database, its dumps and backups: AES-256-GCM with a key that lies elsewhere. */
export class SecretSealer {
  private readonly keys: readonly Buffer[];

  /**
   * @param setting variable that holds the secret the key is made of; errors name it
   * @param secrets the one that seals first, then those before it, which only open; none: nothing can be sealed
   */
  constructor(
    private readonly setting: string,
    secrets: readonly string[],
  ) {
    // A long random secret needs no slow derivation; the hash only brings it to the length of a key.
    this.keys = secrets.map((secret) => createHash('sha256').update(secret).digest());
  }

  get canSeal(): boolean {
    return this.keys.length > 0;
  }

  /**
   * @param owner what the secret belongs to: moved to another row it does not open
   * @throws Error when there is no key
   */
  seal(text: string, owner = ''): string {
    const [key] = this.keys;
    if (!key) throw new Error(`Nothing can be sealed: ${this.setting} is not set.`);
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner, 'utf8'));
    const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), content]).toString('base64url');
  }

  /** @throws Error naming the setting, when none of the keys opens it */
  open(sealed: string, owner = ''): OpenedSecret {
    if (!this.canSeal) {
      throw new Error(
        `A secret in the database is sealed. Set ${this.setting} to the secret it was sealed with.`,
      );
    }
    const bytes = Buffer.from(sealed, 'base64url');
    for (const [index, key] of this.keys.entries()) {
      const text = opened(bytes, key, owner);
      if (text !== null) return { text, isCurrent: index === 0 };
    }
    throw new Error(
      `A secret in the database was sealed with another ${this.setting}, or altered. Set the one it was sealed with.`,
    );
  }
}

/** Null when it is not the key, or not what was sealed. */
function opened(bytes: Buffer, key: Buffer, owner: string): string | null {
  const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  if (tag.length < TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(owner, 'utf8'))
    .setAuthTag(tag);
  try {
    const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
