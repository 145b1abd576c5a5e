import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Remembers what was loaded into this database. Services that load something at their first start add this migration. */
export class FirstStartTable1767225600000 implements MigrationInterface {
  name = 'FirstStartTable1767225600000';

  async up(runner: QueryRunner): Promise<void> {
    // Databases made before this migration stood by itself have the table already.
    await runner.query(`
      CREATE TABLE IF NOT EXISTS seed_load (name text PRIMARY KEY, loaded_at timestamptz NOT NULL)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE seed_load');
  }
}
