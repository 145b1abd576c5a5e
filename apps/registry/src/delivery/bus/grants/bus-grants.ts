import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { type Bus, BusConnection, isNotFound } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import { GrantOpenings } from '../../../sharing/grants/grant-openings.js';
import { type LiveGrant, LiveGrants } from '../../../sharing/grants/live-grants.js';
import { sourceOf } from '../../sources/feed-source.js';
import { BusConsumerStore } from './bus-consumer.store.js';
import { GrantClosing } from './grant-closing.js';
import { GrantConsumers } from './grant-consumers.js';

const RECONCILE_MILLISECONDS = 30_000;
const RETRY_MILLISECONDS = 1_000;
/** While a stream is not there yet. */
const STREAM_RETRY_MILLISECONDS = 3_000;

/** Ways of sharing that use the bus; packages do not. */
export const BUS_METHODS = ['query', 'sync'] as const;

/**
 * Makes the bus equal to the grants: a consumer for each that is live, none for any other. Safe with any number of
 * replicas, since each consumer is opened and closed under the lock of its row, and with a bus that is away or was made
 * anew, since it is looked at each time the connection comes up, after each change, and every 30 s.
 */
@Injectable()
export class BusGrants implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('BusGrants');
  private timer: NodeJS.Timeout | undefined;
  private retry: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private ends: Promise<unknown> = Promise.resolve();
  private ending = false;

  constructor(
    private readonly bus: BusConnection,
    private readonly grants: LiveGrants,
    private readonly openings: GrantOpenings,
    private readonly store: BusConsumerStore,
    private readonly closing: GrantClosing,
    private readonly transactions: TransactionScope,
  ) {}

  onApplicationBootstrap(): void {
    const reconcile = () => {
      void this.reconcile();
    };
    this.bus.onConnected(reconcile);
    this.grants.onChange(() => {
      // An end does not wait for what is being opened just now.
      this.ends = Promise.all([this.ends, this.endNow()]);
      reconcile();
    });
    this.timer = setInterval(reconcile, RECONCILE_MILLISECONDS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.ending = true;
    clearInterval(this.timer);
    clearTimeout(this.retry);
    await Promise.all([this.running, this.ends]);
  }

  /** After those under way: whoever awaits it finds the bus as the grants are now. Does nothing without a bus. */
  reconcile(): Promise<void> {
    this.running = this.running.then(async () => {
      if (this.ending || !this.bus.connected) return;
      try {
        await this.reconcileWith(await this.bus.whenConnected());
      } catch (error) {
        this.tryAgain(error);
      }
    });
    return this.running;
  }

  private async reconcileWith(bus: Bus): Promise<void> {
    const consumers = new GrantConsumers(bus);
    await this.closeEnded(bus);
    const present = await consumers.present();
    const wanted = await this.wanted();
    for (const grant of wanted.values()) {
      // Opened, and cut off before that was noted: it is noted now.
      const isMissing = !present.has(grant.id) || !grant.isOpened;
      if (isMissing) await this.carryOn(() => this.open(consumers, grant));
    }
    for (const [id, stream] of present) {
      if (!wanted.has(id)) await this.carryOn(() => this.removeLeftOver(consumers, id, stream));
    }
  }

  private async endNow(): Promise<void> {
    if (this.ending || !this.bus.connected) return;
    await this.carryOn(async () => this.closeEnded(await this.bus.whenConnected()));
  }

  private async closeEnded(bus: Bus): Promise<void> {
    const [wanted, open] = await Promise.all([this.wanted(), this.store.open()]);
    const ended = open.filter(({ grantId }) => !wanted.has(grantId));
    await Promise.all(ended.map(({ grantId }) => this.carryOn(() => this.closing.close(bus, grantId))));
  }

  private async wanted(): Promise<Map<string, LiveGrant>> {
    const methods: readonly string[] = BUS_METHODS;
    const live = (await this.grants.all()).filter(({ method }) => methods.includes(method));
    return new Map(live.map((grant) => [grant.id, grant]));
  }

  private async open(consumers: GrantConsumers, { id }: LiveGrant): Promise<void> {
    await this.transactions.run(async () => {
      const grant = await this.grants.find(id);
      if (!grant) return;
      const source = sourceOf(grant);
      await this.store.note(id, source);
      // Under the lock it is looked at once more: whoever ended the grant meanwhile waits to close what is opened here.
      if (!(await this.grants.find(id))) return;
      await consumers.ensure(id, source);
      await this.openings.opened(id);
    });
  }

  /** A consumer of a bus that was restored from an old copy: nobody may use it. */
  private async removeLeftOver(consumers: GrantConsumers, id: string, stream: string): Promise<void> {
    await this.transactions.run(async () => {
      if (await this.store.lock(id)) return;
      if (await this.grants.find(id)) return;
      await consumers.remove(id, stream);
    });
  }

  /** One grant that cannot be carried out must not hinder the others. */
  private async carryOn(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.tryAgain(error);
    }
  }

  private tryAgain(error: unknown): void {
    // A service that has not started yet has not made its stream: that is no news, and may take a while.
    const isWaiting = isNotFound(error);
    if (!isWaiting) this.logger.warn(`grants are carried out later: ${(error as Error).message}`);
    clearTimeout(this.retry);
    if (this.ending) return;
    this.retry = setTimeout(
      () => {
        void this.reconcile();
      },
      isWaiting ? STREAM_RETRY_MILLISECONDS : RETRY_MILLISECONDS,
    );
  }
}
