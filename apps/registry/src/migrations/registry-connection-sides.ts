import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A system may be connected to a platform: with neither side a database, the check of before took both for the same. */
export class RegistryConnectionSides1790000005510 implements MigrationInterface {
  name = 'RegistryConnectionSides1790000005510';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE registry_connection
        DROP CONSTRAINT registry_connection_check2,
        ADD CONSTRAINT registry_connection_two_databases CHECK (database_id <> target_database_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE registry_connection DROP CONSTRAINT registry_connection_two_databases');
  }
}
