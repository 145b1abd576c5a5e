import { SecretSealer } from '#libs/persistence';

/** A value as the database keeps it: sealed, or open where no key encryption secret is set. */
export type Kept<T> = { sealed: string } | { open: T };

/** Keeps private keys unreadable in dumps and backups, for those who set KEY_ENCRYPTION_SECRET. */
export class Sealer {
  private readonly secrets: SecretSealer;

  constructor(secret: string | null) {
    this.secrets = new SecretSealer('KEY_ENCRYPTION_SECRET', secret === null ? [] : [secret]);
  }

  seal<T>(value: T): Kept<T> {
    return this.secrets.canSeal ? { sealed: this.secrets.seal(JSON.stringify(value)) } : { open: value };
  }

  /** @throws Error when the value was sealed with another secret, or with one while none is set now */
  open<T>(kept: Kept<T>): T {
    return 'open' in kept ? kept.open : (JSON.parse(this.secrets.open(kept.sealed).text) as T);
  }
}
