import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists of past days: a directive's from indexes alone, and from which threshold on tasks had time left. */
export class PastLists1790000008500 implements MigrationInterface {
  name = 'PastLists1790000008500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX task_past_threshold ON task_past (due_soon_working_days)`);
    await runner.query(`DROP INDEX task_directive, task_past_directive`);
    await runner.query(
      `CREATE INDEX task_directive ON task (directive_id, sort_day, id) INCLUDE (valid_from)`,
    );
    await runner.query(`
      CREATE INDEX task_past_directive ON task_past (directive_id, sort_day, id)
        INCLUDE (version, valid_from, valid_to)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX task_past_threshold, task_directive, task_past_directive`);
    await runner.query(`CREATE INDEX task_directive ON task (directive_id, sort_day, id)`);
    await runner.query(`
      CREATE INDEX task_past_directive ON task_past (directive_id, sort_day, id) INCLUDE (valid_from, valid_to)`);
  }
}
