import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What finds an agency's own open tasks, what came or went among its tasks since a day, and versions without their tasks. */
export class TasksOwn1790000008300 implements MigrationInterface {
  name = 'TasksOwn1790000008300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX task_agency_open ON task_agency (agency_code, sort_day, task_id)
        INCLUDE (role, valid_from, state, completed_on, due_soon_working_days)
        WHERE state IN ('assigned', 'in-progress', 'submitted')`);
    await runner.query(`CREATE INDEX task_version ON task (id) INCLUDE (version)`);
    // Few rows a day: nothing is included, so that equal keys are kept once.
    await runner.query(`CREATE INDEX task_agency_came ON task_agency (agency_code, valid_from)`);
    await runner.query(`CREATE INDEX task_past_agency_went ON task_past_agency (agency_code, valid_to)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX task_agency_open, task_version, task_agency_came, task_past_agency_went`);
  }
}
