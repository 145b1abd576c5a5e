import type { MigrationInterface, QueryRunner } from 'typeorm';
import { LEDGER_RULES } from './budget-ledger-rules.js';

/**
 * Money of the items: lines by source and year, the ledger, and the balances that follow from it. The rules of the money
 * are kept here, whoever writes and however many at once: see {@link LEDGER_RULES}.
 */
export class BudgetLedger1790000004000 implements MigrationInterface {
  name = 'BudgetLedger1790000004000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE budget_item
        ADD COLUMN code text UNIQUE CHECK (code <> ''),
        ADD COLUMN legal_regime text CHECK (legal_regime IN ('73/2019', '82/2024', '45/2026', '224/2026')),
        ADD COLUMN project_group text CHECK (project_group IN ('A', 'B', 'C')),
        ADD COLUMN status text NOT NULL DEFAULT 'active'
          CHECK (status IN ('active', 'suspended', 'cancelled', 'completed')),
        ADD COLUMN status_reason text,
        ADD COLUMN origin_service text,
        ADD COLUMN origin_aggregate text,
        ADD COLUMN origin_id text,
        ADD CONSTRAINT group_is_of_a_project CHECK (kind = 'project' OR project_group IS NULL),
        ADD CONSTRAINT one_item_of_an_origin UNIQUE (origin_service, origin_aggregate, origin_id),
        ADD CONSTRAINT origin_is_whole
          CHECK ((origin_service IS NULL) = (origin_id IS NULL) AND (origin_aggregate IS NULL) = (origin_id IS NULL))`);
    await runner.query(`
      CREATE TABLE budget_year (
        year integer PRIMARY KEY CHECK (year BETWEEN 2000 AND 2100),
        id uuid UNIQUE,
        version integer NOT NULL DEFAULT 0,
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
        document text
      )`);
    // Every year is there, so that entering money and closing its year always meet on one row.
    await runner.query(`INSERT INTO budget_year (year) SELECT generate_series(2000, 2100)`);
    await runner.query(`
      CREATE TABLE budget_line (
        id uuid PRIMARY KEY,
        item_id uuid NOT NULL REFERENCES budget_item (id),
        source text NOT NULL CHECK (source IN ('state-investment', 'state-recurrent', 'administrative-reform',
          'state-not-determined', 'enterprise', 'other')),
        year integer REFERENCES budget_year (year),
        form text NOT NULL CHECK (form IN ('cash', 'in-kind')),
        planned money_dong NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT one_line_of_a_source_and_year UNIQUE NULLS NOT DISTINCT (item_id, source, year, form)
      )`);
    await runner.query(`
      CREATE TABLE budget_balance (
        line_id uuid PRIMARY KEY REFERENCES budget_line (id) ON DELETE CASCADE,
        state_money boolean NOT NULL,
        requested money_dong NOT NULL DEFAULT 0,
        appraised money_dong NOT NULL DEFAULT 0,
        approved money_dong NOT NULL DEFAULT 0,
        allocated money_dong NOT NULL DEFAULT 0,
        disbursed money_dong NOT NULL DEFAULT 0,
        settled money_dong NOT NULL DEFAULT 0,
        over_granted money_dong NOT NULL DEFAULT 0,
        CONSTRAINT appraised_within_requested CHECK (NOT state_money OR appraised <= requested),
        CONSTRAINT approved_within_appraised CHECK (NOT state_money OR approved <= appraised),
        CONSTRAINT allocated_within_approved CHECK (allocated <= approved + over_granted),
        CONSTRAINT disbursed_within_allocated CHECK (disbursed <= allocated),
        CONSTRAINT settled_within_disbursed CHECK (settled <= disbursed)
      )`);
    await runner.query(`
      CREATE TABLE budget_entry (
        id uuid PRIMARY KEY,
        number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        line_id uuid NOT NULL REFERENCES budget_line (id),
        step text NOT NULL
          CHECK (step IN ('requested', 'appraised', 'approved', 'allocated', 'disbursed', 'settled')),
        amount bigint NOT NULL CHECK (amount BETWEEN -100000000000000 AND 100000000000000),
        reverses uuid REFERENCES budget_entry (id),
        over_grant boolean NOT NULL DEFAULT false,
        excess money_dong NOT NULL DEFAULT 0,
        effective_on date NOT NULL,
        document text NOT NULL CHECK (document <> ''),
        document_date date,
        reason text,
        round_id uuid,
        author text NOT NULL,
        author_agency text,
        recorded_at timestamptz NOT NULL,
        CONSTRAINT reversed_once UNIQUE (reverses),
        CONSTRAINT only_reversals_are_negative CHECK (amount <> 0 AND (reverses IS NULL) = (amount > 0)),
        CONSTRAINT reversal_has_a_reason CHECK (reverses IS NULL OR reason IS NOT NULL),
        CONSTRAINT over_grant_is_of_an_allocation CHECK (NOT over_grant OR step = 'allocated')
      )`);
    await runner.query(`CREATE INDEX budget_entry_line ON budget_entry (line_id, number)`);
    await runner.query(`
      CREATE TABLE budget_change (
        aggregate text NOT NULL,
        aggregate_id uuid NOT NULL,
        version integer NOT NULL,
        action text NOT NULL,
        changed text[] NOT NULL,
        note text,
        document text,
        author text NOT NULL,
        author_agency text,
        at timestamptz NOT NULL,
        PRIMARY KEY (aggregate, aggregate_id, version)
      )`);
    for (const rule of LEDGER_RULES) await runner.query(rule);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE budget_change, budget_entry, budget_balance, budget_line, budget_year`);
    await runner.query(`DROP TRIGGER sources_add_up ON budget_item`);
    await runner.query(`
      DROP FUNCTION budget_entry_check, budget_entry_apply, budget_append_only, budget_balance_is_derived,
        budget_line_open, budget_line_keep, budget_sources_add_up, budget_item_follows`);
    await runner.query(`
      ALTER TABLE budget_item
        DROP COLUMN code, DROP COLUMN legal_regime, DROP COLUMN project_group, DROP COLUMN status,
        DROP COLUMN status_reason, DROP COLUMN origin_service, DROP COLUMN origin_aggregate, DROP COLUMN origin_id`);
  }
}
