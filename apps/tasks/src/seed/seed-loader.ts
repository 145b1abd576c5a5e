import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import { TransactionScope } from '#libs/persistence';
import { Agencies } from '../access/agencies.js';
import { TasksService } from '../assignments/tasks.service.js';
import { Directive } from '../directives/directive.entity.js';
import { DirectivesService } from '../directives/directives.service.js';
import { SEED_FILES, type SeedFile } from './seed-files.js';

/** Subject under which the history records what was loaded. */
const AUTHOR = 'first-start';

/** Loads the directives and tasks of the source documents, each once in the life of the database, with their events. */
@Injectable()
export class SeedLoader implements OnApplicationBootstrap {
  private readonly logger = new Logger('FirstStart');

  constructor(
    private readonly transactions: TransactionScope,
    private readonly directives: DirectivesService,
    private readonly tasks: TasksService,
    private readonly agencies: Agencies,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.transactions.run(async (manager) => {
      for (const file of SEED_FILES) {
        // A replica that starts at the same time waits here for the other's commit, and then finds the mark.
        const marked: unknown[] = await manager.query(
          `INSERT INTO seed_load (name, loaded_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING name`,
          [`seed-${file.seed}`, this.clock.now()],
        );
        if (marked.length > 0) await this.load(file);
      }
    });
  }

  private async load(file: SeedFile): Promise<void> {
    const { manager } = this.transactions;
    const registered = new Map<string, Directive>();
    for (const { key, issuer, ...stated } of file.directives) {
      const { id } = await this.directives.register({
        ...stated,
        issuer: this.agencies.require(issuer, key),
      });
      registered.set(key, await manager.findOneByOrFail(Directive, { id }));
    }
    for (const { directive: key, leads, collaborators, ...stated } of file.tasks) {
      const directive = registered.get(key);
      if (!directive) throw new Error(`seed ${file.seed}: there is no directive "${key}"`);
      await this.tasks.assign(
        directive,
        {
          ...stated,
          directiveId: directive.id,
          leads: this.agencies.requireAll(leads, 'leads'),
          collaborators: this.agencies.requireAll(collaborators, 'collaborators'),
        },
        { subject: AUTHOR, agency: directive.issuerCode },
      );
    }
    this.logger.log(
      `loaded ${file.directives.length} directives and ${file.tasks.length} tasks of seed ${file.seed}`,
    );
  }
}
