import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { FirstStart } from '#libs/persistence';
import { ItemsService } from '../items/items.service.js';
import { itemsOf2023 } from './report-2023.js';

const LOAD = 'report-2023';

/** Loads the report of 2023 into an empty service, once in the life of its database, as if somebody entered it. */
@Injectable()
export class SeedLoader implements OnApplicationBootstrap {
  private readonly logger = new Logger('FirstStart');

  constructor(
    private readonly firstStart: FirstStart,
    private readonly items: ItemsService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.firstStart.runOnce(LOAD, async () => {
      const items = itemsOf2023();
      for (const item of items) await this.items.register(item);
      this.logger.log(`loaded ${items.length} items of the report of 2023`);
    });
  }
}
