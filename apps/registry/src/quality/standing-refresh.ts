import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { NOTHING_KNOWN } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { QualityService } from './quality.service.js';
import { QualityStore } from './quality.store.js';
import { type Standing, Standings } from './standings.js';

const PERIOD = 60_000;

/**
 * Brings into the events of quality what the dictionary and the sharing part know: they change without a word to this
 * part, so that it looks every minute. Readers of the API are answered from the tables themselves.
 */
@Injectable()
export class StandingRefresh implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Quality');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly transactions: TransactionScope,
    private readonly standings: Standings,
    private readonly store: QualityStore,
    private readonly quality: QualityService,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.refresh(), PERIOD).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** Looks once, after a look that is under way; what fails is logged and tried again at the next. */
  refresh(): Promise<void> {
    this.running = this.running
      .then(() => this.look())
      .catch((error: unknown) => {
        this.logger.error({ message: 'standings could not be brought up to date', err: error });
      });
    return this.running;
  }

  private async look(): Promise<void> {
    const rows = await this.transactions.manager.query<{ id: string }[]>(
      'SELECT id FROM registry_database ORDER BY id',
    );
    const ids = rows.map(({ id }) => id);
    const [told, standingOf] = [await this.store.many(ids), await this.standings.of(ids)];
    for (const id of ids) {
      const standing = standingOf(id);
      const { mapping, services }: Standing = told.get(id) ?? NOTHING_KNOWN;
      if (isDeepStrictEqual({ mapping, services }, { ...standing })) continue;
      await this.quality.setStanding(id, standing);
    }
  }
}
