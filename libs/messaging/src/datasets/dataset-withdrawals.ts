import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a service declared, when a replica last offered it, and since when none has. */
export class DatasetWithdrawals1790000007500 implements MigrationInterface {
  name = 'DatasetWithdrawals1790000007500';

  async up(runner: QueryRunner): Promise<void> {
    // Without content: declared by the release before; the first start of a release that offers it fills it in.
    await runner.query(`
      ALTER TABLE declared_dataset
        ADD content jsonb,
        ADD offered_at timestamptz NOT NULL DEFAULT now(),
        ADD withdrawn_at timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE declared_dataset DROP content, DROP offered_at, DROP withdrawn_at');
  }
}
