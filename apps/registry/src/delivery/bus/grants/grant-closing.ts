import { Injectable, Logger } from '@nestjs/common';
import type { JsMsg } from '@nats-io/jetstream';
import { Clock } from '#libs/calendar';
import type { Bus } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import { ExchangeLog } from '../../../exchange-log/exchange-log.js';
import { LiveGrants } from '../../../sharing/grants/live-grants.js';
import { recordOf, toFeedEvent } from '../../sources/feed-event.js';
import { CredentialStore } from '../credentials/credential.store.js';
import { Revocations } from '../credentials/revocations.js';
import { BusConsumerStore } from './bus-consumer.store.js';
import { GrantConsumers } from './grant-consumers.js';

/**
 * Ends a grant on the bus: withdrawn, suspended or over. First nothing more is sent, then what is on its way may be
 * acknowledged, then the user is cut off, then the consumer goes. What was sent and never acknowledged is recorded in
 * the transaction that marks the consumer as closed: all of it, once.
 */
@Injectable()
export class GrantClosing {
  private readonly logger = new Logger('BusGrants');

  constructor(
    private readonly transactions: TransactionScope,
    private readonly grants: LiveGrants,
    private readonly store: BusConsumerStore,
    private readonly credentials: CredentialStore,
    private readonly revocations: Revocations,
    private readonly log: ExchangeLog,
    private readonly clock: Clock,
  ) {}

  /** @throws Error when the bus is away: then nothing has changed here, and it is to be tried again */
  async close(bus: Bus, grantId: string): Promise<void> {
    const consumers = new GrantConsumers(bus);
    await this.transactions.run(async () => {
      const consumer = await this.store.lock(grantId);
      // Another replica was first, or the grant was resumed meanwhile.
      if (!consumer || (await this.grants.find(grantId))) return;
      const { stream } = consumer;
      // Before anything else: from here on nothing more is sent.
      const isThere = await consumers.silence(grantId, consumer);
      const users = await this.credentials.revokeOfGrant(grantId);
      if (isThere) await consumers.untilAnswered(grantId, stream);
      await this.cutOff(bus, users);
      if (isThere) {
        await this.recordUnacknowledged(grantId, stream, await consumers.unacknowledged(grantId, stream));
        await consumers.remove(grantId, stream);
      }
      await this.store.close(grantId);
    });
  }

  /** Without a bus keeper the consumer goes all the same, so that nothing is sent; the connection is cut later. */
  private async cutOff(bus: Bus, users: readonly string[]): Promise<void> {
    try {
      await this.revocations.tell(bus, users);
    } catch (error) {
      this.logger.warn(`users of an ended grant are cut off later: ${(error as Error).message}`);
    }
  }

  private async recordUnacknowledged(
    grantId: string,
    stream: string,
    messages: readonly JsMsg[],
  ): Promise<void> {
    const grant = await this.store.grantOfRecord(grantId);
    if (!grant || messages.length === 0) return;
    const events = messages.map(toFeedEvent).filter((event) => event !== null);
    this.log.delivered({
      channel: 'bus',
      grant,
      stream,
      messages: events.map(recordOf),
      firstSentAt: this.clock.now(),
      note: 'sent-not-acknowledged',
    });
  }
}
