import { Injectable } from '@nestjs/common';
import { REGISTRY_LIST, type RegistryListState } from '#libs/contracts';
import { AggregateStore, History } from '#libs/history';
import { TransactionScope } from '#libs/persistence';

const SELECT = `
  SELECT jsonb_build_object(
    'id', row.id, 'version', row.version, 'purpose', row.purpose, 'year', row.year, 'title', row.title,
    'decision', row.decision, 'decidedOn', row.decided_on, 'expected', row.expected, 'reporting', row.reporting,
    'note', row.note,
    'entries', COALESCE((
      SELECT jsonb_agg(jsonb_build_object(
               'database', jsonb_build_object('id', entry.database_id, 'name', database.name),
               'position', entry.position, 'addedOn', entry.added_on, 'document', entry.document,
               'removedOn', entry.removed_on) ORDER BY entry.position)
        FROM registry_list_entry entry JOIN registry_database database ON database.id = entry.database_id
       WHERE entry.list_id = row.id), '[]')
  ) AS state
  FROM registry_list row`;

/** Lists with their entries, those that were taken off too. */
@Injectable()
export class ListStore extends AggregateStore<RegistryListState> {
  constructor(transactions: TransactionScope, history: History) {
    super({ aggregate: REGISTRY_LIST, table: 'registry_list', select: SELECT }, transactions, history);
  }

  /** Lists that a database is or was on. */
  ofDatabase(databaseId: string): Promise<RegistryListState[]> {
    return this.query(
      'WHERE EXISTS (SELECT 1 FROM registry_list_entry entry WHERE entry.list_id = row.id AND entry.database_id = $1)',
      [databaseId],
    );
  }
}
