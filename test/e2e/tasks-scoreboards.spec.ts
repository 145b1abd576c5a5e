import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dayOf, daysBetween } from '#libs/calendar';
import type { TaskDetail } from '../../apps/tasks/src/assignments/task-state.js';
import type { Score } from '../../apps/tasks/src/scoreboards/score.js';
import { TasksHarness } from './tasks-harness.js';
import { RandomOfficers, randomNumbers } from './tasks-walk.js';

let tasks: TasksHarness;
const sessions = new Map<string, string>();
beforeAll(async () => {
  tasks = await TasksHarness.start();
  const officers = new RandomOfficers(
    (path, request) => tasks.send(path, request),
    randomNumbers(5),
    () => tasks.clock.today(),
  );
  for (const [index, meetingOn] of ['2026-04-20', '2026-04-27', '2026-04-27'].entries()) {
    tasks.clock.set('2026-04-28');
    const json = {
      kind: 'conclusion-notice',
      issuer: 'UBND',
      meetingOn,
      number: `${index}/TB`,
      subject: 'Phiên họp',
    };
    sessions.set((await tasks.send('/v1/directives', { json })).body['id'] as string, meetingOn);
  }
  for (let day = 1; day <= 30; day += 1) {
    tasks.clock.set(`2026-05-${String(day).padStart(2, '0')}`);
    for (let count = 0; count < 6; count += 1) await officers.act();
  }
  tasks.clock.set('2026-07-10');
});
afterAll(async () => {
  await tasks.stop();
});

async function read<Body>(path: string, agency = 'UBND'): Promise<Body> {
  const answer = await tasks.send(path, { agency });
  expect(answer).toMatchObject({ status: 200 });
  return answer.body as Body;
}

/** All tasks as they stood, each read alone, so that nothing of how the boards count is used. */
async function taskDetails(asOf: string, agency?: string): Promise<TaskDetail[]> {
  const { items } = await read<{ items: { id: string }[] }>(`/v1/tasks?limit=500&asOf=${asOf}`, agency);
  return Promise.all(items.map(({ id }) => read<TaskDetail>(`/v1/tasks/${id}?asOf=${asOf}`, agency)));
}

function scoreOf(details: readonly TaskDetail[], from: string, to: string, asOf: string): Score {
  const within = (day: string | null | undefined): boolean => day != null && day >= from && day <= to;
  const count = (condition: (task: TaskDetail) => boolean): number => details.filter(condition).length;
  const givenOn = ({ assignedOn, history }: TaskDetail): string =>
    assignedOn ?? dayOf(new Date(history[0]?.at ?? ''));
  const late = details
    .filter((task) => task.timeliness === 'overdue')
    .map((task) => daysBetween(task.due.lastDay ?? '', asOf));
  const open = ({ state }: TaskDetail): boolean => state !== 'completed' && state !== 'cancelled';
  const extensions = details
    .flatMap((task) => task.dueHistory)
    .filter(({ kind, at }) => kind === 'extended' && within(dayOf(new Date(at))));
  return {
    given: count((task) => within(givenOn(task))),
    completedOnTime: count((task) => task.timeliness === 'completed-on-time' && within(task.completedOn)),
    completedLate: count((task) => task.timeliness === 'completed-late' && within(task.completedOn)),
    completedWithoutDate: count((task) => task.timeliness === 'no-date' && within(task.completedOn)),
    overdue: {
      count: late.length,
      totalDays: late.reduce((sum, days) => sum + days, 0),
      longestDays: Math.max(0, ...late),
    },
    dueSoon: count((task) => task.timeliness === 'due-soon'),
    onTrack: count((task) => task.timeliness === 'on-track'),
    withoutDate: count((task) => task.timeliness === 'no-date' && open(task)),
    extensions: extensions.length,
  };
}

const WINDOWS: [from: string, to: string, asOf: string][] = [
  ['2026-01-01', '2026-07-10', '2026-07-10'],
  ['2026-05-05', '2026-05-20', '2026-05-20'],
  ['2026-05-05', '2026-05-20', '2026-06-15'],
];
const windowQuery = (from: string, to: string, asOf: string) =>
  `limit=500&from=${from}&to=${to}&asOf=${asOf}`;

