import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of the outbox, the relay and the inbox. Every service that publishes or consumes adds this migration. */
export class MessagingTables1767225600000 implements MigrationInterface {
  name = 'MessagingTables1767225600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE outbox (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        event_id uuid NOT NULL,
        aggregate text NOT NULL,
        aggregate_id text NOT NULL,
        sequence integer NOT NULL CHECK (sequence > 0),
        type text NOT NULL,
        occurred_at timestamptz NOT NULL,
        traceparent text,
        data text NOT NULL,
        published_at timestamptz,
        stream_sequence bigint
      )`);
    // What the relay claims. It asks for the missing mark, never for "id greater than the last": ids commit out of order.
    await runner.query(`CREATE INDEX outbox_unpublished ON outbox (id) WHERE published_at IS NULL`);
    // One event for each version of an aggregate; also finds the newest of each.
    await runner.query(`CREATE UNIQUE INDEX outbox_aggregate ON outbox (aggregate, aggregate_id, sequence)`);
    await runner.query(`
      CREATE TABLE relay_state (
        only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
        stream_created text,
        last_stream_sequence bigint NOT NULL DEFAULT 0
      )`);
    await runner.query(`INSERT INTO relay_state DEFAULT VALUES`);
    await runner.query(`
      CREATE TABLE outbox_replay (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        requested_at timestamptz NOT NULL DEFAULT now(),
        requested_by text NOT NULL,
        since timestamptz,
        aggregate text,
        aggregate_ids text[],
        done_at timestamptz,
        rows integer
      )`);
    await runner.query(`
      CREATE TABLE inbox (
        event_id uuid PRIMARY KEY,
        subject text NOT NULL,
        received_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`
      CREATE TABLE dead_letter_replay (
        stream_sequence bigint PRIMARY KEY,
        replayed_at timestamptz NOT NULL DEFAULT now(),
        replayed_by text NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE dead_letter_replay, inbox, outbox_replay, relay_state, outbox`);
  }
}
