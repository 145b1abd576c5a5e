import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Author } from '#libs/history';
import { FirstStart } from '#libs/persistence';
import { DatabasesService } from '../databases/databases.service.js';
import { type ListContent, ListsService } from '../lists/lists.service.js';
import { ListStore } from '../lists/list.store.js';
import { SystemsService } from '../systems/systems.service.js';
import { seedDatabases, seedLists, seedSystems } from './seed-catalogue.js';

const LOAD = 'catalogue';
const LISTS = 'lists';
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
    private readonly lists: ListsService,
    private readonly listStore: ListStore,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.firstStart.runOnce(LOAD, async () => {
      for (const database of seedDatabases()) await this.databases.register(AUTHOR, database);
      for (const system of seedSystems()) await this.systems.register(AUTHOR, system);
      this.logger.log('loaded the databases and systems that the source documents name');
    });
    await this.firstStart.runOnce(LISTS, async () => {
      // A registry that was installed before may have them already, under titles of its own.
      const known = await this.listStore.query('', []);
      const isKnown = ({ purpose, year }: ListContent) =>
        known.some((list) => list.purpose === purpose && list.year === year);
      for (const list of seedLists()) if (!isKnown(list)) await this.lists.open(AUTHOR, list);
    });
  }
}
