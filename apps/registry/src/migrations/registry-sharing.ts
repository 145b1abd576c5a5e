import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Datasets that agencies share, requests for them, grants, and the keys of the grants' users on the bus. */
export class RegistrySharing1790000006000 implements MigrationInterface {
  name = 'RegistrySharing1790000006000';

  async up(runner: QueryRunner): Promise<void> {
    await createDatasets(runner);
    await createRequests(runner);
    await createGrants(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE sharing_credential, sharing_grant, sharing_request, sharing_dataset');
  }
}

async function createDatasets(runner: QueryRunner): Promise<void> {
  // Service and declared version are null for a dataset that an agency publishes itself.
  await runner.query(`
    CREATE TABLE sharing_dataset (
      id uuid PRIMARY KEY,
      version integer NOT NULL CHECK (version >= 1),
      code text NOT NULL UNIQUE,
      service text,
      provider text NOT NULL,
      title jsonb NOT NULL,
      meaning jsonb NOT NULL,
      stream text NOT NULL,
      subject text NOT NULL,
      event_types text[] NOT NULL DEFAULT '{}',
      fields jsonb NOT NULL,
      schema jsonb NOT NULL,
      classification text NOT NULL CHECK (classification IN ('shared', 'restricted', 'open')),
      access text NOT NULL CHECK (access IN ('mandatory', 'on-request')),
      master boolean NOT NULL,
      legal_ground text,
      database_id uuid REFERENCES registry_database (id),
      state text NOT NULL CHECK (state IN ('open', 'closed')),
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      declared_version integer,
      search text NOT NULL DEFAULT ''
    )`);
  await runner.query('CREATE INDEX sharing_dataset_provider ON sharing_dataset (provider)');
}

async function createRequests(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE sharing_request (
      id uuid PRIMARY KEY,
      version integer NOT NULL CHECK (version >= 1),
      dataset_id uuid NOT NULL REFERENCES sharing_dataset (id),
      requester text NOT NULL,
      purpose text NOT NULL CHECK (purpose <> ''),
      legal_ground text NOT NULL CHECK (legal_ground <> ''),
      fields text[] CHECK (cardinality(fields) > 0),
      quantity text,
      valid_from date NOT NULL,
      valid_until date NOT NULL,
      frequency text,
      method text NOT NULL CHECK (method IN ('query', 'sync', 'package')),
      contact jsonb NOT NULL,
      state text NOT NULL CHECK (state IN ('submitted', 'granted', 'refused', 'withdrawn')),
      submitted_at timestamptz NOT NULL,
      due_on date NOT NULL,
      decided_at timestamptz,
      decision jsonb,
      escalation integer NOT NULL DEFAULT 0 CHECK (escalation BETWEEN 0 AND 3),
      CHECK (valid_from <= valid_until),
      CHECK ((state IN ('granted', 'refused')) = (decided_at IS NOT NULL)),
      CHECK ((decided_at IS NULL) = (decision IS NULL)),
      CONSTRAINT refusal_in_writing CHECK (state <> 'refused'
        OR (btrim(COALESCE(decision ->> 'reason', '')) <> '' AND btrim(COALESCE(decision ->> 'legalGround', '')) <> ''))
    )`);
  await runner.query('CREATE INDEX sharing_request_dataset ON sharing_request (dataset_id)');
  await runner.query('CREATE INDEX sharing_request_requester ON sharing_request (requester)');
  await runner.query(
    `CREATE INDEX sharing_request_open ON sharing_request (due_on) WHERE state = 'submitted'`,
  );
}

async function createGrants(runner: QueryRunner): Promise<void> {
  // 'ended' is no state here: whether the last day is over depends on today.
  await runner.query(`
    CREATE TABLE sharing_grant (
      id uuid PRIMARY KEY,
      version integer NOT NULL CHECK (version >= 1),
      request_id uuid NOT NULL UNIQUE REFERENCES sharing_request (id),
      dataset_id uuid NOT NULL REFERENCES sharing_dataset (id),
      receiver text NOT NULL,
      provider text NOT NULL,
      purpose text NOT NULL,
      fields text[] CHECK (cardinality(fields) > 0),
      view text CHECK (view ~ '^[0-9a-f]{16}$'),
      method text NOT NULL CHECK (method IN ('query', 'sync', 'package')),
      valid_from date NOT NULL,
      valid_until date NOT NULL,
      state text NOT NULL CHECK (state IN ('active', 'suspended', 'withdrawn')),
      state_reason text,
      state_legal_ground text,
      state_at timestamptz NOT NULL,
      opening_due_on date NOT NULL,
      opened_at timestamptz,
      CHECK (valid_from <= valid_until),
      CHECK ((fields IS NULL) = (view IS NULL)),
      CHECK (state = 'active' OR btrim(COALESCE(state_reason, '')) <> '')
    )`);
  await runner.query('CREATE INDEX sharing_grant_dataset ON sharing_grant (dataset_id)');
  await runner.query('CREATE INDEX sharing_grant_receiver ON sharing_grant (receiver)');
  await runner.query(`CREATE INDEX sharing_grant_live ON sharing_grant (valid_until) WHERE state = 'active'`);
  await runner.query(`
    CREATE TABLE sharing_credential (
      public_key text PRIMARY KEY,
      grant_id uuid NOT NULL REFERENCES sharing_grant (id),
      issued_at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL,
      revoked_at timestamptz,
      issued_to text NOT NULL
    )`);
  await runner.query('CREATE INDEX sharing_credential_grant ON sharing_credential (grant_id)');
}
