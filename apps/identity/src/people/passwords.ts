import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';

/** Shortest password accepted, in characters. NIST SP 800-63B asks for 15 where it is the only factor, 8 at least. */
export const SHORTEST_PASSWORD = 12;
/** Longest password accepted, in characters: hashing must not be made to read megabytes. */
export const LONGEST_PASSWORD = 128;

export type PasswordFault = 'too-short' | 'too-long' | 'has-username';

/** What makes a password unfit; null when it is fit. Length is what counts, so nothing is asked of its characters. */
export function faultOf(password: string, username: string): PasswordFault | null {
  const { length } = Array.from(normalise(password));
  if (length < SHORTEST_PASSWORD) {
    return 'too-short';
  }
  if (length > LONGEST_PASSWORD) {
    return 'too-long';
  }
  return password.toLowerCase().includes(username) ? 'has-username' : null;
}

/** argon2id with the library's defaults (19 MiB, 2 passes, 1 lane), which are OWASP's first recommendation. */
@Injectable()
export class Passwords {
  private decoy: Promise<string> | undefined;

  async hash(password: string): Promise<string> {
    const { hash } = await argon2();
    return hash(normalise(password));
  }

  /**
   * Whether the password fits. Without a hash (nobody of that name) it takes as long as with one and says no, so that
   * the time of an answer does not tell which names exist.
   */
  async verify(hash: string | undefined, password: string): Promise<boolean> {
    const { verify } = await argon2();
    this.decoy ??= this.hash(newPassword());
    const fits = await verify(hash ?? (await this.decoy), normalise(password));
    return fits && hash !== undefined;
  }
}

/** A password to hand over once: 20 characters, about 119 bits. */
export function newPassword(): string {
  return randomBytes(15).toString('base64url');
}

/** RFC 8265: one keyboard writes "ệ" as one code point and another as three; both mean the same password. */
export function normalise(password: string): string {
  return password.normalize('NFC');
}

/** Loaded at the first login: most processes that restart never need it in their first seconds. */
function argon2() {
  return import('@node-rs/argon2');
}
