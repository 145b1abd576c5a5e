import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { FirstStart } from '#libs/persistence';
import type { Author } from '../history/history.service.js';
import { DatabasesService } from '../databases/databases.service.js';
import { SystemsService } from '../systems/systems.service.js';
import { seedDatabases, seedSystems } from './seed-catalogue.js';

const LOAD = 'catalogue';
/** Whom the history names for what was loaded. */
const AUTHOR: Author = { subject: 'first-start', agency: null };

/** Loads what the source documents name into an empty service, once in the life of its database. */
@Injectable()
export class SeedLoader implements OnApplicationBootstrap {
  private readonly logger = new Logger('FirstStart');

  constructor(
    private readonly firstStart: FirstStart,
    private readonly databases: DatabasesService,
    private readonly systems: SystemsService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.firstStart.runOnce(LOAD, async () => {
      for (const database of seedDatabases()) await this.databases.register(AUTHOR, database);
      for (const system of seedSystems()) await this.systems.register(AUTHOR, system);
      this.logger.log('loaded the databases and systems that the source documents name');
    });
  }
}
