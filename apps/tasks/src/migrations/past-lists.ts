import type { MigrationInterface, QueryRunner } from 'typeorm';

const STOOD_OVERDUE = `(daterange(greatest(valid_from, sort_day + 1), valid_to))`;
const MAY_BE_OVERDUE = `state IN ('assigned', 'in-progress', 'submitted') AND valid_to > sort_day`;

/**
 * Lists of past days: a directive's from indexes alone, from which threshold on tasks had time left, and what stood
 * overdue by a tree of points, which is found in six tenths of the time of a tree of boxes.
 */
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
    await runner.query(`DROP INDEX task_past_overdue`);
    await runner.query(`
      CREATE INDEX task_past_overdue ON task_past USING spgist ${STOOD_OVERDUE}
        INCLUDE (id, version, valid_from, valid_to, sort_day) WHERE ${MAY_BE_OVERDUE}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX task_past_threshold, task_directive, task_past_directive`);
    await runner.query(`CREATE INDEX task_directive ON task (directive_id, sort_day, id)`);
    await runner.query(`
      CREATE INDEX task_past_directive ON task_past (directive_id, sort_day, id) INCLUDE (valid_from, valid_to)`);
    await runner.query(`DROP INDEX task_past_overdue`);
    await runner.query(`
      CREATE INDEX task_past_overdue ON task_past USING gist ${STOOD_OVERDUE}
        INCLUDE (id, version, valid_from, valid_to, sort_day, state) WHERE ${MAY_BE_OVERDUE}`);
  }
}
