import { signatureHeaders } from '#libs/webhooks';
import type { FeedEvent } from '../sources/feed-event.js';

/** An event as an HTTP call in CloudEvents' binary mode. */
export interface EventCall {
  headers: Record<string, string>;
  body: Uint8Array;
}

/** Attributes that HTTP has headers of its own for. */
const OWN_HEADERS: Readonly<Record<string, string>> = {
  datacontenttype: 'content-type',
  traceparent: 'traceparent',
};

/**
 * Every attribute is a header; all of those that begin with `ce-`, sorted by name and written `name:value` with a line
 * feed each, then an empty line and the body, are under the signature.
 */
export function binaryForm({ attributes, data }: FeedEvent, secret: string, now: Date): EventCall {
  const entries = Object.entries(attributes).map(([name, value]): [string, string] => [
    OWN_HEADERS[name] ?? `ce-${name}`,
    headerValue(value),
  ]);
  const signed = entries
    .filter(([name]) => name.startsWith('ce-'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}:${value}\n`)
    .join('');
  return {
    headers: {
      ...Object.fromEntries(entries),
      'user-agent': 'ioc-registry',
      ...signatureHeaders(secret, now, `${signed}\n`, data),
    },
    body: data,
  };
}

/** CloudEvents HTTP binding, 3.1.3.2: what is not printable ASCII, and the percent sign and quote, as percent codes. */
function headerValue(value: string): string {
  const bytes = [...Buffer.from(value, 'utf8')];
  const plain = (byte: number) => byte >= 0x21 && byte <= 0x7e && byte !== 0x22 && byte !== 0x25;
  return bytes
    .map((byte) =>
      plain(byte) ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('');
}
