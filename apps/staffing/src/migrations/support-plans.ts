import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Plans to support commune units with IT staff. */
export class SupportPlans1790000008100 implements MigrationInterface {
  name = 'SupportPlans1790000008100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE support_plan (
        id uuid PRIMARY KEY,
        version integer NOT NULL CHECK (version >= 1),
        title text NOT NULL CHECK (title <> ''),
        unit_code text NOT NULL REFERENCES staffing_unit (code),
        unit_name text NOT NULL,
        supporter_code text NOT NULL,
        supporter_name text NOT NULL,
        agency_code text NOT NULL,
        agency_name text NOT NULL,
        skill text NOT NULL CHECK (skill <> ''),
        mode text NOT NULL CHECK (mode IN ('secondment', 'remote', 'contract', 'recruit', 'train')),
        from_day date NOT NULL,
        to_day date,
        need text NOT NULL CHECK (need <> ''),
        cost bigint,
        cost_source text,
        state text NOT NULL CHECK (state IN ('proposed', 'approved', 'under-way', 'ended', 'cancelled')),
        proposed_on date NOT NULL,
        approval_number text,
        approval_date date,
        started_on date,
        ended_on date,
        result text,
        cancel_ground text,
        search_text text NOT NULL,
        CONSTRAINT period_in_order CHECK (to_day >= from_day),
        CONSTRAINT only_recruited_staff_stays CHECK (mode = 'recruit' OR to_day IS NOT NULL),
        CONSTRAINT cost_has_its_source CHECK (CASE cost_source
          WHEN 'none' THEN cost = 0
          WHEN 'state-budget' THEN cost IS NULL OR cost BETWEEN 1 AND 9007199254740991
          ELSE cost_source IS NULL AND cost IS NULL END),
        CONSTRAINT approved_by_document CHECK (state IN ('proposed', 'cancelled') OR approval_number IS NOT NULL),
        CONSTRAINT under_way_since CHECK (state NOT IN ('under-way', 'ended') OR started_on IS NOT NULL),
        CONSTRAINT ended_with_result CHECK ((state = 'ended') = (ended_on IS NOT NULL)
          AND (state = 'ended') = (result IS NOT NULL)),
        CONSTRAINT cancelled_with_ground CHECK ((state = 'cancelled') = (cancel_ground IS NOT NULL))
      )`);
    for (const party of ['unit_code', 'supporter_code', 'agency_code']) {
      await runner.query(`CREATE INDEX support_plan_${party} ON support_plan (${party})`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE support_plan`);
  }
}
