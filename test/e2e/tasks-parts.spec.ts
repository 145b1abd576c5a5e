import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EVENT_HEADERS } from '#libs/contracts';
import { until } from '../support/until.js';
import type { TaskDetail, TaskItem } from '../../apps/tasks/src/assignments/task-state.js';
import { checkAgainstSchemas } from './event-contract.js';
import { type Answer, TasksHarness } from './tasks-harness.js';

let tasks: TasksHarness;
let directiveId = '';
beforeAll(async () => {
  tasks = await TasksHarness.start();
  const json = { kind: 'letter', issuer: 'UBND', issuedOn: '2026-04-20', subject: 'Chia nhiệm vụ' };
  directiveId = (await tasks.send('/v1/directives', { json })).body['id'] as string;
});
afterAll(async () => {
  await tasks.stop();
});

const EVIDENCE = { evidence: { documentNumber: '1/BC' } };

async function assign(changes: Record<string, unknown> = {}): Promise<TaskDetail> {
  const answer = await tasks.send('/v1/tasks', {
    agency: 'VPUBND',
    json: { directiveId, title: 'Việc lớn', leads: ['STC'], due: { date: '2026-06-30' }, ...changes },
  });
  expect(answer).toMatchObject({ status: 201 });
  return answer.body as unknown as TaskDetail;
}

const act = (id: string, action: string, agency: string, json: unknown = {}): Promise<Answer> =>
  tasks.send(`/v1/tasks/${id}/${action}`, { agency, json });

async function mustAct(id: string, action: string, agency: string, json: unknown = {}): Promise<TaskDetail> {
  const answer = await act(id, action, agency, json);
  expect(answer).toMatchObject({ status: 200 });
  return answer.body as unknown as TaskDetail;
}

interface Split {
  whole: TaskItem;
  children: TaskItem[];
}

async function split(id: string, agency: string, ...children: object[]): Promise<Split> {
  const answer = await act(id, 'split', agency, { children });
  expect(answer).toMatchObject({ status: 201 });
  return answer.body as unknown as Split;
}

const read = async (id: string, agency = 'VPUBND'): Promise<TaskDetail> =>
  (await tasks.send(`/v1/tasks/${id}`, { agency })).body as unknown as TaskDetail;

