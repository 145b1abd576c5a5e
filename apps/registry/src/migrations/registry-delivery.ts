import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is on its way to receivers outside the bus: sendings, webhooks, packages, announcements. */
export class RegistryDelivery1790000006300 implements MigrationInterface {
  name = 'RegistryDelivery1790000006300';

  async up(runner: QueryRunner): Promise<void> {
    await createSendings(runner);
    await createWebhooks(runner);
    await createPackages(runner);
    await runner.query(`
      CREATE TABLE sharing_announcement (
        dataset_id uuid PRIMARY KEY REFERENCES sharing_dataset (id),
        version integer NOT NULL,
        announced_at timestamptz NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE sharing_announcement, sharing_package_messages, sharing_package_chunk, sharing_package,
        sharing_dead_letter, sharing_webhook, sharing_sending`);
  }
}

async function createSendings(runner: QueryRunner): Promise<void> {
  // No reference to the grant: what left must stay tellable whatever becomes of it.
  await runner.query(`
    CREATE TABLE sharing_sending (
      id uuid PRIMARY KEY,
      channel text NOT NULL CHECK (channel IN ('http', 'webhook', 'package')),
      grant_of_record jsonb NOT NULL,
      stream text NOT NULL,
      messages jsonb NOT NULL,
      first_sent_at timestamptz NOT NULL,
      abandoned_after timestamptz NOT NULL
    )`);
}

async function createWebhooks(runner: QueryRunner): Promise<void> {
  // Stopped: the receiver said that the address is no more. The position is behind the last event that was taken, or given up; sequence 0 stands for the state.
  await runner.query(`
    CREATE TABLE sharing_webhook (
      grant_id uuid PRIMARY KEY REFERENCES sharing_grant (id),
      version integer NOT NULL CHECK (version >= 1),
      url text NOT NULL,
      secret text NOT NULL,
      calls_per_minute integer CHECK (calls_per_minute >= 1),
      position_stream text,
      position_sequence bigint NOT NULL DEFAULT 0,
      failing_since timestamptz,
      last_error text,
      stopped_at timestamptz,
      leased_by uuid,
      leased_until timestamptz
    )`);
  await runner.query(`
    CREATE TABLE sharing_dead_letter (
      grant_id uuid NOT NULL REFERENCES sharing_webhook (grant_id) ON DELETE CASCADE,
      event_id uuid NOT NULL,
      stream_sequence bigint NOT NULL,
      headers jsonb NOT NULL,
      data text NOT NULL,
      attempts integer NOT NULL,
      error text NOT NULL,
      died_at timestamptz NOT NULL,
      replay_asked_at timestamptz,
      PRIMARY KEY (grant_id, event_id)
    )`);
}

async function createPackages(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE sharing_package (
      id uuid PRIMARY KEY,
      grant_id uuid NOT NULL REFERENCES sharing_grant (id),
      recipient text NOT NULL,
      state text NOT NULL CHECK (state IN ('waiting', 'building', 'ready', 'failed')),
      asked_at timestamptz NOT NULL,
      events integer NOT NULL DEFAULT 0,
      expected_events integer,
      bytes bigint,
      sha256 text,
      manifest jsonb,
      ready_at timestamptz,
      expires_at timestamptz,
      error text,
      attempts integer NOT NULL DEFAULT 0,
      leased_by uuid,
      leased_until timestamptz,
      pushed_at timestamptz,
      CHECK ((state = 'ready') = (ready_at IS NOT NULL))
    )`);
  await runner.query('CREATE INDEX sharing_package_grant ON sharing_package (grant_id, id)');
  await runner.query(
    `CREATE INDEX sharing_package_open ON sharing_package (id) WHERE state IN ('waiting', 'building')`,
  );
  await runner.query(`
    CREATE TABLE sharing_package_chunk (
      package_id uuid NOT NULL REFERENCES sharing_package (id) ON DELETE CASCADE,
      position integer NOT NULL,
      content bytea NOT NULL,
      PRIMARY KEY (package_id, position)
    )`);
  // Encrypted bytes do not get smaller.
  await runner.query('ALTER TABLE sharing_package_chunk ALTER COLUMN content SET STORAGE EXTERNAL');
  await runner.query(`
    CREATE TABLE sharing_package_messages (
      package_id uuid NOT NULL REFERENCES sharing_package (id) ON DELETE CASCADE,
      position integer NOT NULL,
      messages jsonb NOT NULL,
      PRIMARY KEY (package_id, position)
    )`);
}
