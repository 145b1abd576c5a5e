import type { DatabaseRef, RegistryFieldState, RegistryTermState, TermRef } from '#libs/contracts';
import { quoted, type RowValues, type TableRow } from '#libs/workbooks';
import { FIELD_LIMITS } from '../field.requests.js';
import type { FieldContent } from '../fields.service.js';
import { type FieldKey, TYPE_WORDS } from './columns.js';
import type { RemarkCode } from './remarks.js';

type Row = TableRow<FieldKey, RemarkCode>;

/** A row of a file of fields. */
export interface StatedField extends FieldContent {
  database: DatabaseRef;
}

/** What the cells of a file refer to. */
export interface NamedByFields {
  /** Databases of the catalogue by name. */
  databases: ReadonlyMap<string, DatabaseRef>;
  /** Terms by code. */
  terms: ReadonlyMap<string, RegistryTermState>;
  /** `id:version` of terms. */
  versions: ReadonlySet<string>;
}

export function fieldValues({
  database,
  name,
  description,
  type,
  term,
}: RegistryFieldState): RowValues<FieldKey> {
  return {
    database: database.name,
    name,
    description,
    type: type === null ? null : TYPE_WORDS[type],
    term: term?.code ?? null,
    termVersion: term?.version ?? null,
  };
}

/** Null for a row with a fault. */
export function readFieldRow(row: Row, named: NamedByFields): StatedField | null {
  const databaseName = row.requiredText('database', 500);
  const database = databaseName === null ? undefined : named.databases.get(databaseName);
  if (databaseName !== null && !database) {
    row.fault('database', 'unknown-database', { value: quoted(databaseName) });
  }
  const name = row.requiredText('name', FIELD_LIMITS.name);
  const description = row.text('description', FIELD_LIMITS.description, true);
  const type = row.word('type', TYPE_WORDS);
  const term = readTerm(row, named);
  if (!database || name === null || row.isFaulty) return null;
  return { database: { id: database.id, name: database.name }, name, description, type, term };
}

function readTerm(row: Row, { terms, versions }: NamedByFields): TermRef | null {
  const [code, written] = [row.text('term', 200), row.text('termVersion', 20)];
  if (code === null) {
    if (written !== null) row.fault('termVersion', 'version-without-term');
    return null;
  }
  if (written !== null && !/^[1-9][0-9]{0,5}$/.test(written)) {
    row.fault('termVersion', 'not-a-version', { value: quoted(written) });
    return null;
  }
  const term = terms.get(code);
  const version = written === null ? term?.version : Number(written);
  if (term && version !== undefined && versions.has(`${term.id}:${version}`)) {
    return { id: term.id, code, version };
  }
  row.fault('term', 'unknown-term', { value: quoted(code) });
  return null;
}
