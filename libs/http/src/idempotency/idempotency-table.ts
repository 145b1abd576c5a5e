import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Answers of POST requests that carried an Idempotency-Key. A row is written in the same transaction as the change
 * it stands for: neither is ever there without the other.
 */
export class IdempotencyKeyTable1767225600000 implements MigrationInterface {
  readonly name = 'IdempotencyKeyTable1767225600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE idempotency_key (
        client text NOT NULL,
        key text NOT NULL,
        request_hash bytea NOT NULL,
        status smallint,
        body text,
        location text,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (client, key)
      )`);
    await runner.query('CREATE INDEX idempotency_key_created_at ON idempotency_key (created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE idempotency_key');
  }
}

/** Migrations that a service with a database adds to its own: `migrations: [...httpMigrations, …]`. */
export const httpMigrations = [IdempotencyKeyTable1767225600000];
