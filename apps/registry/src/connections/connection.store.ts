import { Injectable } from '@nestjs/common';
import { REGISTRY_CONNECTION, type RegistryConnectionState } from '#libs/contracts';
import { AggregateStore, History } from '#libs/history';
import { decodeCursor, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import type { ListConnectionsQuery } from './connection.requests.js';

const REF = (entry: string) =>
  `CASE WHEN ${entry}.id IS NULL THEN NULL ELSE jsonb_build_object('id', ${entry}.id, 'name', ${entry}.name) END`;

const SELECT = `
  SELECT jsonb_build_object(
    'id', row.id, 'version', row.version,
    'database', ${REF('database')}, 'system', ${REF('system')},
    'owner', CASE WHEN COALESCE(database.owner_name, system.owner_name) IS NULL THEN NULL ELSE jsonb_build_object(
      'code', COALESCE(database.owner_code, system.owner_code),
      'name', COALESCE(database.owner_name, system.owner_name)) END,
    'target', jsonb_build_object('database', ${REF('target')}, 'platform', row.target_platform),
    'channel', row.channel, 'frequency', row.frequency, 'legalGround', row.legal_ground,
    'protection', row.protection, 'state', row.state, 'stateOn', row.state_on, 'documents', row.documents,
    'note', row.note) AS state
  FROM registry_connection row
  LEFT JOIN registry_database database ON database.id = row.database_id
  LEFT JOIN registry_system system ON system.id = row.system_id
  LEFT JOIN registry_database target ON target.id = row.target_database_id`;

@Injectable()
export class ConnectionStore extends AggregateStore<RegistryConnectionState> {
  constructor(transactions: TransactionScope, history: History) {
    super(
      { aggregate: REGISTRY_CONNECTION, table: 'registry_connection', select: SELECT },
      transactions,
      history,
    );
  }

  /** In the order of entry. */
  async list(query: ListConnectionsQuery): Promise<Page<RegistryConnectionState>> {
    const { database, system, target, state, channel, limit, cursor } = query;
    const filters = { database, system, target, state, channel };
    const [after] = decodeCursor<[string]>(cursor, filters, ['uuid']) ?? [];
    const rows = await this.query(
      `WHERE ($1::uuid IS NULL OR row.database_id = $1) AND ($2::uuid IS NULL OR row.system_id = $2)
         AND ($3::uuid IS NULL OR row.target_database_id = $3) AND ($4::text IS NULL OR row.state = $4)
         AND ($5::text IS NULL OR row.channel = $5) AND ($6::uuid IS NULL OR row.id > $6)
       ORDER BY row.id LIMIT $7`,
      [
        database ?? null,
        system ?? null,
        target ?? null,
        state ?? null,
        channel ?? null,
        after ?? null,
        limit + 1,
      ],
    );
    return toPage(rows, limit, (connection) => [connection.id], filters);
  }

  /** Connections to any of the databases. */
  toDatabases(ids: readonly string[]): Promise<RegistryConnectionState[]> {
    return this.query('WHERE row.target_database_id = ANY($1) ORDER BY row.id', [ids]);
  }
}
