import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EVENT_HEADERS, type Scope, TIMELINESS } from '#libs/contracts';
import { until } from '../support/until.js';
import type { TaskDetail, TaskItem } from '../../apps/tasks/src/assignments/task-state.js';
import { type Answer, TasksHarness } from './tasks-harness.js';

let tasks: TasksHarness;
beforeAll(async () => {
  tasks = await TasksHarness.start(2);
});
afterAll(async () => {
  await tasks.stop();
});

const list = async (query: string, agency?: string) => {
  const answer = await tasks.send(`/v1/tasks?${query}`, { agency });
  expect(answer).toMatchObject({ status: 200 });
  return answer.body['items'] as TaskItem[];
};
const detailOf = (answer: Answer) => answer.body as unknown as TaskDetail;

/** A task of the Provincial Office's own, led by STC. */
async function assignTask(changes: Record<string, unknown> = {}): Promise<TaskDetail> {
  const found = await tasks.send('/v1/directives?issuer=VPUBND');
  const [directive] = found.body['items'] as { id: string }[];
  const answer = await tasks.send('/v1/tasks', {
    agency: 'VPUBND',
    json: {
      directiveId: directive?.id,
      clause: '5',
      title: 'Thẩm định dự toán thuê đường truyền',
      leads: ['STC'],
      collaborators: ['SKHCN'],
      due: { phrase: 'trước ngày 15/5/2026' },
      ...changes,
    },
  });
  expect(answer).toMatchObject({ status: 201 });
  return detailOf(answer);
}

/** The events of a task on the bus: exactly these, numbered from 1 without gaps. */
async function expectEvents(id: string, verbs: string[]): Promise<void> {
  const subject = `ioc.tasks.task.${id}`;
  const latest = () => tasks.streams.streams.getMessage('TASKS', { last_by_subj: subject });
  await until(async () => (await latest())?.header.get(EVENT_HEADERS.sequence) === String(verbs.length));
  const last = await latest();
  const events: string[] = [];
  for (let sequence = last?.seq ?? 0; sequence > 0 && events.length < verbs.length; sequence -= 1) {
    const message = await tasks.streams.streams.getMessage('TASKS', { seq: sequence });
    if (message?.subject !== subject) continue;
    events.unshift(`${message.header.get(EVENT_HEADERS.sequence)} ${message.header.get(EVENT_HEADERS.type)}`);
  }
  expect(events).toEqual(verbs.map((verb, index) => `${index + 1} vn.ioc.tasks.task.${verb}.v1`));
}

