import type { MigrationInterface, QueryRunner } from 'typeorm';
import { wordsSignature } from '../assignments/words-signature.js';

const BATCH = 1_000;
const SUMMED = 'state, completed_on, due_soon_working_days, given_on, extensions';

/** Beside each task in an agency's list: which words it may have. */
export class WordsSignature1790000008400 implements MigrationInterface {
  name = 'WordsSignature1790000008400';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE task_agency ADD words_signature bit(256)`);
    await signTasks((text, values) => runner.query(text, values) as Promise<Signed[]>);
    await runner.query(`ALTER TABLE task_agency ALTER words_signature SET NOT NULL`);
    await runner.query(`DROP INDEX task_agency_list`);
    await runner.query(`
      CREATE INDEX task_agency_list ON task_agency (agency_code, sort_day, task_id, role)
        INCLUDE (valid_from, ${SUMMED}, words_signature)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX task_agency_list`);
    await runner.query(`ALTER TABLE task_agency DROP words_signature`);
    await runner.query(`
      CREATE INDEX task_agency_list ON task_agency (agency_code, sort_day, task_id, role)
        INCLUDE (valid_from, ${SUMMED})`);
  }
}

interface Signed {
  id: string;
  text: string;
}

/** Signs all tasks, a thousand at a time. */
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
    await query(
      `UPDATE task_agency SET words_signature = signed.signature::bit(256)
       FROM unnest($1::uuid[], $2::text[]) signed (id, signature) WHERE task_id = signed.id`,
      [tasks.map(({ id }) => id), tasks.map(({ text }) => wordsSignature(text))],
    );
  }
}
