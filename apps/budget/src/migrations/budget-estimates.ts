import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The estimate cycle, and what other services' events asked for. */
export class BudgetEstimates1790000004100 implements MigrationInterface {
  name = 'BudgetEstimates1790000004100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE estimate_round (
        id uuid PRIMARY KEY,
        version integer NOT NULL CHECK (version >= 1),
        name text NOT NULL CHECK (name <> ''),
        fiscal_year integer NOT NULL REFERENCES budget_year (year),
        deadline date NOT NULL,
        document text,
        state text NOT NULL CHECK (state IN ('open', 'consolidated', 'appraised', 'approved', 'allocated')),
        decision_document text,
        decision_date date,
        requested money_dong NOT NULL DEFAULT 0,
        appraised money_dong NOT NULL DEFAULT 0,
        approved money_dong NOT NULL DEFAULT 0,
        allocated money_dong NOT NULL DEFAULT 0,
        CONSTRAINT approved_by_a_decision
          CHECK ((state IN ('approved', 'allocated')) = (decision_document IS NOT NULL)
            AND (decision_document IS NULL) = (decision_date IS NULL))
      )`);
    await runner.query(`
      CREATE TABLE estimate (
        id uuid PRIMARY KEY,
        version integer NOT NULL CHECK (version >= 1),
        round_id uuid NOT NULL REFERENCES estimate_round (id),
        agency_code text NOT NULL,
        agency_name text NOT NULL,
        state text NOT NULL CHECK (state IN ('draft', 'submitted', 'returned')),
        submitted_on date,
        late boolean NOT NULL DEFAULT false,
        return_reason text,
        CONSTRAINT one_estimate_of_an_agency UNIQUE (round_id, agency_code),
        CONSTRAINT returned_with_a_reason CHECK ((state = 'returned') = (return_reason IS NOT NULL))
      )`);
    await runner.query(`
      CREATE TABLE estimate_line (
        id uuid PRIMARY KEY,
        estimate_id uuid REFERENCES estimate (id),
        agency_code text NOT NULL,
        agency_name text NOT NULL,
        item_id uuid REFERENCES budget_item (id),
        kind text NOT NULL CHECK (kind IN ('project', 'activity')),
        name text NOT NULL CHECK (name <> ''),
        source text NOT NULL,
        year integer NOT NULL REFERENCES budget_year (year),
        form text NOT NULL CHECK (form IN ('cash', 'in-kind')),
        amount money_dong NOT NULL CHECK (amount > 0),
        explanation text,
        origin_service text,
        origin_aggregate text,
        origin_id text,
        origin_amount money_dong,
        verdict text CHECK (verdict IN ('accepted', 'reduced', 'refused')),
        appraised_amount money_dong,
        appraisal_reason text,
        appraisal_ground text,
        budget_line_id uuid REFERENCES budget_line (id),
        allocated_amount money_dong NOT NULL DEFAULT 0,
        CONSTRAINT allocated_within_appraised CHECK (allocated_amount <= coalesce(appraised_amount, 0)),
        CONSTRAINT one_line_of_an_origin UNIQUE (origin_service, origin_aggregate, origin_id, year),
        CONSTRAINT appraisal_is_whole CHECK (CASE verdict
          WHEN 'accepted' THEN appraised_amount = amount
          WHEN 'reduced' THEN appraised_amount > 0 AND appraised_amount < amount AND appraisal_reason IS NOT NULL
          WHEN 'refused' THEN appraised_amount = 0 AND appraisal_reason IS NOT NULL AND appraisal_ground IS NOT NULL
          ELSE appraised_amount IS NULL END)
      )`);
    await runner.query(`CREATE INDEX estimate_line_estimate ON estimate_line (estimate_id, id)`);
    await runner.query(`
      CREATE INDEX estimate_line_waiting ON estimate_line (agency_code) WHERE estimate_id IS NULL`);
    await runner.query(`
      CREATE TABLE exchange_source (
        service text NOT NULL,
        aggregate text NOT NULL,
        aggregate_id text NOT NULL,
        sequence integer NOT NULL,
        PRIMARY KEY (service, aggregate, aggregate_id)
      )`);
    await runner.query(`
      ALTER TABLE budget_entry ADD CONSTRAINT entry_of_a_round FOREIGN KEY (round_id) REFERENCES estimate_round (id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE budget_entry DROP CONSTRAINT entry_of_a_round`);
    await runner.query(`DROP TABLE exchange_source, estimate_line, estimate, estimate_round`);
  }
}