describe('the life of a task', () => {
  it('goes from assignment over returned evidence to completion, with an event for each step', async () => {
    const { id, version, due } = await assignTask();
    expect([version, due.date, due.lastDay]).toEqual([1, '2026-05-15', '2026-05-14']);
    const act = async (action: string, agency: string, json: unknown) => {
      const answer = await tasks.send(`/v1/tasks/${id}/${action}`, { agency, json });
      expect(answer).toMatchObject({ status: 200 });
      return detailOf(answer);
    };
    const evidence = { documentNumber: '812/STC-HCSN', date: '2026-04-19', link: 'https://example.vn/812' };
    await act('progress', 'STC', { percent: 40, note: 'Đã nhận hồ sơ' });
    await act('submission', 'STC', { evidence });
    const returned = await act('return', 'VPUBND', { reason: 'Thiếu phụ lục' });
    expect(returned).toMatchObject({ state: 'in-progress', evidence: null, progressPercent: 40 });
    await act('submission', 'STC', { evidence });
    const done = await act('confirmation', 'VPUBND', {});
    expect(done).toMatchObject({
      state: 'completed',
      timeliness: 'completed-on-time',
      completedOn: '2026-04-19',
      progressPercent: 100,
      version: 6,
      evidence: { ...evidence, note: null, submittedOn: '2026-04-20' },
    });
    expect(done.history.map(({ action, agency, state, note }) => [action, agency, state, note])).toEqual([
      ['assignment', 'VPUBND', 'assigned', null],
      ['progress', 'STC', 'in-progress', 'Đã nhận hồ sơ'],
      ['submission', 'STC', 'submitted', null],
      ['return', 'VPUBND', 'in-progress', 'Thiếu phụ lục'],
      ['submission', 'STC', 'submitted', null],
      ['confirmation', 'VPUBND', 'completed', null],
    ]);
    await expectEvents(id, ['assigned', 'progressed', 'submitted', 'returned', 'submitted', 'completed']);
  });

  it('is suspended, resumed where it was, and cancelled', async () => {
    const { id } = await assignTask();
    const act = (action: string, json: unknown) =>
      tasks.send(`/v1/tasks/${id}/${action}`, { agency: 'VPUBND', json });
    tasks.clock.set('2026-06-01');
    try {
      expect((await act('suspension', { reason: 'Chờ hướng dẫn' })).body).toMatchObject({
        state: 'suspended',
        timeliness: 'no-date',
      });
      expect((await act('progress', { percent: 10 })).status).toBe(403);
      expect((await act('resumption', {})).body).toMatchObject({ state: 'assigned', timeliness: 'overdue' });
      expect((await act('cancellation', { ground: 'Thông báo số 120/TB-VPUB' })).body).toMatchObject({
        state: 'cancelled',
      });
      expect(await act('resumption', {})).toMatchObject({
        status: 409,
        body: { code: 'transition-not-allowed' },
      });
    } finally {
      tasks.clock.set('2026-04-20');
    }
    await expectEvents(id, ['assigned', 'suspended', 'resumed', 'cancelled']);
  });

  it('is completed late when the evidence is of a later day', async () => {
    const { id } = await assignTask({ due: { date: '2026-04-10' } });
    await tasks.send(`/v1/tasks/${id}/submission`, {
      agency: 'STC',
      json: { evidence: { documentNumber: '1/STC' } },
    });
    const answer = await tasks.send(`/v1/tasks/${id}/confirmation`, { agency: 'VPUBND', json: {} });
    expect(answer.body).toMatchObject({ completedOn: '2026-04-20', timeliness: 'completed-late' });
    for (const timeliness of TIMELINESS) {
      const found = (await list(`limit=500&timeliness=${timeliness}`)).some((item) => item.id === id);
      expect([timeliness, found]).toEqual([timeliness, timeliness === 'completed-late']);
    }
  });

  it('refuses a change based on an old version, and takes one on the current', async () => {
    const { id } = await assignTask();
    const progress = (tag: string) =>
      tasks.send(`/v1/tasks/${id}/progress`, {
        agency: 'STC',
        json: { percent: 10 },
        headers: { 'if-match': tag },
      });
    const first = await progress('"1"');
    expect([first.status, first.headers.get('etag')]).toEqual([200, '"2"']);
    expect(await progress('"1"')).toMatchObject({ status: 412, body: { code: 'stale-version' } });
    expect((await tasks.send(`/v1/tasks/${id}`)).headers.get('etag')).toBe('"2"');
  });

  it('takes two changes at the same moment one after the other', async () => {
    const { id } = await assignTask();
    const answers = await Promise.all(
      [10, 20, 30, 40].map((percent, index) =>
        tasks.send(`/v1/tasks/${id}/progress`, { agency: 'STC', json: { percent }, replica: index % 2 }),
      ),
    );
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
    expect((await tasks.send(`/v1/tasks/${id}`)).body['version']).toBe(5);
    await expectEvents(id, ['assigned', 'progressed', 'progressed', 'progressed', 'progressed']);
  });

  it('assigns once for one Idempotency-Key', async () => {
    const { directive } = await assignTask();
    const send = () =>
      tasks.send('/v1/tasks', {
        agency: 'VPUBND',
        json: { directiveId: directive.id, title: 'Một lần', leads: ['SNV'] },
        headers: { 'idempotency-key': 'once' },
      });
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body['id']).toBe(first.body['id']);
    expect(await list('q=mot%20lan')).toHaveLength(1);
  });
});

