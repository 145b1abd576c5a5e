import { Injectable } from '@nestjs/common';
import { REGISTRY_FIELD, type RegistryFieldState } from '#libs/contracts';
import { AggregateStore, History } from '#libs/history';
import { decodeCursor, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { entryRef } from '../history/state-sql.js';
import type { ListFieldsQuery } from './field.requests.js';

const SELECT = `
  SELECT jsonb_build_object(
    'id', row.id, 'version', row.version,
    'database', ${entryRef('database')},
    'name', row.name, 'description', row.description, 'type', row.type,
    'term', CASE WHEN term.id IS NOT NULL THEN jsonb_build_object(
      'id', term.id, 'code', term.code, 'version', row.term_version) END,
    'state', row.state) AS state
  FROM registry_field_mapping row
  JOIN registry_database database ON database.id = row.database_id
  LEFT JOIN registry_term term ON term.id = row.term_id`;

/** Fields of databases and the terms they are mapped to. */
@Injectable()
export class FieldStore extends AggregateStore<RegistryFieldState> {
  constructor(transactions: TransactionScope, history: History) {
    super(
      { aggregate: REGISTRY_FIELD, table: 'registry_field_mapping', select: SELECT },
      transactions,
      history,
    );
  }

  /** Present fields of a database, in the order of entry. */
  async list(databaseId: string, query: ListFieldsQuery): Promise<Page<RegistryFieldState>> {
    const { term, mapped, outdated, limit, cursor } = query;
    const filters = { databaseId, term, mapped, outdated };
    const [after] = decodeCursor<[string]>(cursor, filters, ['uuid']) ?? [];
    const rows = await this.query(
      `WHERE row.database_id = $1 AND row.state = 'present' AND ($2::uuid IS NULL OR row.id > $2)
         AND ($3::uuid IS NULL OR row.term_id = $3)
         AND ($4::boolean IS NULL OR (row.term_id IS NOT NULL) = $4)
         AND ($5::boolean IS NULL OR COALESCE(row.term_version < term.version, false) = $5)
       ORDER BY row.id LIMIT $6`,
      [databaseId, after ?? null, term ?? null, mapped ?? null, outdated ?? null, limit + 1],
    );
    return toPage(rows, limit, (field) => [field.id], filters);
  }

  /** All present fields of these databases. */
  ofDatabases(databaseIds: readonly string[]): Promise<RegistryFieldState[]> {
    return this.query(`WHERE row.database_id = ANY($1) AND row.state = 'present' ORDER BY row.id`, [
      databaseIds,
    ]);
  }
}
