import { createHash, createPublicKey, verify } from 'node:crypto';

// This folder uses nothing of the service on purpose, not even the functions that wrote the log: whoever checks the
// service reads these few files, and needs no other.

/** JSON as RFC 8785 writes it, for the values that the log has: texts, whole numbers, lists, objects, null. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const object = value as Record<string, unknown>;
  const names = Object.keys(object).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(object[name])}`).join(',')}}`;
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The hash before the first record of a log. */
export function beginning(log: string): string {
  return sha256(`ioc-exchange-log/1\n${log}`);
}

/** The hash of a record, from the hash before it and the record's canonical text. */
export function nextHash(previous: string, lineHash: string): string {
  return sha256(`${previous}\n${lineHash}`);
}

/** Identifier of a public key (raw, base64): the first 16 hex digits of its SHA-256. */
export function keyId(publicKey: string): string {
  return sha256(Buffer.from(publicKey, 'base64')).slice(0, 16);
}

/** Ed25519; signature (64 bytes) and key (raw 32 bytes) in base64, of which only the one strict spelling counts. */
export function isSigned(text: string, signature: string, publicKey: string): boolean {
  if (Buffer.from(signature, 'base64').toString('base64') !== signature) return false;
  const x = Buffer.from(publicKey, 'base64').toString('base64url');
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}
