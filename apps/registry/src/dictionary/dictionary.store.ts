import { Injectable } from '@nestjs/common';
import { REGISTRY_DICTIONARY, type RegistryDictionaryState, type RegistryTermState } from '#libs/contracts';
import { AggregateStore, History } from '#libs/history';
import { type CursorQuery, decodeCursor, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';

const SELECT = `
  SELECT jsonb_build_object(
    'id', row.id, 'version', row.version, 'number', row.number, 'publishedOn', row.published_on,
    'document', row.document, 'note', row.note,
    'terms', (SELECT count(*) FROM registry_dictionary_entry entry WHERE entry.dictionary_id = row.id)) AS state
  FROM registry_dictionary row`;

/** Published versions of the dictionary. */
@Injectable()
export class DictionaryStore extends AggregateStore<RegistryDictionaryState> {
  constructor(transactions: TransactionScope, history: History) {
    super(
      { aggregate: REGISTRY_DICTIONARY, table: 'registry_dictionary', select: SELECT },
      transactions,
      history,
    );
  }

  /** The newest first. */
  async list({ limit, cursor }: CursorQuery): Promise<Page<RegistryDictionaryState>> {
    const [before] = decodeCursor<[string]>(cursor, {}, ['uuid']) ?? [];
    const rows = await this.query('WHERE $1::uuid IS NULL OR row.id < $1 ORDER BY row.id DESC LIMIT $2', [
      before ?? null,
      limit + 1,
    ]);
    return toPage(rows, limit, (dictionary) => [dictionary.id]);
  }

  async newest(): Promise<RegistryDictionaryState | null> {
    const [newest] = await this.query('ORDER BY row.id DESC LIMIT 1', []);
    return newest ?? null;
  }

  /** Puts every term in use into a version, as it is now. Inside `run` only. */
  async fill(id: string): Promise<void> {
    await this.transactions.manager.query(
      `INSERT INTO registry_dictionary_entry (dictionary_id, term_id, term_version)
       SELECT $1, term.id, term.version FROM registry_term term WHERE term.state = 'in-use'`,
      [id],
    );
  }

  /** Whether the terms in use are not, each in its version, those of a published version. */
  async differs(id: string): Promise<boolean> {
    const rows = await this.transactions.manager.query<unknown[]>(
      `SELECT 1 FROM (SELECT * FROM registry_term WHERE state = 'in-use') term
         FULL JOIN (SELECT * FROM registry_dictionary_entry WHERE dictionary_id = $1) entry
           ON entry.term_id = term.id AND entry.term_version = term.version
        WHERE entry.term_id IS NULL OR term.id IS NULL LIMIT 1`,
      [id],
    );
    return rows.length > 0;
  }

  /** Terms of a published version as they were then, by code. */
  async terms(id: string, { limit, cursor }: CursorQuery): Promise<Page<RegistryTermState>> {
    const [after] = decodeCursor<[string]>(cursor, { id }, ['text']) ?? [];
    const rows = await this.transactions.manager.query<{ state: RegistryTermState }[]>(
      `SELECT version.state FROM registry_dictionary_entry entry
         JOIN registry_term term ON term.id = entry.term_id
         JOIN registry_term_version version
           ON version.term_id = entry.term_id AND version.version = entry.term_version
        WHERE entry.dictionary_id = $1 AND ($2::text IS NULL OR term.code > $2)
        ORDER BY term.code LIMIT $3`,
      [id, after ?? null, limit + 1],
    );
    return toPage(
      rows.map(({ state }) => state),
      limit,
      (term) => [term.code],
      { id },
    );
  }
}
