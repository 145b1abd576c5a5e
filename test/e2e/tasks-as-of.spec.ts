import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { TIMELINESS } from '#libs/contracts';
import type { TaskItem } from '../../apps/tasks/src/assignments/task-state.js';
import { KeptFiguresRound } from '../../apps/tasks/src/scoreboards/kept-figures.round.js';
import { type Answer, TasksHarness } from './tasks-harness.js';
import { RandomOfficers, randomNumbers } from './tasks-walk.js';

let tasks: TasksHarness;
beforeAll(async () => {
  tasks = await TasksHarness.start();
});
afterAll(async () => {
  await tasks.stop();
});

const itemsOf = (answer: Answer) => answer.body['items'] as TaskItem[];

async function read(path: string, agency = 'VPUBND', replica = 0): Promise<unknown> {
  const answer = await tasks.send(path, { agency, replica });
  expect(answer).toMatchObject({ status: 200 });
  return answer.body;
}

/** What is asked at the end of every day, and again of that day months later. */
const QUESTIONS: [path: string, agency?: string][] = [
  ['/v1/tasks?limit=500'],
  ['/v1/tasks?limit=20'],
  ['/v1/tasks?limit=500', 'STC'],
  ['/v1/tasks?limit=15&lead=SNV'],
  ['/v1/tasks?limit=500&timeliness=overdue,due-soon&lead=CAT'],
  ['/v1/tasks?limit=500&q=viec&dueFrom=2026-05-01&dueTo=2026-06-15'],
  ['/v1/tasks?limit=500&q=viec', 'STC'],
  ['/v1/tasks?limit=7&q=viec', 'STC'],
  ['/v1/tasks?limit=7&q=viec&timeliness=overdue'],
  ['/v1/tasks/totals?q=viec', 'STC'],
  ['/v1/tasks/totals?q=viec+1'],
  ...TIMELINESS.map((timeliness): [string] => [`/v1/tasks?limit=10&timeliness=${timeliness}`]),
  ['/v1/tasks/totals?'],
  ['/v1/tasks/totals?lead=STC&state=assigned,in-progress'],
  ['/v1/tasks/totals?timeliness=overdue', 'SNV'],
  ['/v1/tasks/totals?dueFrom=2026-05-01&dueTo=2026-06-15'],
  ['/v1/tasks?limit=500&state=assigned,in-progress'],
];

/** As above, of boards; what agencies missed besides their tasks is no matter of tasks. */
const BOARDS: [path: string, agency?: string][] = [
  ['/v1/scoreboards/agencies?limit=500'],
  ['/v1/scoreboards/agencies?limit=500', 'STC'],
  ['/v1/scoreboards/directives?limit=500'],
  ['/v1/scoreboards/sessions?'],
  ['/v1/scoreboards/periods?unit=month'],
];

const DAYS = 30;

