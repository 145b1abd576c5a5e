import type { MigrationInterface, QueryRunner } from 'typeorm';

export class GatewayTables1767225600001 implements MigrationInterface {
  name = 'GatewayTables1767225600001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE projection (
        service text NOT NULL,
        aggregate text NOT NULL,
        aggregate_id text NOT NULL,
        sequence integer NOT NULL,
        type text NOT NULL,
        occurred_at timestamptz NOT NULL,
        state text NOT NULL,
        PRIMARY KEY (service, aggregate, aggregate_id)
      )`);
    await runner.query(`
      CREATE TABLE display (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        token_hash bytea NOT NULL UNIQUE,
        created_at timestamptz NOT NULL,
        revoked_at timestamptz
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE display, projection');
  }
}
