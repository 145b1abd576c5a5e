import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The shared data dictionary, the fields of databases, and what owners tell open-data portals. */
export class RegistryDictionary1790000005400 implements MigrationInterface {
  name = 'RegistryDictionary1790000005400';

  async up(runner: QueryRunner): Promise<void> {
    await createTerms(runner);
    await createFields(runner);
    await createPublications(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE registry_publication, registry_field_mapping, registry_dictionary_entry, registry_dictionary,
        registry_term_version, registry_term`);
  }
}

async function createTerms(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE registry_term (
      id uuid PRIMARY KEY,
      version integer NOT NULL CHECK (version >= 1),
      code text NOT NULL UNIQUE,
      name text NOT NULL CHECK (name <> ''),
      english_name text,
      meaning text NOT NULL CHECK (meaning <> ''),
      type text NOT NULL CHECK (type IN ('text', 'code', 'integer', 'decimal', 'boolean', 'date', 'date-time',
        'geometry', 'file')),
      codes jsonb NOT NULL,
      code_source text,
      legal_basis text,
      source_database_id uuid REFERENCES registry_database (id),
      source_agency_code text,
      source_agency_name text,
      sharing text CHECK (sharing IN ('shared', 'restricted', 'open')),
      state text NOT NULL CHECK (state IN ('in-use', 'withdrawn')),
      search_text text NOT NULL,
      CHECK (num_nonnulls(source_database_id, source_agency_name) <= 1)
    )`);
  await runner.query(`
    CREATE TABLE registry_term_version (
      term_id uuid NOT NULL REFERENCES registry_term (id),
      version integer NOT NULL,
      state jsonb NOT NULL,
      at timestamptz NOT NULL,
      PRIMARY KEY (term_id, version)
    )`);
  await runner.query(`
    CREATE TABLE registry_dictionary (
      id uuid PRIMARY KEY,
      version integer NOT NULL CHECK (version = 1),
      number text NOT NULL UNIQUE,
      published_on date NOT NULL,
      document text,
      note text
    )`);
  await runner.query(`
    CREATE TABLE registry_dictionary_entry (
      dictionary_id uuid NOT NULL REFERENCES registry_dictionary (id),
      term_id uuid NOT NULL,
      term_version integer NOT NULL,
      PRIMARY KEY (dictionary_id, term_id),
      FOREIGN KEY (term_id, term_version) REFERENCES registry_term_version (term_id, version)
    )`);
  for (const table of ['registry_term_version', 'registry_dictionary', 'registry_dictionary_entry']) {
    await runner.query(`
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ${table}
      FOR EACH ROW EXECUTE FUNCTION registry_append_only()`);
  }
}

async function createFields(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE registry_field_mapping (
      id uuid PRIMARY KEY,
      version integer NOT NULL CHECK (version >= 1),
      database_id uuid NOT NULL REFERENCES registry_database (id),
      name text NOT NULL CHECK (name <> ''),
      description text,
      type text CHECK (type IN ('text', 'code', 'integer', 'decimal', 'boolean', 'date', 'date-time', 'geometry',
        'file')),
      term_id uuid,
      term_version integer,
      state text NOT NULL CHECK (state IN ('present', 'removed')),
      FOREIGN KEY (term_id, term_version) REFERENCES registry_term_version (term_id, version),
      CHECK ((term_id IS NULL) = (term_version IS NULL))
    )`);
  await runner.query(`
    CREATE UNIQUE INDEX registry_field_mapping_once ON registry_field_mapping (database_id, name)
      WHERE state = 'present'`);
  await runner.query('CREATE INDEX registry_field_mapping_of ON registry_field_mapping (database_id, id)');
  await runner.query('CREATE INDEX registry_field_mapping_term ON registry_field_mapping (term_id)');
}

async function createPublications(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE registry_publication (
      id uuid PRIMARY KEY,
      version integer NOT NULL CHECK (version >= 1),
      database_id uuid NOT NULL UNIQUE REFERENCES registry_database (id),
      access text NOT NULL CHECK (access IN ('shared', 'restricted', 'open')),
      content jsonb NOT NULL,
      stated_at timestamptz NOT NULL,
      changed_at timestamptz NOT NULL,
      closed_at timestamptz,
      CHECK (closed_at IS NULL OR access <> 'open')
    )`);
}