describe('asOf', () => {
  it('answers of any past day exactly what was answered on that day, whatever happened since', async () => {
    const random = randomNumbers(3);
    const officers = new RandomOfficers(
      (path, request) => tasks.send(path, request),
      random,
      () => tasks.clock.today(),
    );
    const asked = async (asOf: string, replica = 0): Promise<unknown[]> =>
      Promise.all([
        ...QUESTIONS.map(([path, agency]) => read(`${path}${asOf}`, agency, replica)),
        ...BOARDS.map(async ([path, agency]) => scoresOf(await read(`${path}${asOf}`, agency, replica))),
      ]);
    const then: { day: string; answers: unknown[]; details: [string, unknown][] }[] = [];
    for (let passed = 0; passed < DAYS; passed += 1) {
      const day = new Date(Date.parse('2026-04-21') + passed * 86_400_000).toISOString().slice(0, 10);
      for (let hour = 8; random() < 0.82 && hour < 20; hour += 1) {
        tasks.clock.set(`${day}T${String(hour).padStart(2, '0')}:30:00+07:00`);
        await officers.act();
        await officers.act();
      }
      tasks.clock.set(`${day}T23:59:59+07:00`);
      const answers = await asked('');
      const all = (answers[0] as { items: TaskItem[] }).items;
      const some = Array.from({ length: 3 }, () => all[Math.floor(random() * all.length)]?.id ?? '');
      const details = await Promise.all(
        some.map(async (id): Promise<[string, unknown]> => [id, await read(`/v1/tasks/${id}`)]),
      );
      then.push({ day, answers, details });
    }
    // Soon after, and long after: pages of the two are read in another order.
    tasks.clock.set('2026-05-25');
    for (const { day, answers } of then.slice(-5)) expectSame(day, await asked(`&asOf=${day}`), answers);
    tasks.clock.set('2026-11-20');
    for (const { day, answers, details } of then) {
      expectSame(day, await asked(`&asOf=${day}`), answers);
      for (const [id, detail] of details) expect(await read(`/v1/tasks/${id}?asOf=${day}`)).toEqual(detail);
    }
    // Again by a replica that remembers nothing, of what was kept of each day.
    await tasks.addReplica();
    for (let runs = 0; runs < DAYS / 2; runs += 1) await tasks.round(KeptFiguresRound);
    for (const { day, answers } of then.filter((_day, index) => index % 4 === 0)) {
      expectSame(day, await asked(`&asOf=${day}`, 1), answers);
    }
    expect(await keptDays()).toEqual(expect.arrayContaining(then.map(({ day }) => day)));
    // Days before the first task are not kept one by one.
    expect(await keptDays()).not.toContain('2020-01-01');
    expect(await read('/v1/tasks/totals?asOf=2020-01-01', 'VPUBND', 1)).toMatchObject({ total: 0 });
    const board = scoresOf(await read('/v1/scoreboards/agencies?limit=500&asOf=2020-01-01', 'VPUBND', 1));
    expect(board.items).toEqual([]);
    // The walk is worth something only when all of it happened.
    expect([...officers.done.keys()].sort()).toEqual([
      'assign',
      'cancellation',
      'confirmation',
      'due-correction',
      'extension',
      'extension-requests',
      'extension-requests grant',
      'extension-requests refusal',
      'progress',
      'resumption',
      'return',
      'split',
      'submission',
      'suspension',
      'threshold',
    ]);
  }, 120_000);

  it('pages through a past day like through the present', async () => {
    const whole = (await read('/v1/tasks?limit=500&asOf=2026-05-15')) as { items: TaskItem[] };
    const seen: TaskItem[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const path = `/v1/tasks?limit=9&asOf=2026-05-15${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const page = (await read(path)) as { items: TaskItem[]; nextCursor: string | null };
      seen.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(whole.items);
    expect(seen.length).toBeGreaterThan(70);
  });

  it('shows the tasks of the source documents from their assignment on, though they were loaded later', async () => {
    const on = async (day: string): Promise<number> =>
      itemsOf(await tasks.send(`/v1/tasks?limit=500&asOf=${day}&q=${encodeURIComponent('Phòng IOC')}`))
        .length;
    expect([await on('2026-04-19'), await on('2026-04-20')]).toEqual([0, 2]);
    const february = itemsOf(await tasks.send('/v1/tasks?limit=500&asOf=2026-02-10'));
    expect(new Set(february.map((item) => item.assignedOn))).toContain('2026-02-10');
    expect(february.every((item) => item.state === 'assigned')).toBe(true);
  });

  it('knows nothing of the future, and no task before it was entered', async () => {
    tasks.clock.set('2026-11-20');
    for (const path of ['/v1/tasks?asOf=2026-11-21', '/v1/tasks/totals?asOf=2026-11-21']) {
      expect(await tasks.send(path)).toMatchObject({ status: 400, body: { errors: [{ field: 'asOf' }] } });
    }
    const directive = itemsOf(await tasks.send('/v1/directives?limit=1'))[0]?.id;
    const json = { directiveId: directive, title: 'Mới', leads: ['STC'] };
    const created = await tasks.send('/v1/tasks', { json, agency: 'UBND' });
    const path = created.headers.get('location') ?? '';
    expect((await tasks.send(`${path}?asOf=2026-11-19`)).status).toBe(404);
    expect((await tasks.send(`${path}?asOf=2026-11-20`)).body).toEqual(created.body);
  });
});

async function keptDays(): Promise<string[]> {
  const client = new pg.Client({ connectionString: tasks.database.url });
  await client.connect();
  try {
    const { rows } = await client.query<{ day: string }>(
      `SELECT day::text FROM day_figure WHERE name = 'agencies'`,
    );
    return rows.map(({ day }) => day);
  } finally {
    await client.end();
  }
}

function expectSame(day: string, later: readonly unknown[], earlier: readonly unknown[]): void {
  for (const [index, [path, agency]] of [...QUESTIONS, ...BOARDS].entries()) {
    const [now, then] = [later[index], earlier[index]].map(withoutCursor);
    // As text first: thousands of tasks are compared, and the readable difference is slow.
    if (JSON.stringify(now) === JSON.stringify(then)) continue;
    expect({ day, path, agency, answer: now }).toEqual({ day, path, agency, answer: then });
  }
}

function scoresOf(board: unknown): { items: unknown[] } {
  const { items } = board as { items: { score: { given: number }; omissions?: object }[] };
  return {
    items: items
      .filter(({ omissions, score }) => omissions === undefined || score.given > 0)
      .map(({ omissions: _, ...row }) => row),
  };
}

/** A cursor is bound to the filters of its list, and so to the day. */
function withoutCursor(answer: unknown): unknown {
  const { nextCursor, ...rest } = answer as { nextCursor?: string | null };
  return { ...rest, hasNext: typeof nextCursor === 'string' };
}
