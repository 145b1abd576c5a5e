import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Budget items and their yearly plan. */
export class BudgetItems1767312000000 implements MigrationInterface {
  name = 'BudgetItems1767312000000';

  async up(runner: QueryRunner): Promise<void> {
    // The bounds keep sums exact in JSON numbers; see MAX_MONEY.
    await runner.query(`CREATE DOMAIN money_dong AS bigint CHECK (VALUE BETWEEN 0 AND 100000000000000)`);
    await runner.query(`
      CREATE TABLE budget_item (
        id uuid PRIMARY KEY,
        version integer NOT NULL CHECK (version >= 1),
        kind text NOT NULL CHECK (kind IN ('project', 'activity')),
        number integer CHECK (number >= 1),
        name text NOT NULL CHECK (name <> ''),
        owner_code text,
        owner_name text NOT NULL CHECK (owner_name <> ''),
        group_name text,
        fiscal_year integer NOT NULL CHECK (fiscal_year BETWEEN 2000 AND 2100),
        year_from integer CHECK (year_from BETWEEN 2000 AND 2100),
        year_to integer CHECK (year_to BETWEEN 2000 AND 2100),
        total_cost money_dong,
        requested money_dong,
        allocated money_dong,
        supplement money_dong,
        progress_phrase text,
        note text,
        source_document text,
        source_clause text,
        source_as_of date,
        search_text text NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT term_is_whole CHECK ((year_from IS NULL) = (year_to IS NULL) AND year_from <= year_to),
        CONSTRAINT supplement_is_what_is_missing CHECK (supplement IS NOT DISTINCT FROM
          CASE WHEN requested IS NULL OR allocated IS NULL THEN NULL ELSE greatest(requested - allocated, 0) END),
        CONSTRAINT project_has_no_recurrent_money
          CHECK (kind = 'activity' OR (requested IS NULL AND allocated IS NULL)),
        CONSTRAINT activity_has_no_project_money
          CHECK (kind = 'project' OR (total_cost IS NULL AND year_from IS NULL)),
        CONSTRAINT source_has_a_document
          CHECK (source_document IS NOT NULL OR (source_clause IS NULL AND source_as_of IS NULL))
      )`);
    await runner.query(`CREATE INDEX budget_item_fiscal_year ON budget_item (fiscal_year, kind)`);
    await runner.query(`CREATE INDEX budget_item_owner ON budget_item (owner_code, id)`);
    await runner.query(`
      CREATE TABLE budget_item_plan (
        item_id uuid NOT NULL REFERENCES budget_item (id) ON DELETE CASCADE,
        year integer NOT NULL CHECK (year BETWEEN 2000 AND 2100),
        amount money_dong NOT NULL,
        PRIMARY KEY (item_id, year)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE budget_item_plan, budget_item`);
    await runner.query(`DROP DOMAIN money_dong`);
  }
}
