import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files that were taken over into the list. */
export class BudgetImports1790000004600 implements MigrationInterface {
  name = 'BudgetImports1790000004600';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE budget_import (
        id uuid PRIMARY KEY,
        at timestamptz NOT NULL,
        author text NOT NULL,
        author_client text NOT NULL,
        author_agency text,
        file_name text,
        format text NOT NULL CHECK (format IN ('xlsx', 'csv', 'text')),
        sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        document text NOT NULL CHECK (document <> ''),
        created integer NOT NULL CHECK (created >= 0),
        changed integer NOT NULL CHECK (changed >= 0),
        unchanged integer NOT NULL CHECK (unchanged >= 0)
      )`);
    await runner.query(`CREATE INDEX budget_import_agency ON budget_import (author_agency, id)`);
    await runner.query(`
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON budget_import
        FOR EACH ROW EXECUTE FUNCTION budget_append_only()`);
    await runner.query(`
      CREATE TRIGGER never_emptied BEFORE TRUNCATE ON budget_import
        FOR EACH STATEMENT EXECUTE FUNCTION budget_append_only()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE budget_import');
  }
}
