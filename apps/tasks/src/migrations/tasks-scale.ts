import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Figures of past days, kept; and what finds the versions that came or went since a day, or stood overdue on one, and the
 * words of an agency's own tasks.
 */
export class TasksScale1790000003600 implements MigrationInterface {
  name = 'TasksScale1790000003600';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE day_figure (
        day date NOT NULL,
        name text NOT NULL CHECK (name IN ('totals', 'agencies', 'month', 'quarter', 'year')),
        figures json NOT NULL,
        PRIMARY KEY (day, name)
      )`);
    const summed = `state, sort_day, completed_on, due_soon_working_days, given_on, extensions`;
    await runner.query(
      `CREATE INDEX task_changed ON task (valid_from) INCLUDE (id, directive_id, ${summed})`,
    );
    await runner.query(`
      CREATE INDEX task_agency_changed ON task_agency (valid_from) INCLUDE (agency_code, task_id, ${summed})
        WHERE role = 'lead'`);
    await runner.query(`
      CREATE INDEX task_past_agency_stood ON task_past_agency (agency_code, valid_to, valid_from)
        INCLUDE (task_id, ${summed}) WHERE role = 'lead'`);
    await this.indexParties(runner);
    // The days on which a version stood overdue; only few of all do on one day.
    await runner.query(`DROP INDEX task_past_overdue`);
    await runner.query(`
      CREATE INDEX task_past_overdue ON task_past USING gist (daterange(greatest(valid_from, sort_day + 1), valid_to))
        INCLUDE (id, version, valid_from, valid_to, sort_day, state)
        WHERE state IN ('assigned', 'in-progress', 'submitted') AND valid_to > sort_day`);
  }

  /** As the index of words it takes the place of, with the agencies; where pg_trgm is missing, of the agencies alone. */
  private async indexParties(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE task ADD parties text[]`);
    await runner.query(`
      UPDATE task SET parties = ARRAY(SELECT DISTINCT agency_code FROM task_agency WHERE task_id = task.id)`);
    await runner.query(`ALTER TABLE task ALTER parties SET NOT NULL`);
    await runner.query(`DROP INDEX IF EXISTS task_words`);
    await runner.query(`
      DO $$ BEGIN
        CREATE INDEX task_search ON task USING gin (search_text gin_trgm_ops, parties)
          WITH (gin_pending_list_limit = 256);
      EXCEPTION WHEN undefined_object THEN
        CREATE INDEX task_search ON task USING gin (parties) WITH (gin_pending_list_limit = 256);
      END $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE task DROP parties`);
    await runner.query(`
      DO $$ BEGIN
        CREATE INDEX task_words ON task USING gin (search_text gin_trgm_ops) WITH (gin_pending_list_limit = 256);
      EXCEPTION WHEN undefined_object THEN NULL;
      END $$`);
    await runner.query(`DROP INDEX task_past_overdue`);
    await runner.query(`
      CREATE INDEX task_past_overdue ON task_past (sort_day, id)
        INCLUDE (version, valid_from, valid_to, state, completed_on, due_soon_working_days)
        WHERE state IN ('assigned', 'in-progress', 'submitted') AND valid_to > sort_day`);
    await runner.query(`DROP INDEX task_changed, task_agency_changed, task_past_agency_stood`);
    await runner.query(`DROP TABLE day_figure`);
  }
}
