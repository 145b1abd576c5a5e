import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { foldVietnamese } from '#libs/http';
import { WordSample } from '../../apps/tasks/src/assignments/word-sample.js';
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

/** That the lists of these words are those without them, less the tasks that do not have them. */
async function expectSameLists(words: string): Promise<void> {
  const q = `q=${encodeURIComponent(words)}`;
  const having = await idsWith(foldVietnamese(words));
  const { rows } = await database.query<{ id: string }>('SELECT directive_id AS id FROM task LIMIT 1');
  const directive = `&directive=${rows[0]!.id}`;
  const lists = ['', '&lead=SKHCN', '&collaborator=STC', '&timeliness=overdue', '&state=assigned'];
  const past = ['&asOf=2026-04-12', '&asOf=2026-04-12&lead=SKHCN'];
  for (const agency of ['VPUBND', 'STC']) {
    for (const list of [...lists, ...past, directive]) {
      const all = await idsOf(`/v1/tasks?${list}`, agency, 500);
      expect(await idsOf(`/v1/tasks?${q}${list}`, agency, 7)).toEqual(all.filter((id) => having.has(id)));
    }
  }
}

describe('lists of words', () => {
  it.each([
    ['bao cao', true, null],
    ['Nhiệm vụ', true, null],
    ['du lieu', true, null],
    ['kho du lieu dung chung', false, null],
    ['phong ioc', true, null],
    ['khong ai viet the nay', false, ' nay'],
  ])('show "%s" (common: %s, rarest: %s) as the same list without words has it', async (words, ...how) => {
    const [isCommon, rarest] = how;
    expect(await tasks.get(WordSample).frequencyOf(words)).toEqual({ isCommon, rarest });
    await expectSameLists(words);
  });

  it('find tasks by a word that is rarer than the sample shows, and with it only what has all words', async () => {
    const words = 'mạng lưới 90731';
    expect(await tasks.get(WordSample).frequencyOf(words)).toEqual({ isCommon: false, rarest: ' 90731' });
    const { body } = await tasks.send('/v1/directives', {
      agency: 'STC',
      json: { kind: 'letter', issuer: 'STC', subject: 'Việc hiếm' },
    });
    for (const title of ['Mở rộng mạng lưới 90731', 'Điểm 90731 của mạng lưới', 'Mạng lưới 90732']) {
      const task = { directiveId: body['id'], title, leads: ['SKHCN'], collaborators: ['STC'] };
      expect((await tasks.send('/v1/tasks', { agency: 'STC', json: task })).status).toBe(201);
    }
    expect(await idsOf(`/v1/tasks?q=${encodeURIComponent(words)}`, 'VPUBND', 7)).toHaveLength(1);
    await expectSameLists(words);
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
