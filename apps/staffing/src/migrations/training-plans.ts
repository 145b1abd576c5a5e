import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Training plans with their units, sessions and attendance; and the history of plans of every kind. */
export class TrainingPlans1790000008000 implements MigrationInterface {
  name = 'TrainingPlans1790000008000';

  async up(runner: QueryRunner): Promise<void> {
    await this.createHistory(runner);
    await runner.query(`
      CREATE TABLE training_plan (
        id uuid PRIMARY KEY,
        version integer NOT NULL CHECK (version >= 1),
        title text NOT NULL CHECK (title <> ''),
        owner_code text NOT NULL,
        owner_name text NOT NULL,
        audience text,
        skills text[] NOT NULL,
        due_on date,
        document_number text,
        document_date date,
        source jsonb,
        state text NOT NULL CHECK (state IN ('planned', 'under-way', 'finished', 'cancelled')),
        started_on date,
        finished_on date,
        report_number text,
        report_date date,
        cancel_ground text,
        search_text text NOT NULL,
        CHECK (document_date IS NULL OR document_number IS NOT NULL),
        CONSTRAINT finished_with_report CHECK ((state = 'finished') = (finished_on IS NOT NULL)
          AND (state = 'finished') = (report_number IS NOT NULL) AND (state = 'finished') = (report_date IS NOT NULL)),
        CONSTRAINT cancelled_with_ground CHECK ((state = 'cancelled') = (cancel_ground IS NOT NULL)),
        CONSTRAINT under_way_since CHECK (state IN ('planned', 'cancelled') OR started_on IS NOT NULL)
      )`);
    await this.createParts(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE training_attendance, training_session, training_unit, training_plan`);
    await runner.query(`DROP TABLE staffing_change`);
  }

  private async createHistory(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE staffing_change (
        aggregate text NOT NULL,
        aggregate_id uuid NOT NULL,
        version integer NOT NULL CHECK (version >= 1),
        action text NOT NULL,
        changed text[] NOT NULL,
        note text,
        document text,
        author text NOT NULL,
        author_agency text,
        at timestamptz NOT NULL,
        PRIMARY KEY (aggregate, aggregate_id, version)
      )`);
  }

  private async createParts(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE training_unit (
        plan_id uuid NOT NULL REFERENCES training_plan (id),
        unit_code text NOT NULL,
        unit_name text NOT NULL,
        planned integer CHECK (planned BETWEEN 0 AND 10000),
        PRIMARY KEY (plan_id, unit_code)
      )`);
    await runner.query(`CREATE INDEX training_unit_code ON training_unit (unit_code)`);
    await runner.query(`
      CREATE TABLE training_session (
        id uuid PRIMARY KEY,
        plan_id uuid NOT NULL REFERENCES training_plan (id),
        position integer NOT NULL,
        title text NOT NULL CHECK (title <> ''),
        planned_on date,
        held_on date,
        UNIQUE (plan_id, id)
      )`);
    await runner.query(`
      CREATE TABLE training_attendance (
        plan_id uuid NOT NULL,
        session_id uuid NOT NULL,
        unit_code text NOT NULL,
        participants integer NOT NULL CHECK (participants BETWEEN 0 AND 10000),
        PRIMARY KEY (session_id, unit_code),
        FOREIGN KEY (plan_id, session_id) REFERENCES training_session (plan_id, id),
        FOREIGN KEY (plan_id, unit_code) REFERENCES training_unit (plan_id, unit_code)
      )`);
    await runner.query(`CREATE INDEX training_attendance_unit ON training_attendance (plan_id, unit_code)`);
  }
}
