import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists and proposals, partner enterprises, reports, and what the budget allocated. */
export class RegistryWork1790000005100 implements MigrationInterface {
  name = 'RegistryWork1790000005100';

  async up(runner: QueryRunner): Promise<void> {
    await createLists(runner);
    await createPartners(runner);
    await createReports(runner);
    // Every item the budget has told of, so that an older event that comes later is known to be old.
    await runner.query(`
      CREATE TABLE registry_budget_item (
        id uuid PRIMARY KEY,
        sequence integer NOT NULL CHECK (sequence >= 1),
        database_id uuid,
        database_before uuid,
        name text NOT NULL,
        fiscal_year integer NOT NULL,
        allocated bigint NOT NULL CHECK (allocated >= 0)
      )`);
    await runner.query('CREATE INDEX registry_budget_item_database ON registry_budget_item (database_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE registry_budget_item, registry_report_version, registry_report, registry_partner_report,
        registry_partner, registry_proposal, registry_list_entry, registry_list`);
  }
}

async function createLists(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE registry_list (
      id uuid PRIMARY KEY,
      version integer NOT NULL CHECK (version >= 1),
      purpose text NOT NULL CHECK (purpose IN ('priority', 'connection')),
      year integer NOT NULL,
      title text NOT NULL CHECK (title <> ''),
      decision text,
      decided_on date,
      expected integer CHECK (expected >= 1),
      reporting jsonb,
      note text,
      UNIQUE (purpose, year, title)
    )`);
  await runner.query(`
    CREATE TABLE registry_list_entry (
      list_id uuid NOT NULL REFERENCES registry_list (id),
      database_id uuid NOT NULL REFERENCES registry_database (id),
      position integer NOT NULL CHECK (position >= 1),
      added_on date NOT NULL,
      document text,
      removed_on date,
      PRIMARY KEY (list_id, position),
      CHECK (removed_on >= added_on)
    )`);
  await runner.query(`
    CREATE UNIQUE INDEX registry_list_entry_once ON registry_list_entry (list_id, database_id) WHERE removed_on IS NULL`);
  await runner.query('CREATE INDEX registry_list_entry_database ON registry_list_entry (database_id)');
  await runner.query(`
    CREATE TABLE registry_proposal (
      id uuid PRIMARY KEY,
      version integer NOT NULL CHECK (version >= 1),
      list_id uuid NOT NULL REFERENCES registry_list (id),
      database_id uuid NOT NULL REFERENCES registry_database (id),
      agency text,
      reason text NOT NULL,
      document text,
      state text NOT NULL CHECK (state IN ('proposed', 'accepted', 'refused', 'withdrawn')),
      proposed_on date NOT NULL,
      decided_on date,
      decision text,
      CHECK ((state = 'proposed') = (decided_on IS NULL))
    )`);
  await runner.query(`
    CREATE UNIQUE INDEX registry_proposal_once ON registry_proposal (list_id, database_id) WHERE state = 'proposed'`);
}

async function createPartners(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE registry_partner (
      id uuid PRIMARY KEY,
      version integer NOT NULL CHECK (version >= 1),
      database_id uuid NOT NULL REFERENCES registry_database (id),
      enterprise_code text,
      enterprise_name text NOT NULL CHECK (enterprise_name <> ''),
      tax_code text,
      enterprise_key text NOT NULL,
      capability text NOT NULL,
      contribution text NOT NULL,
      contribution_value bigint CHECK (contribution_value >= 0),
      document text,
      registered_on date NOT NULL,
      state text NOT NULL CHECK (state IN ('registered', 'chosen', 'not-chosen', 'withdrawn', 'ended')),
      state_on date NOT NULL,
      reason text,
      agreement jsonb,
      CHECK (agreement IS NULL OR state IN ('chosen', 'ended'))
    )`);
  await runner.query(`
    CREATE UNIQUE INDEX registry_partner_once ON registry_partner (database_id, enterprise_key)
      WHERE state IN ('registered', 'chosen')`);
  await runner.query(`
    CREATE TABLE registry_partner_report (
      id uuid PRIMARY KEY,
      partner_id uuid NOT NULL REFERENCES registry_partner (id),
      side text NOT NULL CHECK (side IN ('owner', 'enterprise')),
      reported_on date NOT NULL,
      progress text NOT NULL,
      obstacles text,
      author text NOT NULL,
      author_agency text
    )`);
  await runner.query('CREATE INDEX registry_partner_report_of ON registry_partner_report (partner_id, id)');
}

async function createReports(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE registry_report (
      id uuid PRIMARY KEY,
      version integer NOT NULL CHECK (version >= 1),
      database_id uuid NOT NULL REFERENCES registry_database (id),
      period text NOT NULL,
      received_on date NOT NULL,
      progress text NOT NULL,
      percent integer CHECK (percent BETWEEN 0 AND 100),
      obstacles text,
      UNIQUE (database_id, period)
    )`);
  await runner.query(`
    CREATE TABLE registry_report_version (
      report_id uuid NOT NULL REFERENCES registry_report (id),
      version integer NOT NULL,
      progress text NOT NULL,
      percent integer,
      obstacles text,
      author_agency text,
      at timestamptz NOT NULL,
      PRIMARY KEY (report_id, version)
    )`);
  for (const table of ['registry_partner_report', 'registry_report_version']) {
    await runner.query(`
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ${table}
      FOR EACH ROW EXECUTE FUNCTION registry_append_only()`);
  }
}
