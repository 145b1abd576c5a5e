import { Injectable } from '@nestjs/common';
import { TransactionScope } from '#libs/persistence';

/** How far a database's fields are mapped to the shared dictionary. */
export interface MappingStanding {
  /** Present fields of the database; 0: nobody has entered any. */
  fields: number;
  /** Of these: mapped to a term that is in use. */
  mapped: number;
  /** Number of the newest published dictionary that has every mapped term in the mapped version; null: there is none. */
  dictionaryVersion: string | null;
}

const STANDING = `
  WITH counts AS (
    SELECT field.database_id AS id, count(*)::int AS fields,
           (count(*) FILTER (WHERE term.state = 'in-use'))::int AS mapped
      FROM registry_field_mapping field LEFT JOIN registry_term term ON term.id = field.term_id
     WHERE field.state = 'present' AND field.database_id = ANY($1)
     GROUP BY field.database_id),
  used AS (
    SELECT DISTINCT field.database_id, field.term_id, field.term_version
      FROM registry_field_mapping field JOIN registry_term term ON term.id = field.term_id
     WHERE field.state = 'present' AND term.state = 'in-use' AND field.database_id = ANY($1))
  SELECT counts.*,
         (SELECT dictionary.number FROM registry_dictionary dictionary
           WHERE counts.mapped > 0 AND NOT EXISTS (
             SELECT 1 FROM used
               LEFT JOIN registry_dictionary_entry entry ON entry.dictionary_id = dictionary.id
                AND entry.term_id = used.term_id AND entry.term_version = used.term_version
              WHERE used.database_id = counts.id AND entry.term_id IS NULL)
           ORDER BY dictionary.id DESC LIMIT 1) AS "dictionaryVersion"
    FROM counts`;

/** What other parts of the registry ask about the mapping of fields to the shared dictionary. */
@Injectable()
export class DictionaryStanding {
  constructor(private readonly transactions: TransactionScope) {}

  /** By database; every one that was asked for is in the answer. */
  async mappingStanding(databaseIds: readonly string[]): Promise<Map<string, MappingStanding>> {
    const rows = await this.transactions.manager.query<(MappingStanding & { id: string })[]>(STANDING, [
      databaseIds,
    ]);
    const nothing: MappingStanding = { fields: 0, mapped: 0, dictionaryVersion: null };
    const standing = new Map<string, MappingStanding>(databaseIds.map((id) => [id, nothing]));
    for (const { id, ...found } of rows) standing.set(id, found);
    return standing;
  }
}
