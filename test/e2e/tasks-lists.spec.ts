import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Actor } from '#libs/auth';
import { TransactionScope } from '#libs/persistence';
import { ListTasksQuery } from '../../apps/tasks/src/assignments/task.requests.js';
import type { TaskItem } from '../../apps/tasks/src/assignments/task-state.js';
import { TasksQueries } from '../../apps/tasks/src/assignments/tasks.queries.js';
import { TasksService } from '../../apps/tasks/src/assignments/tasks.service.js';
import { NoticesLab, type Replica } from './tasks-notices-lab.js';

const TITLE = 'Đường dây nóng chuyển đổi số';
const LIST = `/v1/tasks?q=${encodeURIComponent(TITLE)}`;

let lab: NoticesLab;
let replica: Replica;
beforeAll(async () => {
  lab = await NoticesLab.open();
  replica = await lab.start();
});
afterAll(() => lab.close());

const itemsOf = async (agency: string): Promise<TaskItem[]> => {
  const { status, body } = await lab.send(LIST, { agency });
  expect(status).toBe(200);
  return body['items'] as TaskItem[];
};

describe('a list', () => {
  it('is whole, each task in one of its versions, while all of them change', async () => {
    const tasks = await Promise.all(
      Array.from({ length: 12 }, (_, index) => lab.assignTask({ title: `${TITLE} ${index}` })),
    );
    const changed = new AbortController();
    const changes = Promise.all(
      tasks.map(async ({ id }) => {
        for (let percent = 1; percent <= 10; percent += 1) {
          const json = { percent };
          const answer = await lab.send(`/v1/tasks/${id}/progress`, { agency: 'STC', json });
          expect(answer.status).toBe(200);
        }
      }),
    ).finally(() => {
      changed.abort();
    });
    const seen = new Map<string, number>();
    while (!changed.signal.aborted) {
      const items = await itemsOf('STC');
      expect(new Set(items.map(({ id }) => id)).size).toBe(tasks.length);
      for (const { id, version, progressPercent } of items) {
        expect(progressPercent).toBe(version - 1);
        expect(version).toBeGreaterThanOrEqual(seen.get(id) ?? 0);
        seen.set(id, version);
      }
    }
    await changes;
    expect((await itemsOf('STC')).map(({ version }) => version)).toEqual(tasks.map(() => 11));
  });

  it('of words shows an agency its own tasks, whatever its part in them, and no others', async () => {
    const own = (await itemsOf('VPUBND')).map(({ id }) => id).sort();
    for (const agency of ['STC', 'SNV']) {
      expect((await itemsOf(agency)).map(({ id }) => id).sort()).toEqual(own);
    }
    expect(await itemsOf('SYT')).toEqual([]);
  });

  it('that is read in a transaction reads what that transaction sees', async () => {
    const { app } = replica;
    const actor = new Actor('system', 'system', 'VPUBND', new Set(['tasks:read', 'tasks:assign']));
    const [task] = await itemsOf('VPUBND');
    const query = Object.assign(new ListTasksQuery(), { q: TITLE });
    const { directive } = task!;
    const titles = async (): Promise<string[]> => {
      const page = JSON.parse((await app.get(TasksQueries).listAsJson(actor, query)).toString()) as {
        items: TaskItem[];
      };
      return page.items.map(({ title }) => title);
    };
    const byDirective = Object.assign(new ListTasksQuery(), { directive: directive.id });
    const countOf = async (): Promise<number> => {
      const json = await app.get(TasksQueries).listAsJson(actor, byDirective);
      return (JSON.parse(json.toString()) as { items: unknown[] }).items.length;
    };
    const before = await countOf();
    const content = { directiveId: directive.id, clause: null, description: null, collaborators: [] };
    const due = { date: null, lastDay: null, phrase: null, extendable: true, recurrence: null };
    await app.get(TransactionScope).run(async () => {
      const leads = [{ code: 'STC', name: 'Sở Tài chính' }];
      await app.get(TasksService).create(actor, { ...content, title: `${TITLE} mới`, leads, due });
      expect(await titles()).toContain(`${TITLE} mới`);
      expect(await countOf()).toBe(before + 1);
    });
  });
});
