import type { MigrationInterface, QueryRunner } from 'typeorm';
import { backfillTaskLife } from './task-life-backfill.js';

const OPEN = `state IN ('assigned', 'in-progress', 'submitted')`;
const LATE = `state = 'completed' AND completed_on > sort_day`;
const NO_DATE = `sort_day = DATE '9999-12-31' OR state IN ('suspended', 'cancelled')`;

/** Thresholds, split tasks, due dates with history, and every past state of a task. */
export class TaskLife1790000000000 implements MigrationInterface {
  name = 'TaskLife1790000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE directive
        ADD due_soon_working_days smallint NOT NULL DEFAULT 5 CHECK (due_soon_working_days BETWEEN 0 AND 60)`);
    await this.widenTask(runner);
    await this.createDueDates(runner);
    await this.createPast(runner);
    await backfillTaskLife(runner);
    await this.indexTasks(runner);
    await this.indexPast(runner);
    await this.indexWords(runner);
  }

  /** Parts of split tasks stay, as tasks of the directive. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE task_past_agency, task_past, task_extension_request, task_due_change`);
    await runner.query(`DROP INDEX IF EXISTS task_words`);
    await runner.query(`
      DROP INDEX task_list, task_open, task_completed_late, task_no_date, task_parent, task_agency_list`);
    await runner.query(`DELETE FROM task_agency WHERE role = 'chain'`);
    await runner.query(`
      ALTER TABLE task_agency DROP sort_day, DROP state, DROP completed_on, DROP given_on,
        DROP due_soon_working_days, DROP extensions, DROP valid_from, DROP CONSTRAINT task_agency_role,
        ADD CONSTRAINT task_agency_role_check CHECK (role IN ('lead', 'collaborator', 'assigner'))`);
    await runner.query(`
      ALTER TABLE task DROP parent_id, DROP depth, DROP suspended_with, DROP extensions, DROP forbidden_by,
        DROP submitted_by, DROP due_soon_working_days, DROP given_on, DROP valid_from, DROP public_state`);
    await runner.query(`ALTER TABLE directive DROP due_soon_working_days`);
    await runner.query(`CREATE INDEX task_list ON task (sort_day, id)`);
    await runner.query(`
      CREATE INDEX task_open ON task (sort_day, id) WHERE state IN ('assigned', 'in-progress', 'submitted')`);
    await runner.query(`
      CREATE INDEX task_completed_late ON task (sort_day, id) WHERE state = 'completed' AND completed_on > last_day`);
    await runner.query(`
      CREATE INDEX task_no_date ON task (sort_day, id)
        WHERE last_day IS NULL OR state IN ('suspended', 'cancelled')`);
    await runner.query(`CREATE INDEX task_agency_code ON task_agency (agency_code, role, task_id)`);
  }

  private async widenTask(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE task
        ADD parent_id uuid REFERENCES task (id),
        ADD depth smallint NOT NULL DEFAULT 1 CHECK (depth BETWEEN 1 AND 5),
        ADD suspended_with uuid,
        ADD extensions integer NOT NULL DEFAULT 0 CHECK (extensions >= 0),
        ADD forbidden_by jsonb,
        ADD submitted_by text,
        ADD due_soon_working_days smallint NOT NULL DEFAULT 5,
        ADD given_on date,
        ADD valid_from date,
        ADD public_state json,
        ADD CONSTRAINT parent_has_depth CHECK ((parent_id IS NULL) = (depth = 1))`);
    await runner.query(`
      ALTER TABLE task_agency
        DROP CONSTRAINT task_agency_role_check,
        ADD CONSTRAINT task_agency_role CHECK (role IN ('lead', 'collaborator', 'assigner', 'chain')),
        ADD sort_day date,
        ADD state text,
        ADD completed_on date,
        ADD given_on date,
        ADD due_soon_working_days smallint,
        ADD extensions integer,
        ADD valid_from date`);
  }

  private async createDueDates(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE task_due_change (
        task_id uuid NOT NULL REFERENCES task (id) ON DELETE CASCADE,
        version integer NOT NULL,
        kind text NOT NULL CHECK (kind IN ('set', 'extended', 'corrected')),
        at timestamptz NOT NULL,
        subject text NOT NULL,
        agency_code text,
        before jsonb,
        after jsonb NOT NULL,
        reason text,
        document jsonb,
        PRIMARY KEY (task_id, version)
      )`);
    await runner.query(`
      CREATE TABLE task_extension_request (
        id uuid PRIMARY KEY,
        task_id uuid NOT NULL REFERENCES task (id) ON DELETE CASCADE,
        due_date date NOT NULL,
        last_day date NOT NULL,
        reason text NOT NULL,
        asked_version integer NOT NULL,
        asked_at timestamptz NOT NULL,
        asked_on date NOT NULL,
        asked_by text,
        asked_subject text NOT NULL,
        decision text CHECK (decision IN ('granted', 'refused', 'lapsed')),
        decided_version integer,
        decided_at timestamptz,
        decided_by text,
        decided_subject text,
        decision_reason text,
        CONSTRAINT decided_whole CHECK ((decision IS NULL) = (decided_version IS NULL)
          AND (decision IS NULL) = (decided_at IS NULL))
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX task_extension_request_open ON task_extension_request (task_id) WHERE decision IS NULL`);
    await runner.query(
      `CREATE INDEX task_due_change_extended ON task_due_change (at) WHERE kind = 'extended'`,
    );
    await runner.query(`CREATE INDEX task_extension_request_task ON task_extension_request (task_id)`);
  }

  /** What `task` and `task_agency` were: written when a later day brings another state, then never changed. */
  private async createPast(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE task_past (
        id uuid NOT NULL REFERENCES task (id) ON DELETE CASCADE,
        version integer NOT NULL,
        valid_from date NOT NULL,
        valid_to date NOT NULL,
        directive_id uuid NOT NULL,
        parent_id uuid,
        state text NOT NULL,
        last_day date,
        sort_day date NOT NULL,
        completed_on date,
        given_on date NOT NULL,
        due_soon_working_days smallint NOT NULL,
        extensions integer NOT NULL,
        evidence jsonb,
        public_state json NOT NULL,
        PRIMARY KEY (id, version),
        CONSTRAINT lasted_a_day CHECK (valid_from < valid_to)
      )`);
    await runner.query(`
      CREATE TABLE task_past_agency (
        task_id uuid NOT NULL,
        version integer NOT NULL,
        role text NOT NULL,
        agency_code text NOT NULL,
        sort_day date NOT NULL,
        state text NOT NULL,
        completed_on date,
        given_on date NOT NULL,
        due_soon_working_days smallint NOT NULL,
        extensions integer NOT NULL,
        valid_from date NOT NULL,
        valid_to date NOT NULL,
        PRIMARY KEY (task_id, version, role, agency_code),
        FOREIGN KEY (task_id, version) REFERENCES task_past (id, version) ON DELETE CASCADE
      )`);
  }

  /** Lists walk these in their order; what filters and sums ask is in the index, so that only the page is fetched. */
  private async indexTasks(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE task
      ALTER given_on SET NOT NULL, ALTER valid_from SET NOT NULL, ALTER public_state SET NOT NULL`);
    await runner.query(`ALTER TABLE task_agency
      ALTER sort_day SET NOT NULL, ALTER state SET NOT NULL, ALTER given_on SET NOT NULL,
      ALTER due_soon_working_days SET NOT NULL, ALTER extensions SET NOT NULL, ALTER valid_from SET NOT NULL`);
    await runner.query(
      `DROP INDEX task_list, task_open, task_completed_late, task_no_date, task_agency_code`,
    );
    const asked = `version, valid_from, state, completed_on, due_soon_working_days`;
    await runner.query(`
      CREATE INDEX task_list ON task (sort_day, id) INCLUDE (${asked}, directive_id, given_on, extensions)`);
    await runner.query(`CREATE INDEX task_open ON task (sort_day, id) INCLUDE (${asked}) WHERE ${OPEN}`);
    await runner.query(
      `CREATE INDEX task_completed_late ON task (sort_day, id) INCLUDE (${asked}) WHERE ${LATE}`,
    );
    await runner.query(
      `CREATE INDEX task_no_date ON task (sort_day, id) INCLUDE (${asked}) WHERE ${NO_DATE}`,
    );
    await runner.query(`CREATE INDEX task_parent ON task (parent_id) WHERE parent_id IS NOT NULL`);
    await runner.query(`
      CREATE INDEX task_agency_list ON task_agency (agency_code, sort_day, task_id, role)
        INCLUDE (valid_from, state, completed_on, due_soon_working_days, given_on, extensions)`);
  }

  private async indexPast(runner: QueryRunner): Promise<void> {
    const asked = `version, valid_from, valid_to, state, completed_on, due_soon_working_days`;
    await runner.query(`
      CREATE INDEX task_past_list ON task_past (sort_day, id) INCLUDE (${asked}, directive_id)`);
    // Open on a day after its last one: the few that "overdue" on a past day chooses from.
    await runner.query(`
      CREATE INDEX task_past_overdue ON task_past (sort_day, id) INCLUDE (${asked})
        WHERE ${OPEN} AND valid_to > sort_day`);
    await runner.query(`
      CREATE INDEX task_past_completed ON task_past (sort_day, id) INCLUDE (${asked}) WHERE state = 'completed'`);
    await runner.query(`
      CREATE INDEX task_past_no_date ON task_past (sort_day, id) INCLUDE (${asked}) WHERE ${NO_DATE}`);
    await runner.query(`
      CREATE INDEX task_past_directive ON task_past (directive_id, sort_day, id) INCLUDE (valid_from, valid_to)`);
    const summed = `state, completed_on, due_soon_working_days, given_on, extensions`;
    await runner.query(`
      CREATE INDEX task_past_days ON task_past (valid_to, valid_from) INCLUDE (sort_day, directive_id, ${summed})`);
    await runner.query(`
      CREATE INDEX task_past_agency_list ON task_past_agency (agency_code, sort_day, task_id, role)
        INCLUDE (version, valid_from, valid_to, ${summed})`);
    await runner.query(`
      CREATE INDEX task_past_agency_days ON task_past_agency (valid_to, valid_from)
        INCLUDE (agency_code, task_id, sort_day, ${summed}) WHERE role = 'lead'`);
  }

  /**
   * Words anywhere in a text. pg_trgm is part of PostgreSQL and may be created by the database's owner; where the
   * server was installed without it, the search stays right and reads the whole table. The short list of pending entries
   * keeps the assignment that happens to empty it from waiting long.
   */
  private async indexWords(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$ BEGIN
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
        CREATE INDEX task_words ON task USING gin (search_text gin_trgm_ops)
          WITH (gin_pending_list_limit = 256);
      EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
        RAISE NOTICE 'pg_trgm is not available: %', SQLERRM;
      END $$`);
  }
}
