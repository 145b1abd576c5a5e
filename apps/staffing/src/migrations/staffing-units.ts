import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Commune units and every head count they reported. */
export class StaffingUnits1767312000000 implements MigrationInterface {
  name = 'StaffingUnits1767312000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE staffing_unit (
        id uuid PRIMARY KEY,
        version integer NOT NULL CHECK (version >= 1),
        code text NOT NULL UNIQUE CHECK (code ~ '^[0-9]{5}$'),
        kind text NOT NULL CHECK (kind IN ('commune', 'ward', 'special-zone')),
        name text NOT NULL CHECK (name <> ''),
        full_name text NOT NULL CHECK (full_name <> ''),
        current_report_id uuid,
        report_count integer NOT NULL CHECK (report_count >= 0),
        search_text text NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CHECK ((current_report_id IS NULL) = (report_count = 0))
      )`);
    await runner.query(`
      CREATE TABLE head_count_report (
        id uuid PRIMARY KEY,
        unit_id uuid NOT NULL REFERENCES staffing_unit (id),
        it_staff integer NOT NULL CHECK (it_staff BETWEEN 0 AND 1000),
        as_of date NOT NULL,
        note text,
        reported_by text NOT NULL,
        reported_by_agency text,
        reported_at timestamptz NOT NULL,
        UNIQUE (unit_id, id)
      )`);
    // A unit's figure is one of its own reports.
    await runner.query(`
      ALTER TABLE staffing_unit
        ADD FOREIGN KEY (id, current_report_id) REFERENCES head_count_report (unit_id, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE staffing_unit DROP COLUMN current_report_id`);
    await runner.query(`DROP TABLE head_count_report, staffing_unit`);
  }
}
