import { Injectable } from '@nestjs/common';
import { REGISTRY_TERM, type RegistryTermState } from '#libs/contracts';
import { AggregateStore, History } from '#libs/history';
import { decodeCursor, likeFolded, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { entryRef } from '../history/state-sql.js';
import type { ListTermsQuery } from './term.requests.js';

const SELECT = `
  SELECT jsonb_build_object(
    'id', row.id, 'version', row.version, 'code', row.code, 'name', row.name, 'englishName', row.english_name,
    'meaning', row.meaning, 'type', row.type, 'codes', row.codes, 'codeSource', row.code_source,
    'legalBasis', row.legal_basis,
    'sourceOfTruth', CASE
      WHEN database.id IS NOT NULL THEN jsonb_build_object(
        'database', ${entryRef('database')}, 'agency', NULL)
      WHEN row.source_agency_name IS NOT NULL THEN jsonb_build_object(
        'database', NULL,
        'agency', jsonb_build_object('code', row.source_agency_code, 'name', row.source_agency_name)) END,
    'sharing', row.sharing, 'state', row.state) AS state
  FROM registry_term row LEFT JOIN registry_database database ON database.id = row.source_database_id`;

/** Terms of the shared dictionary, with every version that each of them had. */
@Injectable()
export class TermStore extends AggregateStore<RegistryTermState> {
  constructor(transactions: TransactionScope, history: History) {
    super({ aggregate: REGISTRY_TERM, table: 'registry_term', select: SELECT }, transactions, history);
  }

  /** By code. */
  async list(query: ListTermsQuery): Promise<Page<RegistryTermState>> {
    const { q, type, sharing, state, limit, cursor } = query;
    const filters = { q, type, sharing, state };
    const [after] = decodeCursor<[string]>(cursor, filters, ['text']) ?? [];
    const rows = await this.query(
      `WHERE ($1::text IS NULL OR row.search_text LIKE $1) AND ($2::text IS NULL OR row.type = $2)
         AND ($3::text IS NULL OR row.sharing = $3) AND ($4::text IS NULL OR row.state = $4)
         AND ($5::text IS NULL OR row.code > $5)
       ORDER BY row.code LIMIT $6`,
      [
        q === undefined ? null : likeFolded(q),
        type ?? null,
        sharing ?? null,
        state ?? null,
        after ?? null,
        limit + 1,
      ],
    );
    return toPage(rows, limit, (term) => [term.code], filters);
  }

  /** By code; unknown ones are left out. */
  async byCodes(codes: readonly string[]): Promise<Map<string, RegistryTermState>> {
    const rows = await this.query('WHERE row.code = ANY($1)', [codes]);
    return new Map(rows.map((term) => [term.code, term]));
  }

  /** Keeps this version of a term for good. Inside `run` only. */
  async keepVersion(state: RegistryTermState, at: Date): Promise<void> {
    await this.transactions.manager.query(
      `INSERT INTO registry_term_version (term_id, version, state, at) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [state.id, state.version, JSON.stringify(state), at],
    );
  }

  /** Versions of a term, the newest first. */
  async versions(
    id: string,
    { limit, cursor }: { limit: number; cursor?: string },
  ): Promise<Page<TermVersion>> {
    const [before] = decodeCursor<[number]>(cursor, { id }, ['integer']) ?? [];
    const rows = await this.transactions.manager.query<{ state: RegistryTermState; at: Date }[]>(
      `SELECT state, at FROM registry_term_version WHERE term_id = $1 AND ($2::int IS NULL OR version < $2)
        ORDER BY version DESC LIMIT $3`,
      [id, before ?? null, limit + 1],
    );
    const versions = rows.map(({ state, at }) => ({ ...state, recordedAt: at.toISOString() }));
    return toPage(versions, limit, ({ version }) => [version], { id });
  }

  /** Which of these versions of terms exist, as `id:version`. */
  async knownVersions(ids: readonly string[]): Promise<Set<string>> {
    const rows = await this.transactions.manager.query<{ key: string }[]>(
      `SELECT term_id || ':' || version AS key FROM registry_term_version WHERE term_id = ANY($1)`,
      [ids],
    );
    return new Set(rows.map(({ key }) => key));
  }
}

/** A term as it was in one of its versions. */
export interface TermVersion extends RegistryTermState {
  /** ISO 8601 UTC. */
  recordedAt: string;
}
