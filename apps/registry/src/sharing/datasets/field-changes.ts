import type { DatasetField, SharingDatasetState } from '#libs/contracts';
import { fieldProblem } from '#libs/http';
import type { TransactionScope } from '#libs/persistence';
import { registryProblem } from '../../problems.js';
import type { DatasetFieldBody } from './dataset.requests.js';

/** Named in a refusal at most. */
const MOST_NAMED = 20;

/** Fields as the catalogue keeps them. @throws problem `validation-failed` for a name that comes twice */
export function fieldsOf(fields: readonly DatasetFieldBody[]): DatasetField[] {
  const names = new Set<string>();
  for (const [index, { name }] of fields.entries()) {
    if (names.has(name)) throw fieldProblem({ field: `fields[${index}].name`, code: 'duplicate' });
    names.add(name);
  }
  return fields.map(({ name, meaning, type }) => ({ name, meaning: meaning ?? null, type }));
}

/** JSON Schema (draft 2020-12) of a record of these fields. */
export function schemaOf(fields: readonly DatasetField[]): object {
  const properties = fields.map(({ name, meaning, type }) => [
    name,
    { type, ...(meaning !== null && { description: meaning }) },
  ]);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: Object.fromEntries(properties) as Record<string, object>,
  };
}

/** A change of a dataset's fields. */
export interface FieldChange {
  before: SharingDatasetState;
  fields: readonly DatasetField[];
  isRestricted: boolean;
  /** Whether the agency that shares wants grants of all fields to get those that are added. */
  addedToAll: boolean;
  /** Day in Asia/Ho_Chi_Minh. */
  today: string;
}

/**
 * Refuses what would take from somebody what was granted, and what would give to somebody what was not. To be called
 * under the lock of the dataset.
 *
 * @throws problem `dataset-field-granted`, `dataset-granted-whole`; both name the grants and open requests
 */
export async function checkFieldChange(transactions: TransactionScope, change: FieldChange): Promise<void> {
  const { before, fields, isRestricted, addedToAll, today } = change;
  const types = new Map(fields.map(({ name, type }) => [name, type]));
  const lost = before.fields.filter(({ name, type }) => types.get(name) !== type).map(({ name }) => name);
  const known = new Set(before.fields.map(({ name }) => name));
  const added = fields.filter(({ name }) => !known.has(name)).map(({ name }) => name);
  const refuse = async (code: 'dataset-field-granted' | 'dataset-granted-whole', names: string[]) => {
    const ofAll = code === 'dataset-granted-whole';
    const holders = await holdersOf(transactions, before.id, ofAll ? [] : names, today);
    if (holders.length > 0)
      throw registryProblem(code, { fields: names.join(', '), holders: named(holders) });
  };
  if (lost.length > 0) await refuse('dataset-field-granted', lost);
  if (added.length > 0 && isRestricted && !addedToAll) await refuse('dataset-granted-whole', added);
}

function named(holders: readonly string[]): string {
  const more = holders.length - MOST_NAMED;
  return holders.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` … (+${more})` : '');
}

/** Grants that have not ended and requests that wait for an answer, of one of the fields or of all. */
async function holdersOf(
  transactions: TransactionScope,
  datasetId: string,
  fields: readonly string[],
  today: string,
): Promise<string[]> {
  const rows = await transactions.manager.query<{ id: string }[]>(
    `SELECT id FROM sharing_grant
     WHERE dataset_id = $1 AND state <> 'withdrawn' AND valid_until >= $3::date AND (fields IS NULL OR fields && $2::text[])
     UNION ALL
     SELECT id FROM sharing_request
     WHERE dataset_id = $1 AND state = 'submitted' AND (fields IS NULL OR fields && $2::text[]) ORDER BY id`,
    [datasetId, fields, today],
  );
  return rows.map(({ id }) => id);
}
