import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { foldVietnamese } from '#libs/http';
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

/** All tasks that a list shows, page by page. */
async function itemsOf(path: string, agency: string, limit: number): Promise<TaskItem[]> {
  const items: TaskItem[] = [];
  let cursor: string | null = null;
  do {
    const place = cursor === null ? '' : `&cursor=${cursor}`;
    const { status, body } = await tasks.send(`${path}&limit=${limit}${place}`, { agency });
    expect(status).toBe(200);
    items.push(...(body['items'] as TaskItem[]));
    cursor = body['nextCursor'] as string | null;
  } while (cursor !== null);
  return items;
}

async function idsOf(...list: Parameters<typeof itemsOf>): Promise<string[]> {
  return (await itemsOf(...list)).map(({ id }) => id);
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
    const having = await idsWith(foldVietnamese(words));
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
    for (const agency of ['VPUBND', 'STC']) {
      for (const list of [...lists, '&asOf=2026-04-12&lead=SKHCN', `&directive=${directive!.id}`]) {
        const all = await idsOf(`/v1/tasks?${list}`, agency, 500);
        expect(await idsOf(`/v1/tasks?${q}${list}`, agency, 7)).toEqual(all.filter((id) => having.has(id)));
      }
    }
  });
});

describe("an agency's lists", () => {
  const has = (agencies: TaskItem['leads'], wanted: string) => agencies.some(({ code }) => code === wanted);

  it.each(['VPUBND', 'SKHCN', 'STC', 'CAT'])(
    'filtered for %s, are its own list without the rest',
    async (agency) => {
      const own = await itemsOf('/v1/tasks?', agency, 500);
      const { id } = own[0]!.directive;
      const filters: [query: string, passes: (item: TaskItem) => boolean][] = [
        ['', () => true],
        ['&lead=SKHCN', ({ leads }) => has(leads, 'SKHCN')],
        ['&collaborator=STC', ({ collaborators }) => has(collaborators, 'STC')],
        [
          '&lead=SKHCN&collaborator=STC',
          (item) => has(item.leads, 'SKHCN') && has(item.collaborators, 'STC'),
        ],
        [`&directive=${id}`, ({ directive }) => directive.id === id],
        [`&directive=${id}&lead=CAT`, (item) => item.directive.id === id && has(item.leads, 'CAT')],
        ['&timeliness=overdue', ({ timeliness }) => timeliness === 'overdue'],
      ];
      for (const [query, passes] of filters) {
        expect(await itemsOf(`/v1/tasks?${query}`, agency, 3)).toEqual(own.filter(passes));
      }
    },
  );

  it('show a task once in which the agency has two parts and a group of it a third', async () => {
    const { body } = await tasks.send('/v1/directives', {
      agency: 'STC',
      json: { kind: 'letter', issuer: 'STC', subject: 'Một việc, nhiều vai' },
    });
    for (let number = 0; number < 12; number += 1) {
      const task = {
        directiveId: body['id'],
        title: `Việc chung ${number}`,
        leads: ['STC'],
        collaborators: ['BCD57'],
      };
      expect((await tasks.send('/v1/tasks', { agency: 'STC', json: task })).status).toBe(201);
    }
    for (const list of ['/v1/tasks?', '/v1/tasks?q=viec+chung', '/v1/tasks?q=viec']) {
      const ids = await idsOf(list, 'STC', 5);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(await idsOf(list, 'STC', 500));
    }
    expect(await itemsOf('/v1/tasks?q=viec+chung', 'STC', 5)).toHaveLength(12);
  });
});
