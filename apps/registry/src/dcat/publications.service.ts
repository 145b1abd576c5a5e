import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import {
  type DatasetClass,
  problem,
  REGISTRY_PUBLICATION_CHANGED,
  REGISTRY_PUBLICATION_STATED,
  type RegistryPublicationState,
} from '#libs/contracts';
import { fieldProblem } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { mayWriteEntry } from '../access/registry-access.js';
import { DatabasesQueries } from '../databases/databases.service.js';
import { type PublicationContent, PublicationStore } from './publication.store.js';

/** What a change may touch. */
export type PublicationChanges = Partial<PublicationContent & { access: DatasetClass }>;

const BLANK: PublicationContent = {
  englishTitle: null,
  description: null,
  themes: [],
  keywords: [],
  languages: [],
  licence: null,
  landingPage: null,
  period: null,
  contact: null,
  distributions: [],
  services: [],
};

/** How databases are described to open-data portals; the owner states it. */
@Injectable()
export class PublicationsService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly publications: PublicationStore,
    private readonly databases: DatabasesQueries,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `not-found`, `other-agency`, `conflict` when it was stated before, `validation-failed` */
  state(
    actor: Actor,
    databaseId: string,
    { access, ...stated }: PublicationChanges & { access: DatasetClass },
  ): Promise<RegistryPublicationState> {
    const content = { ...BLANK, ...stated };
    checkPeriod(content);
    return this.transactions.run(async (manager) => {
      await this.refuseOthers(actor, databaseId);
      const id = uuidv7();
      const inserted = await manager.query<unknown[]>(
        `INSERT INTO registry_publication (id, version, database_id, access, content, stated_at, changed_at)
         VALUES ($1, 1, $2, $3, $4, $5, $5) ON CONFLICT (database_id) DO NOTHING RETURNING id`,
        [id, databaseId, access, JSON.stringify(content), this.clock.now()],
      );
      if (inserted.length === 0) throw problem('conflict');
      return this.publications.added(actor, id, { type: REGISTRY_PUBLICATION_STATED });
    });
  }

  /** @throws problem `not-found`, `other-agency`, `stale-version`, `validation-failed` */
  async change(
    actor: Actor,
    databaseId: string,
    changes: PublicationChanges,
    ifMatch: number | undefined,
  ): Promise<RegistryPublicationState> {
    return this.transactions.run(async () => {
      await this.refuseOthers(actor, databaseId);
      const stated = await this.publications.ofDatabase(databaseId);
      if (!stated) throw problem('not-found');
      const change = { type: REGISTRY_PUBLICATION_CHANGED, ifMatch };
      return this.publications.alter(actor, stated.id, change, async (before, manager) => {
        const { id, version: _version, database: _database, access, ...content } = { ...before, ...changes };
        checkPeriod(content);
        // Portals that took it over while it was open are told when it ceased to be.
        await manager.query(
          `UPDATE registry_publication
              SET access = $2, content = $3, changed_at = $4,
                  closed_at = CASE WHEN $2 = 'open' THEN NULL WHEN access = 'open' THEN $4 ELSE closed_at END
            WHERE id = $1`,
          [id, access, JSON.stringify(content), this.clock.now()],
        );
      });
    });
  }

  private async refuseOthers(actor: Actor, databaseId: string): Promise<void> {
    const { owner } = await this.databases.read(databaseId);
    if (!mayWriteEntry(actor, owner?.code ?? null)) throw problem('other-agency');
  }
}

function checkPeriod({ period }: Pick<PublicationContent, 'period'>): void {
  if (period === null || period.from <= period.to) return;
  throw fieldProblem({ field: 'period.to', code: 'too-small', parameters: { min: period.from } });
}
