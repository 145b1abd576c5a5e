import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DIRECTIVE_REGISTERED, TASK_ASSIGNED, TIMELINESS } from '#libs/contracts';
import { until } from '../support/until.js';
import type { TaskItem } from '../../apps/tasks/src/assignments/task-state.js';
import { checkAgainstSchemas } from './event-contract.js';
import { type Answer, TasksHarness } from './tasks-harness.js';

const SEED_DIRECTIVES = 16;
const SEED_TASKS = 70;

let tasks: TasksHarness;
beforeAll(async () => {
  tasks = await TasksHarness.start(2);
});
afterAll(async () => {
  await tasks.stop();
});

const itemsOf = (answer: Answer) => answer.body['items'] as TaskItem[];
const list = async (query: string, agency?: string) => {
  const answer = await tasks.send(`/v1/tasks?${query}`, { agency });
  expect(answer).toMatchObject({ status: 200 });
  return itemsOf(answer);
};
describe('first start', () => {
  it('loads the source documents once, though two replicas start at the same moment', async () => {
    expect(await list('limit=500')).toHaveLength(SEED_TASKS);
    const directives = await tasks.send('/v1/directives?limit=500', { replica: 1 });
    expect(directives.body['items']).toHaveLength(SEED_DIRECTIVES);
  });

  it('publishes them as events whose data keep to the schemas', async () => {
    const total = SEED_DIRECTIVES + SEED_TASKS;
    const loaded = async () =>
      (await tasks.events()).filter(({ type }) => /\.tasks\.(directive|task)\./.test(type));
    await until(async () => (await loaded()).length === total);
    const { types, faults } = checkAgainstSchemas(await loaded());
    expect(faults).toEqual([]);
    expect(types).toEqual([DIRECTIVE_REGISTERED, TASK_ASSIGNED]);
  });

  it('does not load them again', async () => {
    await tasks.addReplica();
    const answer = await tasks.send('/v1/tasks?limit=500', { replica: 2 });
    expect(itemsOf(answer)).toHaveLength(SEED_TASKS);
  });
});

describe('the list of tasks', () => {
  it('answers the fields that the wall and others rely on', async () => {
    const [item] = await list(`q=${encodeURIComponent('lap dat thiet bi tai phong ioc')}`);
    expect(item).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      version: 1,
      title: 'Hoàn thành lắp đặt thiết bị tại Phòng IOC của Trụ sở UBND tỉnh',
      directive: {
        id: expect.any(String),
        number: null,
        symbol: 'TB-VPUB',
        kind: 'conclusion-notice',
        issuer: { code: 'VPUBND', name: 'Văn phòng UBND tỉnh' },
        issuedOn: null,
        clause: '3',
        dueSoonWorkingDays: 5,
      },
      leads: [{ code: 'BQLDAPT', name: 'Ban Quản lý Dự án Phát triển tỉnh' }],
      collaborators: [],
      due: {
        date: '2026-05-05',
        lastDay: '2026-05-05',
        phrase: 'hoàn thành chậm nhất ngày 05/5/2026 (không xin gia hạn thêm)',
        extendable: false,
        recurrence: null,
      },
      state: 'assigned',
      timeliness: 'on-track',
      progressPercent: 0,
      assignedOn: '2026-04-20',
      completedOn: null,
      parentId: null,
      children: null,
      extensions: 0,
      extensionRequest: null,
    });
  });

  it('filters by lead, collaborator and directive', async () => {
    const coLed = await list('lead=STC&limit=500');
    expect(coLed.map((item) => item.leads.map((lead) => lead.code))).toEqual([['SKHCN', 'STC'], ['STC']]);
    expect((await list('collaborator=STP')).map((item) => item.directive.clause)).toEqual([
      'III.1.đ, gạch đầu dòng 2',
    ]);
    const [one] = coLed;
    expect(await list(`directive=${one?.directive.id ?? ''}&limit=500`)).toHaveLength(13);
    expect(await list(`directive=${encodeURIComponent('508/QĐ-UBND')}`)).toEqual([]);
  });

  it('filters by the last day, both ends included', async () => {
    const april = await list('dueFrom=2026-04-25&dueTo=2026-04-28');
    expect(april.map((item) => item.due.lastDay)).toEqual([
      '2026-04-25',
      '2026-04-25',
      '2026-04-27',
      '2026-04-28',
    ]);
    expect(
      (await list('dueFrom=2026-12-31&limit=500')).every((item) => item.due.lastDay === '2026-12-31'),
    ).toBe(true);
  });

  it('finds words without diacritics, and takes % and _ as they are', async () => {
    expect(await list('q=CHIEN%20luoc%20du%20lieu')).toHaveLength(1);
    expect(await list('q=chi%E1%BA%BFn%20l%C6%B0%E1%BB%A3c%20d%E1%BB%AF%20li%E1%BB%87u')).toHaveLength(1);
    expect(await list('q=%25')).toEqual([]);
  });

  it('gives every task once over its pages, the earliest last day first', async () => {
    const whole = await list('limit=500');
    const seen: TaskItem[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await tasks.send(`/v1/tasks?limit=7${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...itemsOf(page));
      cursor = page.body['nextCursor'] as string | null;
    }
    expect(seen.map((item) => item.id)).toEqual(whole.map((item) => item.id));
    const days = seen.map((item) => item.due.lastDay ?? '9999-12-31');
    expect(days).toEqual([...days].sort());
  });

  it.each([
    'limit=501',
    'limit=0',
    'timeliness=late',
    'state=done',
    'dueFrom=2026-02-30',
    'leads=STC',
    'cursor=abc',
  ])('refuses %s', async (query) => {
    expect((await tasks.send(`/v1/tasks?${query}`)).status).toBe(400);
  });

  it.each(['2026-01-15', '2026-02-23', '2026-04-23', '2026-05-05', '2027-01-01'])(
    'filters timeliness in the database as it computes it when reading: %s',
    async (today) => {
      tasks.clock.set(today);
      try {
        const whole = await list('limit=500');
        for (const timeliness of TIMELINESS) {
          const expected = whole.filter((item) => item.timeliness === timeliness).map((item) => item.id);
          expect((await list(`limit=500&timeliness=${timeliness}`)).map((item) => item.id)).toEqual(expected);
        }
        const both = whole.filter((item) => ['overdue', 'no-date'].includes(item.timeliness));
        expect(await list('limit=500&timeliness=overdue,no-date')).toHaveLength(both.length);
      } finally {
        tasks.clock.set('2026-04-20');
      }
    },
  );
});
