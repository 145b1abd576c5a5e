import { randomUUID } from 'node:crypto';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Clock } from '#libs/calendar';
import { BusConnection } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import { NetworkGuard } from '#libs/webhooks';
import { NationalConnection } from '../../national-platform/national-platform.settings.js';
import { PlatformPoster } from '../../national-platform/platform-poster.js';
import { type LiveGrant, LiveGrants } from '../../sharing/grants/live-grants.js';
import { DeliverySettings } from '../settings.js';
import { Sendings } from '../sources/sendings.js';
import { EventPoster } from './event-poster.js';
import type { Poster } from './poster.js';
import { type ClaimedWebhook, NATIONAL_PLATFORM, WebhookBook } from './webhook-book.js';
import { type WebhookTools, WebhookWorker } from './webhook-worker.js';

const ROUND_MILLISECONDS = 2_000;

/** Shares the webhooks of live grants among the replicas: each is served by one of them at a time. */
@Injectable()
export class WebhookWorkers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Webhooks');
  private readonly workers = new Map<string, WebhookWorker>();
  private readonly guard: NetworkGuard;
  private readonly tools: WebhookTools;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private ending = false;

  constructor(
    private readonly grants: LiveGrants,
    private readonly book: WebhookBook,
    private readonly clock: Clock,
    bus: BusConnection,
    sendings: Sendings,
    transactions: TransactionScope,
    @Inject(DeliverySettings) settings: DeliverySettings,
    @Inject(NationalConnection) private readonly national: NationalConnection,
  ) {
    this.guard = new NetworkGuard(settings.allowedNetworks);
    const replica = randomUUID();
    this.tools = { bus, book, sendings, transactions, replica, pauses: settings.webhookPauses };
  }

  onApplicationBootstrap(): void {
    const round = () => {
      void this.round();
    };
    round();
    this.grants.onChange(round);
    this.timer = setInterval(round, ROUND_MILLISECONDS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.ending = true;
    clearInterval(this.timer);
    await this.running;
    await Promise.all([...this.workers.values()].map((worker) => worker.stop()));
    await this.book.release(this.tools.replica).catch(() => undefined);
  }

  /** Keeps what this replica serves, ends what it may not serve any more, and takes what nobody serves. */
  round(): Promise<void> {
    this.running = this.running.then(async () => {
      if (this.ending) return;
      try {
        await this.look();
      } catch (error) {
        this.logger.warn(`webhooks are looked at again later: ${(error as Error).message}`);
      }
    });
    return this.running;
  }

  private async look(): Promise<void> {
    const live = new Map((await this.grants.all()).map((grant) => [grant.id, grant]));
    const ours = await this.book.renew(this.tools.replica);
    for (const [id, worker] of this.workers) {
      if (ours.get(id) === true) worker.replaysAsked = true;
      // Its last calls may take their time: the others' leases do not wait for them.
      if (!ours.has(id) || !live.has(id)) void worker.stop();
    }
    await this.book.openPlatform(
      [...live.values()].filter((grant) => this.isForPlatform(grant)).map(({ id }) => id),
    );
    for (const webhook of await this.book.claim(this.tools.replica, [...live.keys()])) {
      const grant = live.get(webhook.grantId);
      const before = this.workers.get(webhook.grantId)?.stop() ?? Promise.resolve();
      if (grant)
        void before.then(() => {
          this.serve(webhook, grant);
        });
    }
  }

  private isForPlatform({ receiver, method }: LiveGrant): boolean {
    return this.national.platform !== null && receiver === this.national.agency && method === 'sync';
  }

  /** null: there is no platform any more, or nothing to sign with. */
  private posterFor(webhook: ClaimedWebhook, grant: LiveGrant): Poster | null {
    const { url, secret } = webhook;
    if (url !== NATIONAL_PLATFORM)
      return secret === null ? null : new EventPoster({ ...webhook, secret }, this.guard, this.clock);
    return this.national.platform && new PlatformPoster(this.national.platform, grant);
  }

  private serve(webhook: ClaimedWebhook, grant: LiveGrant): void {
    if (this.ending) return;
    const poster = this.posterFor(webhook, grant);
    if (!poster) return;
    const worker = new WebhookWorker(webhook, grant, poster, this.tools);
    this.workers.set(grant.id, worker);
    worker.start(() => {
      if (this.workers.get(grant.id) === worker) this.workers.delete(grant.id);
    });
  }
}
