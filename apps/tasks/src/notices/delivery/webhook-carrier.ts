import { createHmac } from 'node:crypto';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import type { Clock } from '#libs/calendar';
import { type Carrier, type Consignment, PermanentFailure } from './carrier.js';
import type { NetworkGuard } from './network-guard.js';

/** For everything from the look-up of the name to the answer's status. */
const TIMEOUT_MILLISECONDS = 10_000;

/**
 * Carries notices as `POST` with JSON. `X-IOC-Signature: sha256=<hex>` is HMAC-SHA256 with the contact's secret over
 * `<X-IOC-Timestamp>.<body>`; a receiver refuses old timestamps, and knows a repetition by `Idempotency-Key`, which is
 * the same at every try. Any 2xx is taken as "received"; redirects are not followed.
 */
export class WebhookCarrier implements Carrier {
  constructor(
    private readonly guard: NetworkGuard,
    private readonly clock: Clock,
  ) {}

  async carry({ id, address, agency, secret, notice }: Consignment): Promise<void> {
    const body = JSON.stringify({ ...notice, agency, givenAt: notice.givenAt.toISOString() });
    const timestamp = String(Math.floor(this.clock.now().getTime() / 1_000));
    const status = await this.post(new URL(address), body, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(Buffer.byteLength(body)),
      'idempotency-key': id,
      'user-agent': 'ioc-tasks',
      'x-ioc-timestamp': timestamp,
      'x-ioc-signature': signatureOf(secret ?? '', timestamp, body),
    });
    if (status === 410) throw new PermanentFailure('the receiver answered 410: gone');
    if (status < 200 || status > 299) throw new Error(`the receiver answered ${status}`);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private post(url: URL, body: string, headers: Record<string, string>): Promise<number> {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    // A literal address is never looked up, so that the guard would not see it.
    if (isIP(host) !== 0 && !this.guard.permits(host)) {
      return Promise.reject(new Error(`${host} is not in a network that webhooks may call`));
    }
    return new Promise((resolve, reject) => {
      const send = url.protocol === 'https:' ? requestHttps : requestHttp;
      const request = send(
        url,
        {
          method: 'POST',
          headers,
          agent: false,
          lookup: this.guard.lookup,
          signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
        },
        (response) => {
          response.on('error', () => undefined).resume();
          resolve(response.statusCode ?? 0);
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  }
}

/** What receivers compute again to know that a notice is ours. */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}
