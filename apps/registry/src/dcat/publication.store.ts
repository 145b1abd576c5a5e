import { Injectable } from '@nestjs/common';
import { REGISTRY_PUBLICATION, type RegistryPublicationState } from '#libs/contracts';
import { AggregateStore, History } from '#libs/history';
import { TransactionScope } from '#libs/persistence';
import { entryRef } from '../history/state-sql.js';

/** Everything of a publication but what the table has columns for. */
export type PublicationContent = Omit<RegistryPublicationState, 'id' | 'version' | 'database' | 'access'>;

const SELECT = `
  SELECT jsonb_build_object(
    'id', row.id, 'version', row.version,
    'database', ${entryRef('database')},
    'access', row.access) || row.content AS state
  FROM registry_publication row JOIN registry_database database ON database.id = row.database_id`;

/** What owners tell open-data portals about their databases. */
@Injectable()
export class PublicationStore extends AggregateStore<RegistryPublicationState> {
  constructor(transactions: TransactionScope, history: History) {
    super(
      { aggregate: REGISTRY_PUBLICATION, table: 'registry_publication', select: SELECT },
      transactions,
      history,
    );
  }

  /** Null while the owner has stated nothing. */
  async ofDatabase(databaseId: string): Promise<RegistryPublicationState | null> {
    const [state] = await this.query('WHERE row.database_id = $1', [databaseId]);
    return state ?? null;
  }
}
