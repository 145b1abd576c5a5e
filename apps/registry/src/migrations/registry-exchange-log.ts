import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The exchange log: what waits to be sealed, the chain, its checkpoints, and what was moved to the archive. */
export class RegistryExchangeLog1790000006200 implements MigrationInterface {
  name = 'RegistryExchangeLog1790000006200';

  async up(runner: QueryRunner): Promise<void> {
    await createChain(runner);
    await createRules(runner);
    await createFigures(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE exchange_pending, exchange_record, exchange_checkpoint, exchange_head, exchange_key, exchange_archive,
        exchange_acknowledgement, exchange_count, exchange_recent, exchange_standing`);
    await runner.query('DROP FUNCTION exchange_pending_leaves, exchange_leaves, exchange_head_advances');
  }
}

async function createChain(runner: QueryRunner): Promise<void> {
  // Written in the transaction of what it tells of, without a lock; the sealer gives it its place in the chain.
  await runner.query(`
    CREATE TABLE exchange_pending (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      kind text NOT NULL CHECK (kind IN ('delivery', 'refusal', 'denial', 'gap', 'archive')),
      content text NOT NULL
    )`);
  // Provider, receiver, dataset and message identifiers repeat what the line says, for searching only.
  await runner.query(`
    CREATE TABLE exchange_record (
      sequence bigint PRIMARY KEY CHECK (sequence >= 1),
      pending_id bigint UNIQUE,
      kind text NOT NULL CHECK (kind IN ('delivery', 'refusal', 'denial', 'gap', 'archive', 'key-change')),
      sealed_at timestamptz NOT NULL,
      provider text,
      receiver text,
      dataset text,
      messages text[] NOT NULL,
      line text NOT NULL,
      hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$')
    )`);
  await runner.query('CREATE INDEX exchange_record_provider ON exchange_record (provider, sequence)');
  await runner.query('CREATE INDEX exchange_record_receiver ON exchange_record (receiver, sequence)');
  await runner.query('CREATE INDEX exchange_record_dataset ON exchange_record (dataset, sequence)');
  await runner.query(
    "CREATE INDEX exchange_record_kind ON exchange_record (kind, sequence) WHERE kind <> 'delivery'",
  );
  await runner.query('CREATE INDEX exchange_record_sealed ON exchange_record (sealed_at, sequence)');
  await runner.query('CREATE INDEX exchange_record_message ON exchange_record USING gin (messages)');
  await runner.query(`
    CREATE TABLE exchange_checkpoint (
      sequence bigint PRIMARY KEY CHECK (sequence >= 1),
      line text NOT NULL,
      signature text NOT NULL
    )`);
  await runner.query(`
    CREATE TABLE exchange_head (
      only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
      log uuid NOT NULL DEFAULT gen_random_uuid(),
      sequence bigint NOT NULL DEFAULT 0,
      hash text,
      sealed_at timestamptz NOT NULL DEFAULT '-infinity',
      checkpoint bigint NOT NULL DEFAULT 0,
      key text
    )`);
  await runner.query('INSERT INTO exchange_head DEFAULT VALUES');
  // Keys that records of the chain announced; kept here when those records are archived.
  await runner.query(`
    CREATE TABLE exchange_key (
      id text PRIMARY KEY,
      public_key text NOT NULL,
      announced_in bigint NOT NULL,
      announced_at timestamptz NOT NULL
    )`);
  await runner.query(`
    CREATE TABLE exchange_archive (
      last_sequence bigint PRIMARY KEY,
      first_sequence bigint NOT NULL CHECK (first_sequence <= last_sequence),
      last_hash text NOT NULL,
      last_sealed_at timestamptz NOT NULL,
      file text NOT NULL,
      sha256 text NOT NULL,
      archived_at timestamptz NOT NULL
    )`);
}

/** The chain only grows. What leaves a table must be in the next one: pending → chain → archive. */
async function createRules(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE FUNCTION exchange_pending_leaves() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (SELECT 1 FROM exchange_record WHERE pending_id = OLD.id) THEN
        RAISE EXCEPTION 'pending record % is not sealed', OLD.id;
      END IF;
      RETURN OLD;
    END $$`);
  await runner.query(`
    CREATE FUNCTION exchange_leaves() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.sequence > COALESCE((SELECT max(last_sequence) FROM exchange_archive), 0) THEN
        RAISE EXCEPTION 'row % of % is not archived', OLD.sequence, TG_TABLE_NAME;
      END IF;
      RETURN OLD;
    END $$`);
  await runner.query(`
    CREATE FUNCTION exchange_head_advances() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP <> 'UPDATE' OR NEW.log <> OLD.log OR NEW.sequence < OLD.sequence THEN
        RAISE EXCEPTION 'the head of the exchange log only advances';
      END IF;
      RETURN NEW;
    END $$`);
  const rules = [
    ['exchange_pending', 'DELETE', 'exchange_pending_leaves'],
    ['exchange_record', 'DELETE', 'exchange_leaves'],
    ['exchange_checkpoint', 'DELETE', 'exchange_leaves'],
    ['exchange_head', 'INSERT OR UPDATE OR DELETE', 'exchange_head_advances'],
    ['exchange_archive', 'DELETE', 'registry_append_only'],
    ['exchange_key', 'UPDATE OR DELETE', 'registry_append_only'],
  ];
  for (const [table, events, rule] of rules) {
    await runner.query(`
      CREATE TRIGGER only_forward BEFORE ${events} ON ${table} FOR EACH ROW EXECUTE FUNCTION ${rule}()`);
    await runner.query(`
      CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION registry_append_only()`);
  }
  for (const table of ['exchange_pending', 'exchange_record', 'exchange_checkpoint', 'exchange_archive']) {
    await runner.query(`
      CREATE TRIGGER never_changed BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION registry_append_only()`);
  }
}

/** What is counted from the chain, and which acknowledgements have been taken from the bus. */
async function createFigures(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE exchange_acknowledgement (
      stream_created text NOT NULL,
      sequence bigint NOT NULL,
      PRIMARY KEY (stream_created, sequence)
    )`);
  await runner.query(`
    CREATE TABLE exchange_count (
      hour timestamptz NOT NULL,
      kind text NOT NULL,
      provider text NOT NULL,
      receiver text NOT NULL,
      dataset text NOT NULL,
      records bigint NOT NULL,
      messages bigint NOT NULL,
      PRIMARY KEY (hour, kind, provider, receiver, dataset)
    )`);
  // Of the last hour or two only.
  await runner.query(`
    CREATE TABLE exchange_recent (
      step timestamptz NOT NULL,
      kind text NOT NULL,
      messages bigint NOT NULL,
      PRIMARY KEY (step, kind)
    )`);
  await runner.query(`
    CREATE TABLE exchange_standing (
      only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
      version integer NOT NULL DEFAULT 0,
      told_at timestamptz NOT NULL DEFAULT '-infinity',
      told jsonb,
      verified_at timestamptz,
      fault text,
      fault_at timestamptz
    )`);
  await runner.query('INSERT INTO exchange_standing DEFAULT VALUES');
}
