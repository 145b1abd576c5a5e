import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reporting duties, their periods, the answers of the agencies with all their versions, and what missing ones led to. */
export class Reports1790000002000 implements MigrationInterface {
  name = 'Reports1790000002000';

  async up(runner: QueryRunner): Promise<void> {
    await this.createDuty(runner);
    await this.createPeriod(runner);
    await this.createAnswer(runner);
    // The key is what makes a step be taken once, whatever replicas and restarts.
    await runner.query(`
      CREATE TABLE report_step (
        period_id uuid NOT NULL REFERENCES report_period (id) ON DELETE CASCADE,
        agency_code text NOT NULL,
        step integer NOT NULL CHECK (step >= 0),
        level text NOT NULL,
        due_at timestamptz NOT NULL,
        at timestamptz NOT NULL,
        skipped boolean NOT NULL,
        PRIMARY KEY (period_id, agency_code, step)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP TABLE report_step, report_answer_version, report_answer, report_period, report_duty_change, report_duty`,
    );
  }

  private async createDuty(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE report_duty (
        id uuid PRIMARY KEY,
        version integer NOT NULL CHECK (version >= 1),
        title text NOT NULL CHECK (title <> ''),
        directive_id uuid REFERENCES directive (id),
        clause text,
        owner_code text,
        owner_name text,
        agencies jsonb NOT NULL,
        recipients jsonb NOT NULL,
        rule jsonb NOT NULL,
        form jsonb NOT NULL,
        grace_working_days integer NOT NULL CHECK (grace_working_days >= 1),
        escalation jsonb NOT NULL,
        starts_on date NOT NULL,
        ends_on date CHECK (ends_on >= starts_on),
        state text NOT NULL CHECK (state IN ('active', 'ended')),
        counted_from date NOT NULL,
        assumptions text,
        search_text text NOT NULL,
        periods integer NOT NULL CHECK (periods >= 0),
        next_opens_on date,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      )`);
    await runner.query(`
      CREATE INDEX report_duty_opening ON report_duty (next_opens_on) WHERE next_opens_on IS NOT NULL`);
    await runner.query(`CREATE INDEX report_duty_directive ON report_duty (directive_id)`);
    await runner.query(`
      CREATE TABLE report_duty_change (
        duty_id uuid NOT NULL REFERENCES report_duty (id) ON DELETE CASCADE,
        version integer NOT NULL CHECK (version >= 1),
        action text NOT NULL,
        at timestamptz NOT NULL,
        subject text NOT NULL,
        agency_code text,
        changed jsonb NOT NULL,
        note text,
        PRIMARY KEY (duty_id, version)
      )`);
  }

  private async createPeriod(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE report_period (
        id uuid PRIMARY KEY,
        version integer NOT NULL CHECK (version >= 1),
        duty_id uuid NOT NULL REFERENCES report_duty (id),
        number integer NOT NULL CHECK (number >= 1),
        label text NOT NULL,
        opens_on date NOT NULL,
        written_date date NOT NULL,
        last_day date NOT NULL,
        deadline timestamptz NOT NULL,
        before_start boolean NOT NULL,
        opened_at timestamptz NOT NULL,
        withdrawn_at timestamptz,
        form jsonb NOT NULL,
        grace_working_days integer NOT NULL,
        escalation jsonb NOT NULL,
        steps_taken integer NOT NULL CHECK (steps_taken >= 0),
        next_step_at timestamptz,
        UNIQUE (duty_id, number)
      )`);
    await runner.query(`
      CREATE INDEX report_period_next_step ON report_period (next_step_at) WHERE next_step_at IS NOT NULL`);
    await runner.query(`CREATE INDEX report_period_last_day ON report_period (last_day, id)`);
  }

  private async createAnswer(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE report_answer (
        period_id uuid NOT NULL REFERENCES report_period (id) ON DELETE CASCADE,
        agency_code text NOT NULL,
        agency_name text NOT NULL,
        position integer NOT NULL CHECK (position >= 0),
        version integer NOT NULL CHECK (version >= 1),
        draft jsonb,
        drafted_at timestamptz,
        submitted_at timestamptz,
        corrected_at timestamptz,
        corrections integer NOT NULL CHECK (corrections >= 0),
        PRIMARY KEY (period_id, agency_code),
        CONSTRAINT corrected_was_submitted CHECK (corrections = 0 OR submitted_at IS NOT NULL)
      )`);
    await runner.query(`CREATE INDEX report_answer_agency ON report_answer (agency_code, period_id)`);
    await runner.query(`
      CREATE TABLE report_answer_version (
        period_id uuid NOT NULL,
        agency_code text NOT NULL,
        number integer NOT NULL CHECK (number >= 1),
        content jsonb NOT NULL,
        reason text,
        submitted_at timestamptz NOT NULL,
        subject text NOT NULL,
        PRIMARY KEY (period_id, agency_code, number),
        FOREIGN KEY (period_id, agency_code) REFERENCES report_answer (period_id, agency_code) ON DELETE CASCADE
      )`);
  }
}
