import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Directives, tasks with their agencies and history. */
export class DirectivesAndTasks1767312000000 implements MigrationInterface {
  name = 'DirectivesAndTasks1767312000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE directive (
        id uuid PRIMARY KEY,
        version integer NOT NULL CHECK (version >= 1),
        number text CHECK (number <> ''),
        symbol text CHECK (symbol <> ''),
        kind text NOT NULL,
        issuer_code text NOT NULL,
        issuer_name text NOT NULL CHECK (issuer_name <> ''),
        issued_on date,
        meeting_on date,
        subject text NOT NULL CHECK (subject <> ''),
        search_text text NOT NULL,
        created_at timestamptz NOT NULL
      )`);
    // Numbers begin anew each year; those that are not determined do not collide.
    await runner.query(`
      CREATE UNIQUE INDEX directive_number ON directive (number, issuer_code, issued_on)
        NULLS NOT DISTINCT WHERE number IS NOT NULL`);
    await this.createTask(runner);
    await runner.query(`
      CREATE TABLE task_agency (
        task_id uuid NOT NULL REFERENCES task (id) ON DELETE CASCADE,
        role text NOT NULL CHECK (role IN ('lead', 'collaborator', 'assigner')),
        agency_code text NOT NULL,
        agency_name text NOT NULL,
        position integer NOT NULL CHECK (position >= 0),
        PRIMARY KEY (task_id, role, agency_code)
      )`);
    await runner.query(`CREATE INDEX task_agency_code ON task_agency (agency_code, role, task_id)`);
    await runner.query(`
      CREATE TABLE task_change (
        task_id uuid NOT NULL REFERENCES task (id) ON DELETE CASCADE,
        version integer NOT NULL CHECK (version >= 1),
        action text NOT NULL,
        at timestamptz NOT NULL,
        subject text NOT NULL,
        agency_code text,
        state text NOT NULL,
        progress_percent integer NOT NULL,
        note text,
        evidence jsonb,
        PRIMARY KEY (task_id, version)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE task_change, task_agency, task, directive`);
  }

  private async createTask(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE task (
        id uuid PRIMARY KEY,
        version integer NOT NULL CHECK (version >= 1),
        directive_id uuid NOT NULL REFERENCES directive (id),
        clause text,
        title text NOT NULL CHECK (title <> ''),
        description text,
        due_date date,
        last_day date,
        due_phrase text,
        extendable boolean NOT NULL,
        recurrence jsonb,
        state text NOT NULL
          CHECK (state IN ('assigned', 'in-progress', 'submitted', 'completed', 'suspended', 'cancelled')),
        suspended_in text,
        progress_percent integer NOT NULL CHECK (progress_percent BETWEEN 0 AND 100),
        evidence jsonb,
        assigned_on date,
        completed_on date,
        sort_day date NOT NULL GENERATED ALWAYS AS (coalesce(last_day, DATE '9999-12-31')) STORED,
        search_text text NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT last_day_has_a_date CHECK (last_day IS NULL OR last_day <= due_date),
        CONSTRAINT date_has_a_last_day CHECK ((due_date IS NULL) = (last_day IS NULL)),
        CONSTRAINT completed_has_evidence
          CHECK (state <> 'completed' OR (completed_on IS NOT NULL AND evidence IS NOT NULL)),
        CONSTRAINT submitted_has_evidence CHECK (state <> 'submitted' OR evidence IS NOT NULL),
        CONSTRAINT suspended_knows_its_state CHECK (state <> 'suspended' OR suspended_in IS NOT NULL)
      )`);
    // The order of lists; the partial ones serve timeliness, where most rows of a grown table are completed.
    await runner.query(`CREATE INDEX task_list ON task (sort_day, id)`);
    await runner.query(`
      CREATE INDEX task_open ON task (sort_day, id) WHERE state IN ('assigned', 'in-progress', 'submitted')`);
    await runner.query(`
      CREATE INDEX task_completed_late ON task (sort_day, id) WHERE state = 'completed' AND completed_on > last_day`);
    await runner.query(`
      CREATE INDEX task_no_date ON task (sort_day, id)
        WHERE last_day IS NULL OR state IN ('suspended', 'cancelled')`);
    await runner.query(`CREATE INDEX task_directive ON task (directive_id, sort_day, id)`);
  }
}
