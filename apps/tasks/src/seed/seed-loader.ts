import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { FirstStart, TransactionScope } from '#libs/persistence';
import { Agencies } from '#libs/http';
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
    private readonly firstStart: FirstStart,
    private readonly transactions: TransactionScope,
    private readonly directives: DirectivesService,
    private readonly tasks: TasksService,
    private readonly agencies: Agencies,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.transactions.run(async () => {
      for (const file of SEED_FILES)
        await this.firstStart.runOnce(`seed-${file.seed}`, () => this.load(file));
    });
  }

  private async load(file: SeedFile): Promise<void> {
    const { manager } = this.transactions;
    const registered = new Map<string, Directive>();
    for (const { key, issuer, ...stated } of file.directives) {
      const { id } = await this.directives.register({
        ...stated,
        issuer: this.agencies.requirePresent(issuer, key),
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
          knownSince: 'assignment',
          leads: this.agencies.requireAllPresent(leads, 'leads'),
          collaborators: this.agencies.requireAllPresent(collaborators, 'collaborators'),
        },
        { subject: AUTHOR, agency: directive.issuerCode },
      );
    }
    this.logger.log(
      `loaded ${file.directives.length} directives and ${file.tasks.length} tasks of seed ${file.seed}`,
    );
  }
}
