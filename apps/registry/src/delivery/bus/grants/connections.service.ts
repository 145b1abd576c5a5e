import { Injectable } from '@nestjs/common';
import { type ConsumerInfo } from '@nats-io/jetstream';
import type { Actor } from '#libs/auth';
import { AGENCY_API_PREFIX, grantConsumer } from '#libs/contracts';
import { BusConnection } from '#libs/messaging';
import { GrantStore } from '../../../sharing/grants/grant.store.js';
import { LiveGrants } from '../../../sharing/grants/live-grants.js';
import { deliveryProblem } from '../../problems.js';
import { sourceOf } from '../../sources/feed-source.js';
import { BusSettings } from '../settings.js';
import type { ConnectionView, ConsumerStandingView } from './connection.view.js';
import { GrantConsumers } from './grant-consumers.js';

/** Where the receiver of a grant finds its data on the bus, and how far it is. */
@Injectable()
export class ConnectionsService {
  constructor(
    private readonly grants: LiveGrants,
    private readonly grantStore: GrantStore,
    private readonly bus: BusConnection,
    private readonly settings: BusSettings,
  ) {}

  /**
   * For the receiver, and for the others who see the grant.
   *
   * @throws problem `not-found`, `grant-suspended`, `grant-withdrawn`, `grant-outside-its-days`, `grant-other-method`
   */
  async of(actor: Actor, grantId: string): Promise<ConnectionView> {
    const { state, validFrom: from, validUntil: until } = await this.grantStore.readVisible(actor, grantId);
    if (state !== 'active') throw deliveryProblem(`grant-${state}`);
    const grant = await this.grants.find(grantId);
    if (!grant) throw deliveryProblem('grant-outside-its-days', { from, until });
    const { method } = grant;
    if (method === 'package') throw deliveryProblem('grant-other-method', { method });
    const { stream, subject } = sourceOf(grant);
    const consumer = grantConsumer(grantId);
    return {
      servers: [...this.settings.publicUrls],
      stream,
      consumer,
      subject,
      inboxPrefix: `_INBOX.${consumer}`,
      apiPrefix: AGENCY_API_PREFIX,
      standing: await this.standing(grantId, stream),
    };
  }

  private async standing(grantId: string, stream: string): Promise<ConsumerStandingView | null> {
    if (!this.bus.connected) return null;
    const info = await new GrantConsumers(await this.bus.whenConnected()).info(grantId, stream);
    return info && standingOf(info);
  }
}

function standingOf({
  delivered,
  ack_floor,
  num_pending,
  num_ack_pending,
}: ConsumerInfo): ConsumerStandingView {
  // An instant, left out until there is one; the client's types say otherwise.
  const { last_active: acknowledgedAt }: { last_active: unknown } = ack_floor;
  return {
    sentUpTo: delivered.stream_seq,
    acknowledgedUpTo: ack_floor.stream_seq,
    acknowledgedAt: typeof acknowledgedAt === 'string' ? new Date(acknowledgedAt).toISOString() : null,
    waiting: num_pending,
    unacknowledged: num_ack_pending,
  };
}
