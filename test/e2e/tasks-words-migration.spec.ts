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

/** Titles of the agency's own tasks with these words. */
async function found(words: string): Promise<string[]> {
  const path = `/v1/tasks?limit=500&q=${encodeURIComponent(words)}`;
  const { body } = await tasks.send(path, { agency: 'SKHCN' });
  return (body['items'] as TaskItem[]).map(({ title }) => title);
}

it('signs tasks that an older version entered, so that their words are found', async () => {
  const words = ['dữ liệu', 'Nghị quyết', 'không có ở đâu', 'số'];
  const before = await Promise.all(words.map(found));
  expect(before.map((titles) => titles.length > 0)).toEqual([true, true, false, true]);

  await tasks.betweenVersions(async (runner) => {
    const signatures = (): Promise<unknown> =>
      runner.query(`SELECT * FROM task_agency ORDER BY task_id, role, agency_code`);
    const signed = await signatures();
    const migration = new WordsSignature1790000008400();
    await migration.down(runner);
    await migration.up(runner);
    expect(await signatures()).toEqual(signed);
  });
  expect(await Promise.all(words.map(found))).toEqual(before);
});
