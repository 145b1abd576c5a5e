import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import { TransactionScope } from '#libs/persistence';
import type { Recorder } from '../catalogue/catalogue.js';
import { DatabasesService } from '../databases/databases.service.js';
import { SystemsService } from '../systems/systems.service.js';
import { seedDatabases, seedSystems } from './seed-catalogue.js';

const LOAD = 'catalogue';
/** Whom the history names for what was loaded. */
const AUTHOR: Recorder = { subject: 'first-start', agency: null };

/** Loads what the source documents name into an empty service, once in the life of its database. */
@Injectable()
export class SeedLoader implements OnApplicationBootstrap {
  private readonly logger = new Logger('FirstStart');

  constructor(
    private readonly transactions: TransactionScope,
    private readonly databases: DatabasesService,
    private readonly systems: SystemsService,
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
      for (const database of seedDatabases()) await this.databases.register(AUTHOR, database);
      for (const system of seedSystems()) await this.systems.register(AUTHOR, system);
      this.logger.log('loaded the databases and systems that the source documents name');
    });
  }
}