describe.each(WINDOWS)('scoreboards from %s to %s as of %s', (from, to, asOf) => {
  it('count each agency’s tasks exactly', async () => {
    const details = await taskDetails(asOf);
    const { items } = await read<{ items: { agency: { code: string }; score: Score }[] }>(
      `/v1/scoreboards/agencies?${windowQuery(from, to, asOf)}`,
    );
    const leads = new Set(details.flatMap((task) => task.leads.map(({ code }) => code ?? '')));
    const scored = items.filter(({ agency }) => leads.has(agency.code));
    expect(scored.map(({ agency }) => agency.code).sort()).toEqual([...leads].sort());
    for (const { agency, score } of scored) {
      const own = details.filter((task) => task.leads.some(({ code }) => code === agency.code));
      expect({ agency: agency.code, score }).toEqual({
        agency: agency.code,
        score: scoreOf(own, from, to, asOf),
      });
    }
    const overdue = items.map(({ score }) => score.overdue.count);
    expect(overdue).toEqual([...overdue].sort((one, other) => other - one));
    expect(overdue[0]).toBeGreaterThan(0);
  });

  it('count each directive’s and each session’s tasks exactly', async () => {
    const details = await taskDetails(asOf);
    const { items } = await read<{ items: { directive: { id: string }; score: Score }[] }>(
      `/v1/scoreboards/directives?${windowQuery(from, to, asOf)}`,
    );
    for (const { directive, score } of items) {
      const own = details.filter((task) => task.directive.id === directive.id);
      expect(score).toEqual(scoreOf(own, from, to, asOf));
    }
    const board = await read<{ items: { meetingOn: string; score: Score }[] }>(
      `/v1/scoreboards/sessions?${windowQuery(from, to, asOf)}`,
    );
    const two = board.items.find(({ meetingOn }) => meetingOn === '2026-04-27');
    const own = details.filter((task) => sessions.get(task.directive.id) === '2026-04-27');
    expect(own.length).toBeGreaterThan(0);
    expect(two?.score).toEqual(scoreOf(own, from, to, asOf));
  });
});

describe('scoreboards', () => {
  it('compare months, each as it stood at its own end', async () => {
    const { items } = await read<{ items: { name: string; asOf: string; score: Score }[] }>(
      '/v1/scoreboards/periods?unit=month&from=2026-04-10',
    );
    expect(items.map(({ name, asOf }) => [name, asOf])).toEqual([
      ['2026-04', '2026-04-30'],
      ['2026-05', '2026-05-31'],
      ['2026-06', '2026-06-30'],
      ['2026-07', '2026-07-10'],
    ]);
    const may = await taskDetails('2026-05-31');
    expect(items[1]?.score).toEqual(scoreOf(may, '2026-05-01', '2026-05-31', '2026-05-31'));
    const quarters = await read<{ items: { name: string }[] }>('/v1/scoreboards/periods?unit=quarter');
    expect(quarters.items.map(({ name }) => name)).toEqual(['2026-Q1', '2026-Q2', '2026-Q3']);
  });

  it('show an agency the tasks it has a part in, and no others', async () => {
    const details = await taskDetails('2026-07-10', 'STP');
    const { items } = await read<{ items: { agency: { code: string }; score: Score; omissions: object }[] }>(
      '/v1/scoreboards/agencies?limit=500',
      'STP',
    );
    const given = scoreOf(
      details.filter((task) => task.leads.some(({ code }) => code === 'STP')),
      '2000-01-01',
      '2026-07-10',
      '2026-07-10',
    );
    expect(items.find(({ agency }) => agency.code === 'STP')?.score).toEqual(given);
    const leads = new Set(details.flatMap((task) => task.leads.map(({ code }) => code)));
    expect(items.filter(({ score }) => score.given > 0).every(({ agency }) => leads.has(agency.code))).toBe(
      true,
    );
    expect(items.find(({ agency }) => agency.code === 'SNV')?.omissions).toEqual({
      reportsMissed: null,
      explanationsUnanswered: null,
    });
  });

  it('count reports that are missing and explanations that are owed', async () => {
    const [task] = (await read<{ items: TaskDetail[] }>('/v1/tasks?lead=SXD&state=assigned,in-progress'))
      .items;
    const asked = await tasks.send(`/v1/tasks/${task?.id ?? ''}/explanations`, {
      agency: 'VPUBND',
      json: { reason: 'Vì sao chậm?', lastDay: '2026-07-14' },
    });
    expect(asked).toMatchObject({ status: 201 });
    const owed = async (asOf: string): Promise<number | undefined> => {
      const { items } = await read<{
        items: { agency: { code: string }; omissions: Record<string, number> }[];
      }>(`/v1/scoreboards/agencies?limit=500&asOf=${asOf}`);
      return items.find(({ agency }) => agency.code === 'SXD')?.omissions['explanationsUnanswered'];
    };
    tasks.clock.set('2026-07-16');
    expect([await owed('2026-07-14'), await owed('2026-07-15')]).toEqual([0, 1]);
    tasks.clock.set('2026-07-10');
  });

  it('page in their order, and refuse windows that cannot be', async () => {
    const whole = await read<{ items: unknown[] }>('/v1/scoreboards/agencies?limit=500');
    const first = await read<{ items: unknown[]; nextCursor: string }>('/v1/scoreboards/agencies?limit=3');
    const second = await read<{ items: unknown[] }>(
      `/v1/scoreboards/agencies?limit=3&cursor=${first.nextCursor}`,
    );
    expect([...first.items, ...second.items]).toEqual(whole.items.slice(0, 6));
    for (const query of ['asOf=2026-07-11', 'from=2026-05-02&to=2026-05-01', 'unit=week']) {
      const board = query.startsWith('unit') ? 'periods' : 'agencies';
      expect((await tasks.send(`/v1/scoreboards/${board}?${query}`)).status).toBe(400);
    }
  });
});
