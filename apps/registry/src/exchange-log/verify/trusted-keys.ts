import { canonical, isSigned, keyId } from './canonical.js';

/** A public key as files and `/v1/exchange-log/keys` name it. */
export interface PublicKey {
  id: string;
  /** Raw 32 bytes, base64. */
  publicKey: string;
}

export interface KeyChange {
  from: string | null;
  to: string;
  publicKey: string;
  signatures: { old: string | null; new: string };
}

export type SignatureState = 'good' | 'unknown-key' | 'wrong-signature';

/**
 * Whose signatures count. Keys that the checker was given are trusted; further ones when a trusted key vouches for them.
 * When none was given, the first one met is trusted, and said to be so: its owner must be asked whether it is theirs.
 */
export class TrustedKeys {
  private readonly keys = new Map<string, string>();
  /** The key that was trusted only because the files name it; null: keys were given. */
  assumed: string | null = null;
  private readonly given: boolean;

  constructor(keys: readonly PublicKey[]) {
    for (const { publicKey } of keys) this.keys.set(keyId(publicKey), publicKey);
    this.given = keys.length > 0;
  }

  /** Keys that a signed text lists: trusted when the text is signed by a trusted one. */
  offer(keys: readonly PublicKey[], signer: string, text: string, signature: string): SignatureState {
    if (!this.given && this.keys.size === 0) {
      const first = keys.find(({ id }) => id === signer);
      if (first && keyId(first.publicKey) === signer) this.keys.set(signer, first.publicKey);
      this.assumed = signer;
    }
    const state = this.check(signer, text, signature);
    if (state === 'good') for (const { publicKey } of keys) this.keys.set(keyId(publicKey), publicKey);
    return state;
  }

  check(signer: string, text: string, signature: string): SignatureState {
    const publicKey = this.keys.get(signer);
    if (publicKey === undefined) return 'unknown-key';
    return isSigned(text, signature, publicKey) ? 'good' : 'wrong-signature';
  }

  /** A new key signs for itself and the one before it signs for it. @returns whether it is trusted from now on */
  change(log: string, { from, to, publicKey, signatures }: KeyChange): boolean {
    const statement = canonical({ type: 'key-change', log, from, to, publicKey });
    if (keyId(publicKey) !== to || !isSigned(statement, signatures.new, publicKey)) return false;
    const isVouchedFor =
      from !== null && signatures.old !== null && this.check(from, statement, signatures.old) === 'good';
    if (isVouchedFor) this.keys.set(to, publicKey);
    return this.keys.has(to);
  }
}
