import type { Clock } from '#libs/calendar';
import { signatureHeaders, type WebhookSender } from '#libs/webhooks';
import { type Carrier, type Consignment, PermanentFailure } from './carrier.js';

/**
 * Carries notices as `POST` with JSON. `X-IOC-Signature: sha256=<hex>` is HMAC-SHA256 with the contact's secret over
 * `<X-IOC-Timestamp>.<body>`; a receiver refuses old timestamps, and knows a repetition by `Idempotency-Key`, which is
 * the same at every try. Any 2xx is taken as "received"; redirects are not followed.
 */
export class WebhookCarrier implements Carrier {
  constructor(
    private readonly sender: WebhookSender,
    private readonly clock: Clock,
  ) {}

  async carry({ id, address, agency, secret, notice }: Consignment): Promise<void> {
    if (secret === null) throw new Error('the secret cannot be opened: see WEBHOOK_SECRETS_KEY');
    const body = JSON.stringify({ ...notice, agency, givenAt: notice.givenAt.toISOString() });
    const { status } = await this.sender.call(address, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'idempotency-key': id,
        'user-agent': 'ioc-tasks',
        ...signatureHeaders(secret, this.clock.now(), body),
      },
    });
    if (status === 410) throw new PermanentFailure('the receiver answered 410: gone');
    if (status < 200 || status > 299) throw new Error(`the receiver answered ${status}`);
  }

  close(): Promise<void> {
    this.sender.close();
    return Promise.resolve();
  }
}
