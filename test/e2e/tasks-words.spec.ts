import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { CommonWords } from '../../apps/tasks/src/assignments/common-words.js';
import type { TaskItem } from '../../apps/tasks/src/assignments/task-state.js';
import { TasksHarness } from './tasks-harness.js';

let tasks: TasksHarness;
let database: pg.Client;
beforeAll(async () => {
  tasks = await TasksHarness.start();
  database = new pg.Client({ connectionString: tasks.database.url });
  await database.connect();
});
afterAll(async () => {
  await database.end();
  await tasks.stop();
});

/** All ids that a list shows, page by page. */
async function idsOf(path: string, agency: string, limit: number): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const place = cursor === null ? '' : `&cursor=${cursor}`;
    const { status, body } = await tasks.send(`${path}&limit=${limit}${place}`, { agency });
    expect(status).toBe(200);
    ids.push(...(body['items'] as TaskItem[]).map(({ id }) => id));
    cursor = body['nextCursor'] as string | null;
  } while (cursor !== null);
  return ids;
}

async function idsWith(folded: string): Promise<Set<string>> {
  const { rows } = await database.query<{ id: string }>(
    'SELECT id FROM task WHERE strpos(search_text, $1) > 0',
    [folded],
  );
  return new Set(rows.map(({ id }) => id));
}

describe('lists of words', () => {
  it.each([
    ['bao cao', true],
    ['Nhiệm vụ', true],
    ['du lieu', true],
    ['kho du lieu dung chung', false],
    ['phong ioc', true],
    ['khong ai viet the nay', false],
  ])('show "%s" (common: %s) as the same list without words has it', async (words, isCommon) => {
    expect(await tasks.get(CommonWords).has(words)).toBe(isCommon);
    const q = `q=${encodeURIComponent(words)}`;
    const having = await idsWith(words === 'Nhiệm vụ' ? 'nhiem vu' : words);
    const [directive] = (await database.query<{ id: string }>('SELECT directive_id AS id FROM task LIMIT 1'))
      .rows;
    const lists = [
      '',
      '&lead=SKHCN',
      '&collaborator=STC',
      '&timeliness=overdue',
      '&state=assigned',
      '&asOf=2026-04-12',
    ];
    for (const agency of ['VPUBND', 'SKHCN', 'STC']) {
      for (const list of [...lists, '&asOf=2026-04-12&lead=SKHCN', `&directive=${directive!.id}`]) {
        const all = await idsOf(`/v1/tasks?${list}`, agency, 500);
        expect(await idsOf(`/v1/tasks?${q}${list}`, agency, 7)).toEqual(all.filter((id) => having.has(id)));
      }
    }
  });
});
