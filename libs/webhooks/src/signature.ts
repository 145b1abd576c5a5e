import { createHmac } from 'node:crypto';

/** What a signature covers: the body alone, or lines about it and the body. */
export type SignedPart = string | Uint8Array;

/** What receivers compute again to know that a call is ours: HMAC-SHA256 over `<timestamp>.<parts>`. */
export function signatureOf(secret: string, timestamp: string, ...parts: readonly SignedPart[]): string {
  const hmac = createHmac('sha256', secret).update(`${timestamp}.`);
  for (const part of parts) hmac.update(part);
  return `sha256=${hmac.digest('hex')}`;
}

/**
 * The headers of a signed call. The timestamp is in seconds since 1970 and under the signature, so that a receiver can
 * refuse what was recorded and is sent again later.
 */
export function signatureHeaders(
  secret: string,
  now: Date,
  ...parts: readonly SignedPart[]
): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  return {
    'x-ioc-timestamp': timestamp,
    'x-ioc-signature': signatureOf(secret, timestamp, ...parts),
  };
}
