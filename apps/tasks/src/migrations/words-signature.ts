import type { MigrationInterface, QueryRunner } from 'typeorm';
import { wordsSignature } from '../assignments/words-signature.js';

const BATCH = 1_000;

const TABLES = ['task', 'task_agency', 'task_past'];

/** Beside each task in a list: which words it may have. */
export class WordsSignature1790000008400 implements MigrationInterface {
  name = 'WordsSignature1790000008400';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} ADD words_signature bit(256)`);
    await signTasks((text, values) => runner.query(text, values) as Promise<Signed[]>);
    await runner.query(`
      UPDATE task_past SET words_signature = task.words_signature FROM task WHERE task.id = task_past.id`);
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} ALTER words_signature SET NOT NULL`);
    await this.indexLists(runner, ', words_signature');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} DROP words_signature`);
    await this.indexLists(runner, '');
  }

  private async indexLists(runner: QueryRunner, signature: string): Promise<void> {
    await runner.query(`DROP INDEX IF EXISTS task_list, task_agency_list, task_past_list`);
    await runner.query(`
      CREATE INDEX task_list ON task (sort_day, id)
        INCLUDE (version, valid_from, state, completed_on, due_soon_working_days, directive_id, given_on,
          extensions${signature})`);
    await runner.query(`
      CREATE INDEX task_agency_list ON task_agency (agency_code, sort_day, task_id, role)
        INCLUDE (valid_from, state, completed_on, due_soon_working_days, given_on, extensions${signature})`);
    await runner.query(`
      CREATE INDEX task_past_list ON task_past (sort_day, id)
        INCLUDE (version, valid_from, valid_to, state, completed_on, due_soon_working_days, directive_id${signature})`);
  }
}

interface Signed {
  id: string;
  text: string;
}

/** Signs all tasks, a thousand at a time, also in the lists of agencies. */
export async function signTasks(
  query: (text: string, values: unknown[]) => Promise<Signed[]>,
): Promise<void> {
  let last = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const tasks = await query(
      `SELECT id, search_text AS text FROM task WHERE id > $1 ORDER BY id LIMIT ${BATCH}`,
      [last],
    );
    if (tasks.length === 0) return;
    last = tasks.at(-1)!.id;
    const signed = [tasks.map(({ id }) => id), tasks.map(({ text }) => wordsSignature(text))];
    for (const [table, id] of [
      ['task', 'id'],
      ['task_agency', 'task_id'],
    ]) {
      await query(
        `UPDATE ${table} SET words_signature = signed.signature::bit(256)
         FROM unnest($1::uuid[], $2::text[]) signed (id, signature) WHERE ${table}.${id} = signed.id`,
        signed,
      );
    }
  }
}
