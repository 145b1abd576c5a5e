import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { TaskItem } from '../../apps/tasks/src/assignments/task-state.js';
import { WordsSignature1790000008400 } from '../../apps/tasks/src/migrations/words-signature.js';
import { TasksHarness } from './tasks-harness.js';

let tasks: TasksHarness;
beforeAll(async () => {
  tasks = await TasksHarness.start();
});
afterAll(async () => {
  await tasks.stop();
});

const WORDS = ['dữ liệu', 'Nghị quyết', 'không có ở đâu', 'số'];

/** Titles of tasks with each of the words: an agency's own now, and all of a past day. */
async function found(): Promise<string[][]> {
  const asked = WORDS.map((words) => `/v1/tasks?limit=500&q=${encodeURIComponent(words)}`);
  const own = asked.map((path) => tasks.send(path, { agency: 'SKHCN' }));
  const past = asked.map((path) => tasks.send(`${path}&asOf=2026-04-20`, { agency: 'UBND' }));
  const answers = await Promise.all([...own, ...past]);
  return answers.map(({ body }) => (body['items'] as TaskItem[]).map(({ title }) => title));
}

it('signs tasks that an older version entered, so that their words are found', async () => {
  tasks.clock.set('2026-04-22');
  const { items } = (await tasks.send('/v1/tasks?limit=500&lead=SKHCN')).body as { items: TaskItem[] };
  for (const { id } of items) await tasks.send(`/v1/tasks/${id}/progress`, { json: { percent: 10 } });
  const before = await found();
  const expected = WORDS.map((words) => words !== 'không có ở đâu');
  expect(before.map((titles) => titles.length > 0)).toEqual([...expected, ...expected]);

  await tasks.betweenVersions(async (runner) => {
    const signatures = async (): Promise<unknown[][]> => {
      const rows = (text: string) => runner.query(text) as Promise<unknown[]>;
      return [
        await rows(`SELECT id, words_signature FROM task ORDER BY id`),
        await rows(`SELECT id, version, words_signature FROM task_past ORDER BY id, version`),
        await rows(`SELECT * FROM task_agency ORDER BY task_id, role, agency_code`),
      ];
    };
    const signed = await signatures();
    const migration = new WordsSignature1790000008400();
    await migration.down(runner);
    await migration.up(runner);
    expect(await signatures()).toEqual(signed);
    expect(signed[1]).not.toEqual([]);
  });
  expect(await found()).toEqual(before);
});
