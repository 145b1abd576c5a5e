import type { MigrationInterface, QueryRunner } from 'typeorm';

const USE_STATES = `'not-determined', 'not-used', 'connecting', 'in-use', 'partly-used', 'suspended', 'no-longer-used'`;
const SHARING_SCOPES = `'national-group-a', 'national-group-b', 'ministry', 'province', 'internal', 'private'`;

/** All attributes of databases and systems, codes that are never given twice, and the history of every change. */
export class RegistryAttributes1790000005000 implements MigrationInterface {
  name = 'RegistryAttributes1790000005000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['registry_database', 'registry_system']) await addCommonColumns(runner, table);
    await runner.query(`
      ALTER TABLE registry_database
        ADD COLUMN scope text,
        ADD COLUMN sharing_scope text CHECK (sharing_scope IN (${SHARING_SCOPES})),
        ADD COLUMN target_quarter text CHECK (target_quarter ~ '^[0-9]{4}-Q[1-4]$'),
        ADD COLUMN budget_split jsonb,
        ADD COLUMN partners jsonb NOT NULL DEFAULT '[]',
        ADD COLUMN lists jsonb NOT NULL DEFAULT '[]',
        ADD COLUMN funding jsonb NOT NULL DEFAULT '{"items": [], "allocated": 0}'`);
    await runner.query(`ALTER TABLE registry_system ADD COLUMN security jsonb`);
    await runner.query(`
      CREATE TABLE registry_code (
        catalogue text NOT NULL CHECK (catalogue IN ('database', 'system')),
        code text NOT NULL CHECK (code <> ''),
        entry_id uuid NOT NULL,
        PRIMARY KEY (catalogue, code)
      )`);
    await runner.query(`
      CREATE TABLE registry_change (
        aggregate text NOT NULL,
        aggregate_id uuid NOT NULL,
        version integer NOT NULL CHECK (version >= 1),
        action text NOT NULL,
        changed text[] NOT NULL,
        note text,
        document text,
        author text NOT NULL,
        author_agency text,
        at timestamptz NOT NULL,
        PRIMARY KEY (aggregate, aggregate_id, version)
      )`);
    await runner.query(`
      CREATE FUNCTION registry_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME; END $$`);
    for (const table of ['registry_code', 'registry_change']) {
      await runner.query(`
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ${table}
        FOR EACH ROW EXECUTE FUNCTION registry_append_only()`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE registry_change, registry_code');
    await runner.query('DROP FUNCTION registry_append_only');
    await runner.query('ALTER TABLE registry_system DROP COLUMN security');
    await runner.query(`
      ALTER TABLE registry_database DROP COLUMN scope, DROP COLUMN sharing_scope, DROP COLUMN target_quarter,
        DROP COLUMN budget_split, DROP COLUMN partners, DROP COLUMN lists, DROP COLUMN funding`);
    for (const table of ['registry_database', 'registry_system']) {
      await runner.query(`
        ALTER TABLE ${table} DROP COLUMN code, DROP COLUMN operator_code, DROP COLUMN operator_name,
          DROP COLUMN technical_contact, DROP COLUMN use_state, DROP COLUMN use_on, DROP COLUMN use_document,
          DROP COLUMN documents, DROP COLUMN open_attributes`);
    }
  }
}

async function addCommonColumns(runner: QueryRunner, table: string): Promise<void> {
  await runner.query(`
    ALTER TABLE ${table}
      ADD COLUMN code text UNIQUE,
      ADD COLUMN operator_code text,
      ADD COLUMN operator_name text,
      ADD COLUMN technical_contact jsonb,
      ADD COLUMN use_state text NOT NULL DEFAULT 'not-determined' CHECK (use_state IN (${USE_STATES})),
      ADD COLUMN use_on date,
      ADD COLUMN use_document text,
      ADD COLUMN documents jsonb NOT NULL DEFAULT '[]',
      ADD COLUMN open_attributes jsonb NOT NULL DEFAULT '[]',
      ADD CHECK (operator_name IS NOT NULL OR operator_code IS NULL)`);
}
