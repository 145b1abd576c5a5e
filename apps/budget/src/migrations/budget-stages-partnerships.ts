import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stages that items went through, and the partnerships in which items are carried out. */
export class BudgetStagesPartnerships1790000004200 implements MigrationInterface {
  name = 'BudgetStagesPartnerships1790000004200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE item_stage (
        item_id uuid NOT NULL REFERENCES budget_item (id),
        position integer NOT NULL CHECK (position >= 1),
        stage text NOT NULL,
        entered_on date NOT NULL,
        passed_over boolean NOT NULL,
        reason text,
        document text,
        document_date date,
        author text NOT NULL,
        author_agency text,
        recorded_at timestamptz NOT NULL,
        PRIMARY KEY (item_id, position),
        CONSTRAINT passed_over_with_a_reason CHECK (NOT passed_over OR reason IS NOT NULL)
      )`);
    await runner.query(`
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON item_stage
        FOR EACH ROW EXECUTE FUNCTION budget_append_only()`);
    await runner.query(`
      CREATE TABLE partnership (
        item_id uuid PRIMARY KEY REFERENCES budget_item (id),
        form text NOT NULL CHECK (form IN ('BOT', 'BTO', 'BOO', 'BTL', 'BLT', 'BT', 'O&M',
          'public-asset-joint-venture', 'other')),
        status text NOT NULL CHECK (status IN ('proposed', 'negotiating', 'signed', 'in-effect', 'ended', 'terminated')),
        partner_name text NOT NULL CHECK (partner_name <> ''),
        partner_tax_code text CHECK (partner_tax_code ~ '^([0-9]{10}(-[0-9]{3})?|[0-9]{12})$'),
        enterprise_cash money_dong NOT NULL,
        enterprise_in_kind money_dong NOT NULL,
        enterprise_technology money_dong NOT NULL,
        state_cash money_dong NOT NULL,
        state_in_kind money_dong NOT NULL,
        state_technology money_dong NOT NULL,
        assets_ownership text NOT NULL,
        data_ownership text NOT NULL,
        data_access_rights text,
        term_from date,
        term_to date,
        risk_from date,
        risk_to date,
        risk_rule text,
        milestones jsonb NOT NULL,
        documents jsonb NOT NULL,
        legal_ground text,
        note text,
        CONSTRAINT term_runs_forward CHECK (term_from <= term_to),
        CONSTRAINT risk_window_runs_forward CHECK (risk_from <= risk_to),
        CONSTRAINT risk_window_has_a_rule CHECK (risk_rule IS NOT NULL OR (risk_from IS NULL AND risk_to IS NULL))
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE partnership, item_stage`);
  }
}
