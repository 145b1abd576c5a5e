import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Secrets are 256 random bits, so one round of SHA-256 protects them as well as any slow hash would, and a token
 * costs microseconds instead of the 20 MB and 20 ms that argon2 (made for guessable passwords) takes.
 */
const PREFIX = 'sha256$';

export function newClientSecret(): string {
  return randomBytes(32).toString('base64url');
}

export function hashClientSecret(secret: string): string {
  return PREFIX + createHash('sha256').update(secret).digest('base64url');
}

/** Compares in a time that tells nothing. */
export function isClientSecret(secret: string, hash: string): boolean {
  const given = Buffer.from(hashClientSecret(secret));
  const known = Buffer.from(hash);
  return given.length === known.length && timingSafeEqual(given, known);
}
