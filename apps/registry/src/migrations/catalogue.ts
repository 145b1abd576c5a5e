import type { MigrationInterface, QueryRunner } from 'typeorm';

const KINDS = {
  database: ['national', 'sector', 'provincial'],
  system: ['information-system', 'platform', 'portal', 'application', 'operations-centre', 'infrastructure'],
};
const LIFECYCLES = [
  'not-determined',
  'planned',
  'under-construction',
  'trial',
  'in-operation',
  'upgrading',
  'merging',
  'replaced',
  'retired',
];

/** Databases and systems with their life-cycle history. */
export class Catalogue1767312000000 implements MigrationInterface {
  name = 'Catalogue1767312000000';

  async up(runner: QueryRunner): Promise<void> {
    await createCatalogue(runner, 'database', KINDS.database);
    await createCatalogue(runner, 'system', KINDS.system);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE registry_database_lifecycle, registry_database, registry_system_lifecycle, registry_system`);
  }
}

async function createCatalogue(
  runner: QueryRunner,
  aggregate: string,
  kinds: readonly string[],
): Promise<void> {
  const table = `registry_${aggregate}`;
  await runner.query(`
    CREATE TABLE ${table} (
      id uuid PRIMARY KEY,
      version integer NOT NULL CHECK (version >= 1),
      name text NOT NULL UNIQUE CHECK (name <> ''),
      kind text NOT NULL CHECK (kind IN (${quoted(kinds)})),
      owner_code text,
      owner_name text,
      lifecycle text NOT NULL CHECK (lifecycle IN (${quoted(LIFECYCLES)})),
      lifecycle_on date,
      lifecycle_document text,
      source_document text,
      source_clause text,
      source_as_of date,
      note text,
      search_text text NOT NULL,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      CHECK (owner_name IS NOT NULL OR owner_code IS NULL),
      CHECK (source_document IS NOT NULL OR (source_clause IS NULL AND source_as_of IS NULL))
    )`);
  await runner.query(`CREATE INDEX ${table}_owner ON ${table} (owner_code, id)`);
  await runner.query(`
    CREATE TABLE ${table}_lifecycle (
      id uuid PRIMARY KEY,
      entry_id uuid NOT NULL REFERENCES ${table} (id),
      from_state text CHECK (from_state IN (${quoted(LIFECYCLES)})),
      to_state text NOT NULL CHECK (to_state IN (${quoted(LIFECYCLES)})),
      happened_on date,
      document text,
      note text,
      recorded_by text NOT NULL,
      recorded_by_agency text,
      recorded_at timestamptz NOT NULL,
      CHECK (from_state IS DISTINCT FROM to_state)
    )`);
  await runner.query(`CREATE INDEX ${table}_lifecycle_entry ON ${table}_lifecycle (entry_id, id)`);
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ');
}
