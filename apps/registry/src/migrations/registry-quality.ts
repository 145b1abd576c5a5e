import type { MigrationInterface, QueryRunner } from 'typeorm';

const FREQUENCIES = `'continuous', 'hourly', 'daily', 'weekly', 'monthly', 'quarterly', 'half-yearly', 'yearly', 'irregular'`;

/** What is declared about the quality of databases, results of checks, and arrivals of data. */
export class RegistryQuality1790000005300 implements MigrationInterface {
  name = 'RegistryQuality1790000005300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE registry_quality (
        id uuid PRIMARY KEY REFERENCES registry_database (id),
        version integer NOT NULL CHECK (version >= 1),
        frequency text CHECK (frequency IN (${FREQUENCIES})),
        tolerance_hours integer CHECK (tolerance_hours >= 0),
        expected_records bigint CHECK (expected_records >= 1),
        mandatory_fields text[],
        allowed_errors integer CHECK (allowed_errors BETWEEN 0 AND 10000),
        last_update_at timestamptz,
        figures jsonb,
        mapping jsonb,
        services integer NOT NULL DEFAULT 0 CHECK (services >= 0)
      )`);
    await runner.query(`
      CREATE TABLE registry_quality_check (
        id uuid PRIMARY KEY,
        database_id uuid NOT NULL REFERENCES registry_database (id),
        checked_at timestamptz NOT NULL,
        tool text NOT NULL CHECK (tool <> ''),
        content jsonb NOT NULL,
        digest text NOT NULL,
        author text NOT NULL,
        author_agency text,
        received_at timestamptz NOT NULL,
        UNIQUE (database_id, checked_at, tool)
      )`);
    await runner.query(`
      CREATE TABLE registry_quality_arrival (
        database_id uuid NOT NULL REFERENCES registry_database (id),
        arrived_at timestamptz NOT NULL,
        records bigint CHECK (records >= 0),
        PRIMARY KEY (database_id, arrived_at)
      )`);
    // What the dictionary and the sharing part knew, from when on; before the first row nothing was mapped or shared.
    await runner.query(`
      CREATE TABLE registry_quality_standing (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        database_id uuid NOT NULL REFERENCES registry_database (id),
        since timestamptz NOT NULL,
        mapping jsonb,
        services integer NOT NULL CHECK (services >= 0)
      )`);
    await runner.query(
      'CREATE INDEX registry_quality_standing_of ON registry_quality_standing (database_id, since, id)',
    );
    for (const table of ['registry_quality_check', 'registry_quality_arrival', 'registry_quality_standing']) {
      await runner.query(`
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ${table}
        FOR EACH ROW EXECUTE FUNCTION registry_append_only()`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE registry_quality_standing, registry_quality_arrival, registry_quality_check, registry_quality',
    );
  }
}