describe('a task that is split', () => {
  it('gives parts to other agencies, due with the whole or before, and shows their worst state', async () => {
    const { id, directive } = await assign({ clause: '2.a' });
    const { whole, children } = await split(
      id,
      'STC',
      { title: 'Phần một', leads: ['SNV'], due: { phrase: 'trước ngày 10/5/2026' } },
      { title: 'Phần hai', leads: ['SXD'], collaborators: ['STP'] },
    );
    expect(whole).toMatchObject({ state: 'in-progress', version: 2 });
    expect(whole.children).toEqual({ count: 2, worst: { state: 'assigned', timeliness: 'on-track' } });
    expect(children).toMatchObject([
      { parentId: id, directive, due: { lastDay: '2026-05-09' }, assignedOn: '2026-04-20', children: null },
      { parentId: id, directive, due: { lastDay: '2026-06-30' } },
    ]);
    tasks.clock.set('2026-05-20');
    try {
      expect((await read(id)).children?.worst).toEqual({ state: 'assigned', timeliness: 'overdue' });
      const found = await tasks.send(`/v1/tasks?parent=${id}`, { agency: 'STC' });
      expect((found.body['items'] as TaskItem[]).map((item) => item.title)).toEqual(['Phần một', 'Phần hai']);
    } finally {
      tasks.clock.set('2026-04-20');
    }
    const { history } = await read(id);
    expect(history.map(({ action, agency }) => [action, agency])).toEqual([
      ['assignment', 'VPUBND'],
      ['split', 'STC'],
    ]);
  });

  it('is handed in only when every part is completed or cancelled, and the refusal names those that are not', async () => {
    const { id } = await assign();
    const { children } = await split(
      id,
      'STC',
      { title: 'Phần dở', leads: ['SNV'] },
      { title: 'Phần bỏ', leads: ['SXD'] },
    );
    const [one, other] = children.map((child) => child.id) as [string, string];
    await mustAct(other, 'cancellation', 'STC', { ground: 'Không cần nữa' });
    const refused = await act(id, 'submission', 'STC', EVIDENCE);
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'parts-unfinished', children: [{ id: one, title: 'Phần dở', state: 'assigned' }] },
    });
    await mustAct(one, 'submission', 'SNV', EVIDENCE);
    await mustAct(one, 'confirmation', 'STC');
    expect((await mustAct(id, 'submission', 'STC', EVIDENCE)).children?.worst).toEqual({
      state: 'completed',
      timeliness: 'completed-on-time',
    });
  });

  it('leaves the agency that split it as the assigning side of the parts', async () => {
    const { id } = await assign();
    const [part] = (await split(id, 'STC', { title: 'Việc lớn', leads: ['SNV'] })).children;
    const partId = part?.id ?? '';
    await mustAct(partId, 'submission', 'SNV', EVIDENCE);
    expect((await act(partId, 'confirmation', 'SNV')).status).toBe(403);
    expect((await act(partId, 'confirmation', 'SXD')).status).toBe(404);
    expect((await mustAct(partId, 'return', 'STC', { reason: 'Thiếu' })).state).toBe('in-progress');
    expect((await read(partId, 'SNV')).id).toBe(partId);
  });

  it('takes no part due later than itself, nor one of a title or lead left out', async () => {
    const { id } = await assign();
    const late = { title: 'Muộn', leads: ['SNV'], due: { date: '2026-07-01' } };
    expect(await act(id, 'split', 'STC', { children: [late] })).toMatchObject({
      status: 400,
      body: { errors: [{ code: 'beyond-parent' }] },
    });
    expect((await act(id, 'split', 'STC', { children: [] })).status).toBe(400);
    expect((await act(id, 'split', 'STC', { children: [{ title: 'Không ai', leads: [] }] })).status).toBe(
      400,
    );
    expect((await act(id, 'split', 'SNV', { children: [{ title: 'Việc', leads: ['SXD'] }] })).status).toBe(
      404,
    );
    expect((await read(id)).version).toBe(1);
  });

  it('is split over at most five levels, each seen by the leads above it', async () => {
    let { id } = await assign();
    const top = id;
    const leads = ['STC', 'SNV', 'SXD', 'STP', 'CAT'];
    for (const [level, agency] of leads.slice(0, 4).entries()) {
      const [part] = (await split(id, agency, { title: 'Việc lớn', leads: [leads[level + 1]] })).children;
      id = part?.id ?? '';
    }
    expect((await read(id, 'STC')).id).toBe(id);
    expect(await act(id, 'split', 'CAT', { children: [{ title: 'Sâu', leads: ['STC'] }] })).toMatchObject({
      status: 409,
      body: { code: 'split-too-deep' },
    });
    tasks.clock.set('2026-07-01');
    try {
      await mustAct(id, 'progress', 'CAT', { percent: 10 });
      expect((await read(top)).children).toMatchObject({ count: 1, worst: { timeliness: 'overdue' } });
    } finally {
      tasks.clock.set('2026-04-20');
    }
  });
});

