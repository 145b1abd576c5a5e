import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import {
  type DatasetDeclaredState,
  SHARING_DATASET_CHANGED,
  SHARING_DATASET_CLOSED,
  SHARING_DATASET_REGISTERED,
  SHARING_DATASET_REOPENED,
  type SharingDatasetStatus,
} from '#libs/contracts';
import type { Author } from '#libs/history';
import { DatasetDeclarations } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import { DatasetStore } from './dataset.store.js';
import { searchText } from './datasets.js';

const LONGEST_NOTE = 4_000;

/** Held until the commit: replicas that start together take the declarations one after the other. */
const TAKE_TURNS = `SELECT pg_advisory_xact_lock(hashtext('declared datasets'))`;

const WRITE = `
  INSERT INTO sharing_dataset (id, version, code, service, provider, title, meaning, stream, subject, event_types,
    fields, schema, classification, access, master, legal_ground, state, declared_version, search, created_at, updated_at)
  VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $19)
  ON CONFLICT (id) DO UPDATE SET provider = excluded.provider, title = excluded.title, meaning = excluded.meaning,
    stream = excluded.stream, subject = excluded.subject, event_types = excluded.event_types, fields = excluded.fields,
    schema = excluded.schema, classification = excluded.classification, access = excluded.access,
    master = excluded.master, legal_ground = excluded.legal_ground, state = excluded.state, declared_version = excluded.declared_version,
    search = excluded.search, updated_at = excluded.updated_at`;

/**
 * What the services declare, taken over into the catalogue: the newer declaration wins, whatever the order in which they
 * come. A withdrawn dataset is closed, and open again once it is offered anew. The registry takes its own from its own
 * declarations, since it does not listen to itself.
 */
@Injectable()
export class DeclaredDatasets implements OnApplicationBootstrap {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly datasets: DatasetStore,
    private readonly declarations: DatasetDeclarations,
    private readonly clock: Clock,
  ) {
    declarations.onChange((changed) => this.take(changed));
  }

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
    const [known] = await manager.query<{ version: number; state: SharingDatasetStatus }[]>(
      'SELECT declared_version AS version, state FROM sharing_dataset WHERE id = $1',
      [id],
    );
    if (known && known.version >= version) return;
    if (known) {
      const type = changeOf(known.state, stateOf(declared));
      const note = type === SHARING_DATASET_CLOSED ? await this.closingNote(id) : null;
      await this.datasets.alter(author, id, { type, note }, async () => {
        await this.write(declared, service);
      });
    } else {
      await this.write(declared, service);
      await this.datasets.added(author, id, { type: SHARING_DATASET_REGISTERED });
    }
  }

  /** For Sở KH&CN, which finds the grants themselves by `GET /v1/grants?datasetState=closed`. */
  private async closingNote(id: string): Promise<string> {
    const grants = await this.transactions.manager.query<{ receiver: string }[]>(
      `SELECT receiver FROM sharing_grant
       WHERE dataset_id = $1 AND state <> 'withdrawn' AND valid_until >= $2::date ORDER BY receiver`,
      [id, this.clock.today()],
    );
    const receivers = grants.map(({ receiver }) => receiver).join(', ');
    const left = grants.length === 0 ? '' : ` Còn ${grants.length} thỏa thuận chưa kết thúc: ${receivers}.`;
    return `Dịch vụ không còn cung cấp bộ dữ liệu này.${left}`.slice(0, LONGEST_NOTE);
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
      stateOf(declared),
      declared.version,
      searchText(declared),
      this.clock.now(),
    ]);
  }
}

function stateOf({ offered }: DatasetDeclaredState): SharingDatasetStatus {
  return offered === false ? 'closed' : 'open';
}

function changeOf(before: SharingDatasetStatus, after: SharingDatasetStatus): string {
  if (before === after) return SHARING_DATASET_CHANGED;
  return after === 'closed' ? SHARING_DATASET_CLOSED : SHARING_DATASET_REOPENED;
}
