import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Connections to national and sector databases and to platforms. */
export class RegistryConnections1790000005200 implements MigrationInterface {
  name = 'RegistryConnections1790000005200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE registry_connection (
        id uuid PRIMARY KEY,
        version integer NOT NULL CHECK (version >= 1),
        database_id uuid REFERENCES registry_database (id),
        system_id uuid REFERENCES registry_system (id),
        target_database_id uuid REFERENCES registry_database (id),
        target_platform text,
        channel text CHECK (channel IN ('NDXP', 'NDOP', 'LGSP', 'LDOP', 'API')),
        frequency text,
        legal_ground text,
        protection text,
        state text NOT NULL CHECK (state IN ('not-connected', 'planned', 'trial', 'in-use', 'upgrading', 'ended')),
        state_on date,
        documents jsonb NOT NULL DEFAULT '[]',
        note text,
        CHECK (num_nonnulls(database_id, system_id) = 1),
        CHECK (num_nonnulls(target_database_id, target_platform) = 1),
        CHECK (database_id IS DISTINCT FROM target_database_id)
      )`);
    await runner.query(`
      CREATE INDEX registry_connection_target ON registry_connection (target_database_id) WHERE target_database_id IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE registry_connection');
  }
}
