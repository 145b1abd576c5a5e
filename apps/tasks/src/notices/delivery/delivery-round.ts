import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import { Round } from '#libs/http';
import { NetworkGuard, WebhookSender } from '#libs/webhooks';
import type { Channel } from '../contacts/contact.entity.js';
import { type Carrier, PermanentFailure } from './carrier.js';
import { type Claim, DeliveryBook } from './delivery-book.js';
import { DeliverySettings } from './delivery-settings.js';
import { MailCarrier } from './mail-carrier.js';
import { WebhookCarrier } from './webhook-carrier.js';

/** Carried at the same time. */
const AT_ONCE = 10;
/** Receivers that do not answer must not hold up the other rounds for longer. */
const LONGEST_ROUND_MILLISECONDS = 20_000;

/** Carries waiting notices to the contacts of their recipients. */
@Injectable()
export class DeliveryRound extends Round implements OnApplicationShutdown {
  readonly name = 'notice-deliveries';
  private readonly logger = new Logger('Deliveries');
  private readonly carriers: ReadonlyMap<Channel, Carrier>;

  constructor(
    private readonly book: DeliveryBook,
    settings: DeliverySettings,
    clock: Clock,
  ) {
    super();
    const carriers = new Map<Channel, Carrier>();
    const sender = new WebhookSender(new NetworkGuard(settings.allowedNetworks));
    carriers.set('webhook', new WebhookCarrier(sender, clock));
    if (settings.mail) carriers.set('email', new MailCarrier(settings.mail.url, settings.mail.from));
    this.carriers = carriers;
  }

  async run(): Promise<void> {
    await this.book.giveUpCutOff();
    const end = performance.now() + LONGEST_ROUND_MILLISECONDS;
    do {
      const claims = await this.book.claim(AT_ONCE);
      if (claims.length === 0) return;
      await Promise.all(claims.map((claim) => this.carry(claim)));
    } while (performance.now() < end);
  }

  async onApplicationShutdown(): Promise<void> {
    for (const carrier of this.carriers.values()) await carrier.close();
  }

  private async carry(claim: Claim): Promise<void> {
    try {
      if (!claim.contactActive) throw new PermanentFailure('the contact was withdrawn');
      const carrier = this.carriers.get(claim.channel);
      if (!carrier) throw new Error(`the channel ${claim.channel} is closed`);
      await carrier.carry(claim);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const { id, channel, agency, attempt } = claim;
      const givenUp = await this.book.failed(claim, reason, error instanceof PermanentFailure);
      const message = givenUp ? 'a notice could not be delivered' : 'a notice will be sent again';
      this.logger.warn({ message, delivery: id, channel, agency, attempt, reason });
      return;
    }
    await this.book.delivered(claim);
  }
}
