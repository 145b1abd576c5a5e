import { Injectable } from '@nestjs/common';
import type { FieldMappingStanding } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { DictionaryStanding } from '../dictionary/dictionary-standing.js';

/** Which databases have an open sharing service. */
export abstract class SharingStanding {
  /** @returns number of open services by database; a database that is left out has none */
  abstract services(databaseIds: readonly string[]): Promise<Map<string, number>>;
}

/** From the datasets that are shared. */
@Injectable()
export class DatasetSharingStanding extends SharingStanding {
  constructor(private readonly transactions: TransactionScope) {
    super();
  }

  async services(databaseIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.transactions.manager.query<{ id: string; services: number }[]>(
      `SELECT database_id AS id, count(*)::int AS services FROM sharing_dataset
        WHERE database_id = ANY($1) AND state = 'open' GROUP BY database_id`,
      [databaseIds],
    );
    return new Map(rows.map(({ id, services }) => [id, services]));
  }
}

/** What other parts of the registry know of a database's quality. */
export interface Standing {
  mapping: FieldMappingStanding | null;
  services: number;
}

/** Reads what other parts of the registry know of the quality of databases. */
@Injectable()
export class Standings {
  constructor(
    private readonly dictionary: DictionaryStanding,
    private readonly sharing: SharingStanding,
  ) {}

  async of(databaseIds: readonly string[]): Promise<(databaseId: string) => Standing> {
    const mappings = await this.dictionary.mappingStanding([...databaseIds]);
    const services = await this.sharing.services(databaseIds);
    return (id) => {
      const mapping = mappings.get(id);
      return {
        mapping: mapping === undefined || mapping.fields === 0 ? null : mapping,
        services: services.get(id) ?? 0,
      };
    };
  }
}
