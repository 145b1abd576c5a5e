import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Workbooks that were taken over into the catalogue. */
export class RegistryImport1790000005500 implements MigrationInterface {
  name = 'RegistryImport1790000005500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE registry_import (
        id uuid PRIMARY KEY,
        at timestamptz NOT NULL,
        author text NOT NULL,
        author_agency text,
        file_name text,
        sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        counts jsonb NOT NULL
      )`);
    await runner.query(`
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON registry_import
      FOR EACH ROW EXECUTE FUNCTION registry_append_only()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE registry_import');
  }
}
