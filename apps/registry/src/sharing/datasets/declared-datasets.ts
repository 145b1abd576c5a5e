import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import {
  type DatasetDeclaredState,
  SHARING_DATASET_CHANGED,
  SHARING_DATASET_REGISTERED,
} from '#libs/contracts';
import { DatasetDeclarations } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import type { Author } from '../../history/history.service.js';
import { DatasetStore } from './dataset.store.js';
import { searchText } from './datasets.js';

/** Held until the commit: replicas that start together take the declarations one after the other. */
const TAKE_TURNS = `SELECT pg_advisory_xact_lock(hashtext('declared datasets'))`;

const WRITE = `
  INSERT INTO sharing_dataset (id, version, code, service, provider, title, meaning, stream, subject, event_types,
    fields, schema, classification, access, master, legal_ground, state, declared_version, search, created_at, updated_at)
  VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'open', $16, $17, $18, $18)
  ON CONFLICT (id) DO UPDATE SET provider = excluded.provider, title = excluded.title, meaning = excluded.meaning,
    stream = excluded.stream, subject = excluded.subject, event_types = excluded.event_types, fields = excluded.fields,
    schema = excluded.schema, classification = excluded.classification, access = excluded.access,
    master = excluded.master, legal_ground = excluded.legal_ground, declared_version = excluded.declared_version,
    search = excluded.search, updated_at = excluded.updated_at`;

/**
 * What the services declare, taken over into the catalogue: the newer declaration wins, whatever the order in which they
 * come. The registry takes its own at its start, since it does not listen to itself.
 */
@Injectable()
export class DeclaredDatasets implements OnApplicationBootstrap {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly datasets: DatasetStore,
    private readonly declarations: DatasetDeclarations,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.take(await this.declarations.declare());
  }

  take(declared: readonly DatasetDeclaredState[]): Promise<void> {
    return this.transactions.run(async (manager) => {
      await manager.query(TAKE_TURNS);
      for (const dataset of declared) await this.takeOne(dataset);
    });
  }

  private async takeOne(declared: DatasetDeclaredState): Promise<void> {
    const { id, version, code } = declared;
    const [service = ''] = code.split('.');
    const author: Author = { subject: service, agency: null };
    const { manager } = this.transactions;
    const [known] = await manager.query<{ version: number }[]>(
      'SELECT declared_version AS version FROM sharing_dataset WHERE id = $1',
      [id],
    );
    if (known && known.version >= version) return;
    if (known) {
      await this.datasets.alter(author, id, { type: SHARING_DATASET_CHANGED }, async () => {
        await this.write(declared, service);
      });
    } else {
      await this.write(declared, service);
      await this.datasets.added(author, id, { type: SHARING_DATASET_REGISTERED });
    }
  }

  private write(declared: DatasetDeclaredState, service: string): Promise<unknown> {
    return this.transactions.manager.query(WRITE, [
      declared.id,
      declared.code,
      service,
      declared.provider,
      declared.title,
      declared.meaning,
      declared.stream,
      declared.subject,
      declared.eventTypes,
      JSON.stringify(declared.fields),
      declared.schema,
      declared.classification,
      declared.access,
      declared.master,
      declared.legalGround,
      declared.version,
      searchText(declared),
      this.clock.now(),
    ]);
  }
}
