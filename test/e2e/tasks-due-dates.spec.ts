import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../support/until.js';
import type { TaskDetail, TaskItem } from '../../apps/tasks/src/assignments/task-state.js';
import { checkAgainstSchemas } from './event-contract.js';
import { type Answer, TasksHarness } from './tasks-harness.js';

let tasks: TasksHarness;
let directiveId = '';
beforeAll(async () => {
  tasks = await TasksHarness.start();
  directiveId = await registerDirective({ number: '101/TB-UBND', kind: 'conclusion-notice' });
});
afterAll(async () => {
  await tasks.stop();
});

async function registerDirective(changes: Record<string, unknown>): Promise<string> {
  const json = { kind: 'letter', issuer: 'UBND', issuedOn: '2026-04-01', subject: 'Thời hạn', ...changes };
  const answer = await tasks.send('/v1/directives', { json });
  expect(answer).toMatchObject({ status: 201 });
  return answer.body['id'] as string;
}

async function assign(changes: Record<string, unknown> = {}): Promise<TaskDetail> {
  const json = { directiveId, title: 'Lập đề án', leads: ['STC'], due: { date: '2026-05-15' }, ...changes };
  const answer = await tasks.send('/v1/tasks', { agency: 'VPUBND', json });
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

const document = { number: '1203/UBND-KGVX', date: '2026-04-20' };
const refused = (code: string) => ({ status: 409, body: { code } });

describe('an extension', () => {
  it('is asked by the lead, granted with a document and perhaps another day, and counted', async () => {
    const { id } = await assign();
    const asked = await mustAct(id, 'extension-requests', 'STC', {
      date: '2026-06-15',
      reason: 'Chờ ý kiến các bộ',
    });
    expect(asked.extensionRequest).toEqual({
      id: expect.any(String),
      lastDay: '2026-06-15',
      askedOn: '2026-04-20',
    });
    expect(asked.due.lastDay).toBe('2026-05-15');
    const request = asked.extensionRequest?.id ?? '';
    const granted = await mustAct(id, `extension-requests/${request}/grant`, 'VPUBND', {
      date: '2026-06-01',
      lastDay: '2026-05-31',
      document,
    });
    expect(granted).toMatchObject({
      due: { date: '2026-06-01', lastDay: '2026-05-31', phrase: null },
      extensions: 1,
      extensionRequest: null,
      version: 3,
      extensionRequests: [{ id: request, askedBy: 'STC', decision: 'granted', decidedBy: 'VPUBND' }],
    });
    expect(
      granted.dueHistory.map(({ version, kind, agency, before, after, reason, document: by }) => [
        version,
        kind,
        agency,
        before?.lastDay,
        after.lastDay,
        reason,
        by,
      ]),
    ).toEqual([
      [1, 'set', 'VPUBND', undefined, '2026-05-15', null, null],
      [3, 'extended', 'VPUBND', '2026-05-15', '2026-05-31', 'Chờ ý kiến các bộ', document],
    ]);
    const listed = await tasks.send(`/v1/tasks?lead=STC&dueFrom=2026-05-31&dueTo=2026-05-31`);
    expect(listed.body['items']).toMatchObject([{ id, extensions: 1 }]);
  });

  it('is refused with a reason, after which the lead may ask again, but never twice at once', async () => {
    const { id } = await assign();
    const ask = { date: '2026-06-15', reason: 'Thiếu người' };
    const first = (await mustAct(id, 'extension-requests', 'STC', ask)).extensionRequest?.id ?? '';
    expect(await act(id, 'extension-requests', 'STC', ask)).toMatchObject(refused('extension-request-waits'));
    const answer = await mustAct(id, `extension-requests/${first}/refusal`, 'VPUBND', {
      reason: 'Không đủ căn cứ',
    });
    expect(answer).toMatchObject({ due: { lastDay: '2026-05-15' }, extensions: 0, extensionRequest: null });
    expect(await act(id, `extension-requests/${first}/grant`, 'VPUBND', { document })).toMatchObject(
      refused('extension-request-decided'),
    );
    await mustAct(id, 'extension-requests', 'STC', ask);
  });

  it('is given directly, and an open request lapses with it, as when the task is handed in', async () => {
    const { id } = await assign();
    await mustAct(id, 'extension-requests', 'STC', { date: '2026-06-15', reason: 'Thiếu người' });
    const extended = await mustAct(id, 'extension', 'UBND', { date: '2026-07-01', document });
    expect(extended).toMatchObject({
      due: { lastDay: '2026-07-01' },
      extensions: 1,
      extensionRequests: [{ decision: 'lapsed' }],
    });
    await mustAct(id, 'extension-requests', 'STC', { date: '2026-08-15', reason: 'Thiếu người' });
    const done = await mustAct(id, 'submission', 'STC', { evidence: { documentNumber: '9' } });
    expect(done.extensionRequest).toBeNull();
    expect(done.extensionRequests.map(({ decision }) => decision)).toEqual(['lapsed', 'lapsed']);
  });

  it('is for the assigning side alone, never for a lead, goes forward, and needs a document that is issued', async () => {
    const { id } = await assign({ leads: ['SKHCN'] });
    const json = { date: '2026-07-01', document };
    expect(await act(id, 'extension', 'SKHCN', json)).toMatchObject({
      status: 403,
      body: { code: 'own-work' },
    });
    const other = (await assign()).id;
    expect((await act(other, 'extension', 'STC', json)).status).toBe(403);
    expect(
      (await act(other, 'extension-requests', 'VPUBND', { date: '2026-07-01', reason: 'x' })).status,
    ).toBe(403);
    expect((await act(other, 'extension', 'VPUBND', { ...json, date: '2026-05-15' })).status).toBe(400);
    expect((await act(other, 'extension', 'VPUBND', { date: '2026-07-01' })).status).toBe(400);
    const future = { number: '1', date: '2026-04-21' };
    expect((await act(other, 'extension', 'VPUBND', { ...json, document: future })).status).toBe(400);
    const undated = (await assign({ due: undefined })).id;
    expect(await act(undated, 'extension', 'VPUBND', json)).toMatchObject(refused('nothing-to-extend'));
  });

  it('of a part ends with the whole, and is given by the agency that split it off', async () => {
    const { id } = await assign({ due: { date: '2026-06-30' } });
    const json = { children: [{ title: 'Phần', leads: ['SNV'], due: { date: '2026-05-10' } }] };
    const split = await act(id, 'split', 'STC', json);
    const part = (split.body['children'] as TaskItem[])[0]?.id ?? '';
    expect(await act(part, 'extension', 'STC', { date: '2026-07-01', document })).toMatchObject({
      status: 400,
      body: { errors: [{ code: 'beyond-parent' }] },
    });
    expect((await mustAct(part, 'extension', 'STC', { date: '2026-06-30', document })).extensions).toBe(1);
    expect(
      await act(id, 'due-correction', 'VPUBND', { date: '2026-06-01', reason: 'Nhập sai' }),
    ).toMatchObject(refused('parts-due-later'));
  });
});

describe('"no further extension"', () => {
  it('refuses 409 and names the document, until a new directive of the issuer lifts it', async () => {
    const { id } = await assign({ clause: '3', due: { date: '2026-05-05', extendable: false } });
    const ask = { date: '2026-06-01', reason: 'Xin thêm' };
    for (const answer of [
      await act(id, 'extension-requests', 'STC', ask),
      await act(id, 'extension', 'UBND', { date: '2026-06-01', document }),
    ]) {
      expect(answer).toMatchObject({
        ...refused('no-further-extension'),
        body: {
          code: 'no-further-extension',
          detail: expect.stringContaining('Thông báo kết luận số 101/TB-UBND ngày 01/04/2026, mục 3'),
          document: { kind: 'conclusion-notice', number: '101/TB-UBND', date: '2026-04-01', clause: '3' },
        },
      });
    }
    expect(await act(id, 'due-correction', 'UBND', { date: '2026-06-01', reason: 'Nhập sai' })).toMatchObject(
      refused('no-further-extension'),
    );
    const older = await registerDirective({ number: '99/UBND', issuedOn: '2026-03-31' });
    const others = await registerDirective({ number: '7/TB-VPUB', issuer: 'VPUBND', issuedOn: '2026-04-20' });
    for (const wrong of [directiveId, older, others]) {
      expect(await act(id, 'extension-lift', 'UBND', { directiveId: wrong })).toMatchObject({
        status: 400,
        body: { errors: [{ code: 'not-lifting' }] },
      });
    }
    const newer = await registerDirective({ number: '130/UBND-KGVX', issuedOn: '2026-04-20' });
    const lifted = await mustAct(id, 'extension-lift', 'UBND', { directiveId: newer });
    expect(lifted).toMatchObject({ due: { extendable: true, lastDay: '2026-05-05' }, extensions: 0 });
    await mustAct(id, 'extension-requests', 'STC', ask);
  });

  it('can be said by the document that extends', async () => {
    const { id } = await assign();
    const json = { date: '2026-06-01', document, noFurtherExtension: true };
    expect((await mustAct(id, 'extension', 'UBND', json)).due.extendable).toBe(false);
    const answer = await act(id, 'extension-requests', 'STC', { date: '2026-07-01', reason: 'Nữa' });
    expect(answer.body['detail']).toContain('1203/UBND-KGVX ngày 20/04/2026');
  });
});

describe('a correction', () => {
  it('puts a date right in the history without counting as an extension', async () => {
    const { id } = await assign({ due: { phrase: 'trước ngày 15/5/2026' } });
    const corrected = await mustAct(id, 'due-correction', 'VPUBND', {
      date: '2026-05-12',
      lastDay: '2026-05-11',
      phrase: 'trước ngày 12/5/2026',
      reason: 'Đánh máy sai',
    });
    expect(corrected).toMatchObject({ extensions: 0, due: { lastDay: '2026-05-11' } });
    expect(corrected.dueHistory.at(-1)).toMatchObject({
      kind: 'corrected',
      reason: 'Đánh máy sai',
      document: null,
    });
  });
});

describe('the threshold of a directive', () => {
  it('decides which of its tasks are due soon, in lists, filters and events', async () => {
    const directive = await registerDirective({ number: '55/UBND', dueSoonWorkingDays: 2 });
    const { id, version } = await assign({ directiveId: directive, due: { date: '2026-04-24' } });
    const standing = async (): Promise<string[]> => {
      const item = (await tasks.send(`/v1/tasks/${id}`)).body;
      const found = await tasks.send(`/v1/tasks?directive=${directive}&timeliness=due-soon`);
      return [item['timeliness'] as string, ...(found.body['items'] as TaskItem[]).map((one) => one.id)];
    };
    expect([version, ...(await standing())]).toEqual([1, 'on-track']);
    const path = `/v1/directives/${directive}`;
    const change = (dueSoonWorkingDays: number, agency = 'VPUBND', ifMatch = '"1"') =>
      tasks.send(path, {
        method: 'PATCH',
        agency,
        json: { dueSoonWorkingDays },
        headers: { 'if-match': ifMatch },
      });
    expect((await change(10, 'STC')).status).toBe(403);
    expect((await change(61)).status).toBe(400);
    expect(await change(10)).toMatchObject({ status: 200, body: { version: 2, dueSoonWorkingDays: 10 } });
    expect((await change(4)).status).toBe(412);
    expect(await standing()).toEqual(['due-soon', id]);
    const task = (await tasks.send(`/v1/tasks/${id}`)).body;
    expect(task).toMatchObject({ version: 2, directive: { dueSoonWorkingDays: 10 } });
  });
});

it('tells of all this in events that keep to their schemas', async () => {
  await until(async () => {
    const { types } = checkAgainstSchemas(await tasks.events());
    return types.includes('vn.ioc.tasks.task.threshold-changed.v1');
  });
  const { types, faults } = checkAgainstSchemas(await tasks.events());
  expect(faults).toEqual([]);
  expect(types).toEqual(
    expect.arrayContaining([
      'vn.ioc.tasks.directive.changed.v1',
      'vn.ioc.tasks.task.due-corrected.v1',
      'vn.ioc.tasks.task.extended.v1',
      'vn.ioc.tasks.task.extension-refused.v1',
      'vn.ioc.tasks.task.extension-requested.v1',
      'vn.ioc.tasks.task.made-extendable.v1',
    ]),
  );
});
