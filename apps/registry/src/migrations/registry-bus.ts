import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Consumers of grants on the bus, users of agencies that publish, and what the bus refused or agencies sent wrongly. */
export class RegistryBus1790000006100 implements MigrationInterface {
  name = 'RegistryBus1790000006100';

  async up(runner: QueryRunner): Promise<void> {
    // Written before the consumer is made, so that there is none on the bus which nobody knows of.
    await runner.query(`
      CREATE TABLE sharing_bus_consumer (
        grant_id uuid PRIMARY KEY REFERENCES sharing_grant (id),
        stream text NOT NULL,
        subject text NOT NULL,
        state text NOT NULL CHECK (state IN ('open', 'closed')),
        state_at timestamptz NOT NULL
      )`);
    await runner.query(
      `CREATE INDEX sharing_bus_consumer_open ON sharing_bus_consumer (grant_id) WHERE state = 'open'`,
    );
    // A user belongs to a grant, or to a dataset of an agency that publishes without receiving.
    await runner.query(`
      ALTER TABLE sharing_credential
        ALTER grant_id DROP NOT NULL,
        ADD dataset_id uuid REFERENCES sharing_dataset (id),
        ADD revocation_told_at timestamptz,
        ADD CONSTRAINT credential_of_one CHECK (num_nonnulls(grant_id, dataset_id) = 1)`);
    await runner.query(
      `CREATE INDEX sharing_credential_untold ON sharing_credential (revoked_at)
       WHERE revoked_at IS NOT NULL AND revocation_told_at IS NULL`,
    );
    await runner.query('CREATE INDEX sharing_credential_dataset ON sharing_credential (dataset_id)');
    // Messages of the bus that have had their effect; stream_created tells a stream from one of its name before it.
    await runner.query(`
      CREATE TABLE sharing_bus_message (
        stream text NOT NULL,
        stream_created text NOT NULL,
        sequence bigint NOT NULL,
        PRIMARY KEY (stream, stream_created, sequence)
      )`);
    await runner.query(`
      CREATE TABLE sharing_put_aside (
        id uuid PRIMARY KEY,
        dataset_code text NOT NULL,
        subject text NOT NULL,
        event_id text,
        fault text NOT NULL,
        detail text NOT NULL,
        size integer NOT NULL,
        content text NOT NULL,
        at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX sharing_put_aside_dataset ON sharing_put_aside (dataset_code, id)');
    await runner.query(`
      CREATE TABLE sharing_intake_count (
        dataset_code text NOT NULL,
        day date NOT NULL,
        accepted bigint NOT NULL DEFAULT 0,
        put_aside bigint NOT NULL DEFAULT 0,
        PRIMARY KEY (dataset_code, day)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE sharing_bus_consumer, sharing_bus_message, sharing_put_aside, sharing_intake_count',
    );
    await runner.query('DELETE FROM sharing_credential WHERE grant_id IS NULL');
    await runner.query(`
      ALTER TABLE sharing_credential
        ALTER grant_id SET NOT NULL,
        DROP CONSTRAINT credential_of_one,
        DROP dataset_id,
        DROP revocation_told_at`);
  }
}
