import pg from 'pg';
import { ProfileError, type ProfilePlan } from './profile-plan.js';
import { type TableFigures, TableProfile } from './table-profile.js';

/** Rows that are fetched at a time. */
const FETCHED = 1_000;

/**
 * Profiles a table or view of PostgreSQL through a cursor of the server, in one read-only transaction: what others write
 * meanwhile is not seen. Values are taken as text, as PostgreSQL writes them.
 *
 * @param url connection string
 * @param name table or view, with its schema or without
 * @param progress is told the records read so far
 * @throws ProfileError when there is no such table
 */
export async function profileTable(
  url: string,
  name: string,
  plan: ProfilePlan,
  progress: (records: number) => void = () => undefined,
): Promise<TableFigures> {
  const client = new pg.Client({ connectionString: url, application_name: 'ioc-profiler' });
  await client.connect();
  try {
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { table, columns } = await columnsOf(client, name);
    const texts = columns.map((column) => `${client.escapeIdentifier(column)}::text`);
    await client.query(`DECLARE profiled NO SCROLL CURSOR FOR SELECT ${texts.join(', ')} FROM ${table}`);
    return await readAll(client, new TableProfile(columns, plan), progress);
  } finally {
    await client.end();
  }
}

async function readAll(
  client: pg.Client,
  profile: TableProfile,
  progress: (records: number) => void,
): Promise<TableFigures> {
  try {
    for (let read = 0; ;) {
      const { rows } = await client.query<(string | null)[]>({
        text: `FETCH ${FETCHED} FROM profiled`,
        rowMode: 'array',
      });
      if (rows.length === 0) return profile.figures();
      for (const row of rows) profile.add(row);
      read += rows.length;
      progress(read);
    }
  } finally {
    profile.close();
  }
}

/** The table as PostgreSQL itself writes it, so that no text of the caller gets into a statement. */
async function columnsOf(client: pg.Client, name: string): Promise<{ table: string; columns: string[] }> {
  const { rows } = await client.query<{ table: string; columns: string[] }>(
    `SELECT quote_ident(space.nspname) || '.' || quote_ident(class.relname) AS table,
            array_agg(attribute.attname::text ORDER BY attribute.attnum) AS columns
       FROM pg_class class
       JOIN pg_namespace space ON space.oid = class.relnamespace
       JOIN pg_attribute attribute ON attribute.attrelid = class.oid AND attribute.attnum > 0 AND NOT attribute.attisdropped
      WHERE class.oid = to_regclass($1)
      GROUP BY space.nspname, class.relname`,
    [name],
  );
  const [found] = rows;
  if (!found) throw new ProfileError(`there is no table "${name}", or this user may not see it`);
  return found;
}
