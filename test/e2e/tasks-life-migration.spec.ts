import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { TaskItem } from '../../apps/tasks/src/assignments/task-state.js';
import { TaskLife1790000000000 } from '../../apps/tasks/src/migrations/task-life.js';
import { TasksHarness } from './tasks-harness.js';

let tasks: TasksHarness;
beforeAll(async () => {
  tasks = await TasksHarness.start();
});
afterAll(async () => {
  await tasks.stop();
});

const DAYS = [
  '2026-02-10',
  '2026-04-19',
  '2026-04-20',
  '2026-04-22',
  '2026-04-25',
  '2026-05-02',
  '2026-05-20',
];

/** Everything that is answered of these days, and of each task alone. */
async function answers(): Promise<unknown[]> {
  const list = async (asOf: string) =>
    (await tasks.send(`/v1/tasks?limit=500${asOf}`)).body['items'] as TaskItem[];
  const now = await list('');
  const lists = await Promise.all(DAYS.map((day) => list(`&asOf=${day}`)));
  const ofAgency = await tasks.send('/v1/tasks?asOf=2026-04-25', { agency: 'SNV' });
  const details = await Promise.all(
    now.slice(0, 5).map(async ({ id }) => (await tasks.send(`/v1/tasks/${id}`)).body),
  );
  return [now, ...lists, ofAgency.body['items'], details];
}

it('gives the tasks of an older installation their past, as if it had been kept from the beginning', async () => {
  const found = (await tasks.send('/v1/tasks?limit=5')).body['items'] as TaskItem[];
  for (const [index, day] of ['2026-04-22', '2026-04-25', '2026-05-02'].entries()) {
    tasks.clock.set(day);
    for (const { id, leads } of found.slice(index)) {
      const agency = leads[0]?.code === 'CSBN' ? 'SKHCN' : leads[0]?.code;
      await tasks.send(`/v1/tasks/${id}/progress`, { agency, json: { percent: 10 * index } });
      if (index < 2) continue;
      await tasks.send(`/v1/tasks/${id}/submission`, { agency, json: { evidence: { documentNumber: '1' } } });
      await tasks.send(`/v1/tasks/${id}/confirmation`, { agency: 'UBND', json: {} });
    }
  }
  tasks.clock.set('2026-06-01');
  const before = await answers();
  expect(new Set((before[0] as TaskItem[]).map((item) => item.state)).size).toBeGreaterThan(1);

  await tasks.betweenVersions(async (runner) => {
    const migration = new TaskLife1790000000000();
    await migration.down(runner);
    await migration.up(runner);
  });
  expect(await answers()).toEqual(before);
});
