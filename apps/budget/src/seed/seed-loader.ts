import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { FirstStart } from '#libs/persistence';
import { ImportsService } from '../import/imports.service.js';
import { report2023 } from './report-2023.js';

const LOAD = 'report-2023';

/** Imports the report of 2023 into an empty service, once in the life of its database. */
@Injectable()
export class SeedLoader implements OnApplicationBootstrap {
  private readonly logger = new Logger('FirstStart');

  constructor(
    private readonly firstStart: FirstStart,
    private readonly imports: ImportsService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.firstStart.runOnce(LOAD, async () => {
      const count = await this.imports.load(report2023());
      this.logger.log(`loaded ${count} items of the report of 2023`);
    });
  }
}
