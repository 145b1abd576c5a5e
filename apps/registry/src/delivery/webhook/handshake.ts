import { Inject, Injectable } from '@nestjs/common';
import { NetworkGuard, WebhookSender } from '#libs/webhooks';
import { deliveryProblem } from '../problems.js';
import { DeliverySettings } from '../settings.js';

/** What the receiver agreed to. */
export interface Agreement {
  /** Greatest number of calls in a minute; null: no limit. */
  callsPerMinute: number | null;
}

/**
 * Asks an address whether it wants calls from here at all, as CloudEvents' webhook specification (section 4) has it:
 * nobody can make this system call someone who never agreed.
 */
@Injectable()
export class Handshake {
  private readonly sender: WebhookSender;

  constructor(@Inject(DeliverySettings) private readonly settings: DeliverySettings) {
    this.sender = new WebhookSender(new NetworkGuard(settings.allowedNetworks));
  }

  /** @throws problem `webhook-not-confirmed` */
  async agree(url: string): Promise<Agreement> {
    const origin = this.settings.webhookOrigin;
    const refuse = (why: string) => deliveryProblem('webhook-not-confirmed', { origin, why });
    const headers = { 'webhook-request-origin': origin };
    const { status, headers: answered } = await this.sender
      .call(url, { method: 'OPTIONS', headers, body: '' })
      .catch((error: unknown) => {
        throw refuse((error as Error).message);
      });
    const allowed = answered['webhook-allowed-origin'];
    if (status < 200 || status > 299) throw refuse(`OPTIONS → ${status}`);
    if (allowed !== '*' && allowed !== origin)
      throw refuse(`WebHook-Allowed-Origin: ${String(allowed ?? '–')}`);
    const rate = Number(answered['webhook-allowed-rate']);
    return { callsPerMinute: Number.isSafeInteger(rate) && rate >= 1 ? rate : null };
  }
}
