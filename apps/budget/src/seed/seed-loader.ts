import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import { TransactionScope } from '#libs/persistence';
import { ItemsService } from '../items/items.service.js';
import { itemsOf2023 } from './report-2023.js';

const LOAD = 'report-2023';

/** Loads the report of 2023 into an empty service, once in the life of its database, as if somebody entered it. */
@Injectable()
export class SeedLoader implements OnApplicationBootstrap {
  private readonly logger = new Logger('FirstStart');

  constructor(
    private readonly transactions: TransactionScope,
    private readonly items: ItemsService,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.transactions.run(async (manager) => {
      // A replica that starts at the same time waits here for the other's commit, and then finds the mark.
      const marked: unknown[] = await manager.query(
        `INSERT INTO seed_load (name, loaded_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING name`,
        [LOAD, this.clock.now()],
      );
      if (marked.length === 0) return;
      const items = itemsOf2023();
      for (const item of items) await this.items.register(item);
      this.logger.log(`loaded ${items.length} items of the report of 2023`);
    });
  }
}