describe('what happens to a whole happens to its parts', () => {
  it('suspends and resumes them with it, evidence that waits included, but not one suspended for itself', async () => {
    const { id } = await assign();
    const { children } = await split(
      id,
      'STC',
      { title: 'Đã nộp', leads: ['SNV'] },
      { title: 'Tự dừng', leads: ['SXD'] },
      { title: 'Đang làm', leads: ['STP'] },
    );
    const [submitted, own, working] = children.map((child) => child.id) as [string, string, string];
    const [deeper] = (await split(working, 'STP', { title: 'Cấp ba', leads: ['CAT'] })).children;
    await mustAct(submitted, 'submission', 'SNV', EVIDENCE);
    await mustAct(own, 'suspension', 'STC', { reason: 'Riêng' });
    await mustAct(id, 'suspension', 'VPUBND', { reason: 'Chờ' });
    const states = async (): Promise<string[]> =>
      Promise.all([submitted, own, working, deeper?.id ?? ''].map(async (one) => (await read(one)).state));
    expect(await states()).toEqual(['suspended', 'suspended', 'suspended', 'suspended']);
    expect(await act(submitted, 'resumption', 'STC')).toMatchObject({
      status: 409,
      body: { code: 'suspended-with-parent' },
    });
    await mustAct(id, 'resumption', 'VPUBND');
    expect(await states()).toEqual(['submitted', 'suspended', 'in-progress', 'assigned']);
    expect((await read(submitted)).evidence).toMatchObject({ documentNumber: '1/BC' });
    await expectLast(deeper?.id ?? '', 'resumed', 3);
  });

  it('cancels the open ones with it and leaves the completed ones', async () => {
    const { id } = await assign();
    const { children } = await split(
      id,
      'STC',
      { title: 'Xong', leads: ['SNV'] },
      { title: 'Dở', leads: ['SXD'] },
    );
    const [done, open] = children.map((child) => child.id) as [string, string];
    await mustAct(done, 'submission', 'SNV', EVIDENCE);
    await mustAct(done, 'confirmation', 'STC');
    const cancelled = await mustAct(id, 'cancellation', 'VPUBND', { ground: 'Bãi bỏ' });
    expect(cancelled.children).toEqual({
      count: 2,
      worst: { state: 'completed', timeliness: 'completed-on-time' },
    });
    expect([(await read(done)).state, (await read(open)).state]).toEqual(['completed', 'cancelled']);
    expect((await read(open)).history.at(-1)).toMatchObject({ action: 'cancellation', note: 'Bãi bỏ' });
    await expectLast(open, 'cancelled', 2);
  });

  it('tells of all this in events that keep to their schemas', async () => {
    await until(async () => (await tasks.events()).length > 0);
    const { types, faults } = checkAgainstSchemas(await tasks.events());
    expect(faults).toEqual([]);
    expect(types).toContain('vn.ioc.tasks.task.split.v1');
  });
});

describe('nobody decides on its own work', () => {
  it('neither confirms nor takes off what it leads; the Committee’s Office does', async () => {
    const { id } = await assign({ leads: ['SKHCN'] });
    await mustAct(id, 'submission', 'SKHCN', EVIDENCE);
    const refused = { status: 403, body: { code: 'own-work' } };
    expect(await act(id, 'confirmation', 'SKHCN')).toMatchObject(refused);
    expect(await act(id, 'cancellation', 'SKHCN', { ground: 'Tự bỏ' })).toMatchObject(refused);
    expect((await mustAct(id, 'confirmation', 'VPUBND')).state).toBe('completed');
  });

  it('does not confirm what it handed in for a group', async () => {
    const { id } = await assign({ leads: ['CSBN'] });
    await mustAct(id, 'submission', 'SKHCN', EVIDENCE);
    expect(await act(id, 'confirmation', 'SKHCN')).toMatchObject({ status: 403, body: { code: 'own-work' } });
    await mustAct(id, 'confirmation', 'UBND');
  });
});

/** The newest event of a task on the bus. */
async function expectLast(id: string, verb: string, sequence: number): Promise<void> {
  const latest = () => tasks.streams.streams.getMessage('TASKS', { last_by_subj: `ioc.tasks.task.${id}` });
  await until(async () => (await latest())?.header.get(EVENT_HEADERS.sequence) === String(sequence));
  expect((await latest())?.header.get(EVENT_HEADERS.type)).toBe(`vn.ioc.tasks.task.${verb}.v1`);
}