describe('bad requests change nothing', () => {
  const bad: [string, string, Record<string, unknown>][] = [
    ['an unknown lead', 'leads[0]', { leads: ['KHONG'] }],
    ['an agency of the past', 'leads[0]', { leads: ['STTTT'] }],
    ['no lead', 'leads', { leads: [] }],
    ['a lead twice', 'leads', { leads: ['STC', 'STC'] }],
    ['a lead that also collaborates', 'collaborators[0]', { collaborators: ['STC'] }],
    ['an unknown directive', 'directiveId', { directiveId: '01900000-0000-7000-8000-000000000000' }],
    [
      'a due date against its phrase',
      'due.date',
      { due: { phrase: 'trước ngày 15/5/2026', date: '2026-05-14' } },
    ],
    ['an unknown field', 'priority', { priority: 1 }],
    ['a title that is no text', 'title', { title: 7 }],
  ];

  it.each(bad)('%s', async (_case, field, changes) => {
    const before = await list('limit=500');
    const { directive } = before[0] as TaskItem;
    const json = { directiveId: directive.id, title: 'Sai', leads: ['STC'], ...changes };
    const answer = await tasks.send('/v1/tasks', { json });
    expect(answer).toMatchObject({ status: 400, body: { code: 'validation-failed', errors: [{ field }] } });
    expect(await list('limit=500')).toEqual(before);
  });

  it.each([
    ['progress', { percent: 101 }, 'percent'],
    ['progress', { percent: 1.5 }, 'percent'],
    ['submission', { evidence: { note: 'xong' } }, 'evidence'],
    ['submission', { evidence: { documentNumber: '1', date: '2026-04-21' } }, 'evidence.date'],
    ['submission', { evidence: { link: 'javascript:alert(1)' } }, 'evidence.link'],
  ])('%s with %j', async (action, json, field) => {
    const { id } = await assignTask();
    const answer = await tasks.send(`/v1/tasks/${id}/${action}`, { agency: 'STC', json });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ field }] } });
    expect((await tasks.send(`/v1/tasks/${id}`)).body['version']).toBe(1);
  });

  it('registers a directive of one number, issuer and day once', async () => {
    const json = {
      number: '508/QĐ-UBND',
      kind: 'decision',
      issuer: 'UBND',
      issuedOn: '2026-02-09',
      subject: 'Lặp',
    };
    expect(await tasks.send('/v1/directives', { json })).toMatchObject({
      status: 409,
      body: { code: 'directive-exists' },
    });
    const created = await tasks.send('/v1/directives', { json: { ...json, issuedOn: '2027-02-09' } });
    expect(created).toMatchObject({ status: 201, body: { symbol: 'QĐ-UBND', version: 1 } });
    expect((await tasks.send(created.headers.get('location') ?? '')).body).toEqual(created.body);
  });
});

describe('access', () => {
  it('shows an agency its own tasks, those of its groups, and no others', async () => {
    const seen = await list('limit=500', 'SXD');
    const parts = seen.map((item) => [...item.leads, ...item.collaborators].map((agency) => agency.code));
    expect(parts.length).toBeGreaterThan(0);
    expect(
      parts.filter((codes) => !codes.some((code) => ['SXD', 'CSBN', 'CCQDV'].includes(code ?? ''))),
    ).toEqual([]);
    const [other] = await list('lead=BQLDAPT');
    expect((await tasks.send(`/v1/tasks/${other?.id ?? ''}`, { agency: 'SXD' })).status).toBe(404);
    expect((await tasks.send(`/v1/tasks/${other?.id ?? ''}`, { agency: 'BQLDAPT' })).status).toBe(200);
  });

  it('lets nobody report for another agency, nor an agency assign or confirm for the Office', async () => {
    const { id, directive } = await assignTask();
    const send = (action: string, agency: string, json: unknown) =>
      tasks.send(`/v1/tasks/${id}/${action}`, { agency, json }).then(({ status }) => status);
    expect(await send('progress', 'SNV', { percent: 1 })).toBe(404);
    expect(await send('progress', 'SKHCN', { percent: 1 })).toBe(403);
    expect(await send('submission', 'STC', { evidence: { documentNumber: '1' } })).toBe(200);
    expect(await send('confirmation', 'STC', {})).toBe(403);
    expect(await send('cancellation', 'STC', { ground: 'x' })).toBe(403);
    const json = { directiveId: directive.id, title: 'Không được', leads: ['STC'] };
    expect((await tasks.send('/v1/tasks', { agency: 'STC', json })).status).toBe(403);
  });

  it('needs the scope for each step', async () => {
    const { id } = await assignTask();
    const code = async (path: string, agency: string, scopes: Scope[], json?: unknown) =>
      (await tasks.send(path, { agency, scopes, json })).body['code'];
    const refused = 'insufficient-scope';
    expect(await code('/v1/tasks', 'SKHCN', ['tasks:write'])).toBe(refused);
    expect(
      await code(`/v1/tasks/${id}/progress`, 'STC', ['tasks:read', 'tasks:assign'], { percent: 1 }),
    ).toBe(refused);
    expect(await code(`/v1/tasks/${id}/suspension`, 'VPUBND', ['tasks:write'], { reason: 'x' })).toBe(
      refused,
    );
    expect(await code('/v1/directives', 'SKHCN', ['tasks:read', 'tasks:write'], {})).toBe(refused);
  });
});
