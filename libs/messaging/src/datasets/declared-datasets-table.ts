import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a service has declared to share, and in which version. */
export class DeclaredDatasets1790000006050 implements MigrationInterface {
  name = 'DeclaredDatasets1790000006050';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE declared_dataset (
        code text PRIMARY KEY,
        version integer NOT NULL CHECK (version >= 1),
        digest text NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE declared_dataset');
  }
}
