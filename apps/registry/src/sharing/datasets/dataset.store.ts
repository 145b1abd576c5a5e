import { Injectable } from '@nestjs/common';
import { SHARING_DATASET, type SharingDatasetState } from '#libs/contracts';
import { AggregateStore, History } from '#libs/history';
import { decodeCursor, likeFolded, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { agencyCode, entryRef } from '../../history/state-sql.js';
import { SharingAgencies } from '../sharing-agencies.js';
import type { ListDatasetsQuery } from './dataset.requests.js';

/** A joined `dataset` as requests and grants name it. */
export const DATASET_REF = `jsonb_build_object('id', dataset.id, 'code', dataset.code, 'title', dataset.title)`;

const SELECT = `
  SELECT jsonb_build_object(
    'id', row.id, 'version', row.version, 'code', row.code, 'service', row.service,
    'provider', ${agencyCode('row.provider')}, 'database', ${entryRef('database')},
    'title', row.title, 'meaning', row.meaning, 'classification', row.classification, 'access', row.access,
    'master', row.master, 'legalGround', row.legal_ground, 'stream', row.stream, 'subject', row.subject,
    'eventTypes', row.event_types, 'fields', row.fields, 'schema', row.schema, 'state', row.state) AS state
  FROM sharing_dataset row LEFT JOIN registry_database database ON database.id = row.database_id`;

@Injectable()
export class DatasetStore extends AggregateStore<SharingDatasetState> {
  constructor(
    transactions: TransactionScope,
    history: History,
    private readonly agencies: SharingAgencies,
  ) {
    super({ aggregate: SHARING_DATASET, table: 'sharing_dataset', select: SELECT }, transactions, history);
  }

  override async query(rest: string, parameters: readonly unknown[]): Promise<SharingDatasetState[]> {
    const states = await super.query(rest, parameters);
    return states.map((state) => ({ ...state, provider: this.agencies.named(state.provider) }));
  }

  /** By code. */
  async list(query: ListDatasetsQuery): Promise<Page<SharingDatasetState>> {
    const { q, provider, classification, access, database, state, limit, cursor } = query;
    const filters = { q, provider, classification, access, database, state };
    const [after] = decodeCursor<[string]>(cursor, filters, ['text']) ?? [];
    const rows = await this.query(
      `WHERE ($1::text IS NULL OR row.search LIKE $1) AND ($2::text IS NULL OR row.provider = $2)
         AND ($3::text IS NULL OR row.classification = $3) AND ($4::text IS NULL OR row.access = $4)
         AND ($5::uuid IS NULL OR row.database_id = $5) AND ($6::text IS NULL OR row.state = $6)
         AND ($7::text IS NULL OR row.code > $7)
       ORDER BY row.code LIMIT $8`,
      [
        q === undefined ? null : likeFolded(q),
        provider ?? null,
        classification ?? null,
        access ?? null,
        database ?? null,
        state ?? null,
        after ?? null,
        limit + 1,
      ],
    );
    return toPage(rows, limit, ({ code }) => [code], filters);
  }
}
