import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Scope } from '#libs/contracts';
import type { ExplanationItem } from '../../apps/tasks/src/explanations/explanation-state.js';
import type { NoticeView } from '../../apps/tasks/src/notices/inbox/notice.view.js';
import type { TimelineEntry } from '../../apps/tasks/src/timeline/timeline-source.js';
import { type LabAnswer, NoticesLab } from './tasks-notices-lab.js';

let lab: NoticesLab;
let task: { id: string };
beforeAll(async () => {
  lab = await NoticesLab.open();
  await Promise.all([lab.start(), lab.start()]);
  task = await lab.assignTask({ leads: ['STC', 'SNV'], collaborators: ['SXD'], due: { date: '2026-04-10' } });
});
afterAll(() => lab.close());

const REASON = 'Nhiệm vụ quá hạn, chưa có báo cáo; giải trình nguyên nhân và thời gian hoàn thành.';
const ask = (changes: Record<string, unknown> = {}, agency = 'VPUBND', about = task.id) =>
  lab.send(`/v1/tasks/${about}/explanations`, { agency, json: { reason: REASON, ...changes } });
const asked = async (changes: Record<string, unknown> = {}): Promise<ExplanationItem> => {
  lab.clock.set('2026-04-20');
  const answer = await ask(changes);
  expect(answer).toMatchObject({ status: 201 });
  return itemOf(answer);
};
const itemOf = (answer: LabAnswer) => answer.body as unknown as ExplanationItem;
const explain = (id: string, agency: string, json: Record<string, unknown> = { text: 'Vướng thủ tục.' }) =>
  lab.send(`/v1/explanations/${id}/answer`, { agency, json });
const idsOf = async (query: string, agency: string) =>
  (await lab.all<ExplanationItem>(`/v1/explanations?${query}`, { agency })).map(({ id }) => id);
const noticesOf = async (agency: string, id: string) => {
  const notices = await lab.all<NoticeView>(`/v1/notices?agency=${agency}`);
  return notices.filter(({ about }) => about.explanationId === id).map(({ kind, title }) => [kind, title]);
};
const eventsOf = (id: string) =>
  lab.rows<{ sequence: number; type: string; changed: string[] }>(
    `SELECT sequence, type, data::jsonb -> 'changed' AS changed FROM outbox
     WHERE aggregate = 'explanation' AND aggregate_id = $1 ORDER BY sequence`,
    [id],
  );

describe('a request for explanation', () => {
  it('goes to every lead, is answered by each for itself, and is answered when all have', async () => {
    const { id, lastDay, standing, answers, version } = await asked();
    expect({ lastDay, standing, version }).toEqual({ lastDay: '2026-04-23', standing: 'open', version: 1 });
    expect(answers.map(({ agency, answeredOn }) => [agency.code, answeredOn])).toEqual([
      ['STC', null],
      ['SNV', null],
    ]);
    const document = { number: '95/BC-STC', date: '2026-04-21', link: null };
    lab.clock.set('2026-04-21');
    const first = await explain(id, 'STC', { text: 'Chờ thẩm định giá.', document });
    expect(first).toMatchObject({ status: 200, body: { state: 'open', version: 2 } });
    expect(itemOf(first).answers[0]).toMatchObject({
      answeredOn: '2026-04-21',
      text: 'Chờ thẩm định giá.',
      document,
    });
    expect(await explain(id, 'STC')).toMatchObject({ status: 409, body: { code: 'explanation-answered' } });
    const second = await explain(id, 'SNV');
    expect(second).toMatchObject({
      status: 200,
      body: { state: 'answered', standing: 'answered', version: 3 },
    });
    expect(await explain(id, 'SNV')).toMatchObject({ status: 409, body: { code: 'explanation-closed' } });

    expect(await eventsOf(id)).toEqual([
      { sequence: 1, type: 'vn.ioc.tasks.explanation.requested.v1', changed: [] },
      { sequence: 2, type: 'vn.ioc.tasks.explanation.answered.v1', changed: ['answers'] },
      { sequence: 3, type: 'vn.ioc.tasks.explanation.answered.v1', changed: ['state', 'answers'] },
    ]);
    expect(await noticesOf('SNV', id)).toEqual([
      ['explanation-request', 'Yêu cầu giải trình: Thẩm định dự toán thuê đường truyền'],
    ]);
    expect(await noticesOf('VPUBND', id)).toEqual([
      ['explanation-answer', 'Sở Nội vụ đã giải trình: Thẩm định dự toán thuê đường truyền'],
      ['explanation-answer', 'Sở Tài chính đã giải trình: Thẩm định dự toán thuê đường truyền'],
    ]);
  });

  it('is asked by those who follow all tasks and may assign, of tasks they may see', async () => {
    expect(await ask({}, 'SKHCN')).toMatchObject({ status: 201 });
    expect(await ask({}, 'STC')).toMatchObject({ status: 403, body: { code: 'other-agency' } });
    expect(await ask({}, 'SYT')).toMatchObject({ status: 404 });
    const scopes: Scope[] = ['tasks:read', 'tasks:write'];
    const path = `/v1/tasks/${task.id}/explanations`;
    const json = { reason: REASON };
    expect(await lab.send(path, { agency: 'VPUBND', scopes, json })).toMatchObject({ status: 403 });
    expect(await ask({ lastDay: '2026-04-19' })).toMatchObject({ status: 400 });
    expect(await ask({}, 'VPUBND', '01900000-0000-7000-8000-000000000001')).toMatchObject({ status: 404 });
  });

  it('is read by those who were asked and those who follow all, and by nobody else', async () => {
    const { id } = await asked();
    for (const agency of ['STC', 'SNV', 'SKHCN', 'UBND']) {
      expect(await lab.send(`/v1/explanations/${id}`, { agency })).toMatchObject({ status: 200 });
      expect(await idsOf(`task=${task.id}`, agency)).toContain(id);
    }
    // A collaborator sees the task, but not who has to explain; its timeline neither.
    expect(await lab.send(`/v1/explanations/${id}`, { agency: 'SXD' })).toMatchObject({ status: 404 });
    expect(await explain(id, 'SXD')).toMatchObject({ status: 404 });
    expect(await idsOf(`task=${task.id}`, 'SXD')).toEqual([]);
    const sources = async (agency: string) => {
      const entries = await lab.all<TimelineEntry>(`/v1/tasks/${task.id}/timeline`, { agency });
      return entries.map(({ source }) => source);
    };
    expect(await sources('SXD')).not.toContain('explanations');
    expect(await sources('SNV')).toContain('explanations');
  });

  it('is answered for oneself only; for a group by those who keep its progress', async () => {
    const { id } = await asked();
    expect(await explain(id, 'SNV', { text: 'Thay cho STC', agency: 'STC' })).toMatchObject({ status: 403 });
    expect(await explain(id, 'VPUBND')).toMatchObject({ status: 403 });
    expect(await explain(id, 'VPUBND', { text: 'Thay', agency: 'STC' })).toMatchObject({ status: 403 });
    const group = await lab.assignTask({ leads: ['CSBN'], collaborators: [] });
    const request = itemOf(await ask({}, 'VPUBND', group.id));
    expect(await noticesOf('SYT', request.id)).toHaveLength(1);
    expect(await explain(request.id, 'SYT', { text: 'x', agency: 'CSBN' })).toMatchObject({ status: 403 });
    const answer = await explain(request.id, 'SKHCN', { text: 'Tổng hợp của các sở.', agency: 'CSBN' });
    expect(answer).toMatchObject({ status: 200, body: { state: 'answered' } });
  });

  it('can be withdrawn while it is open, with its version', async () => {
    const { id } = await asked();
    const withdraw = (agency: string, ifMatch: string) =>
      lab.send(`/v1/explanations/${id}/withdrawal`, {
        agency,
        json: { reason: 'Đã có báo cáo.' },
        headers: { 'if-match': ifMatch },
      });
    expect(await withdraw('STC', '"1"')).toMatchObject({ status: 403 });
    expect(await withdraw('VPUBND', '"2"')).toMatchObject({ status: 412 });
    expect(await withdraw('VPUBND', '"1"')).toMatchObject({ status: 200, body: { standing: 'withdrawn' } });
    expect(await withdraw('VPUBND', '"2"')).toMatchObject({ status: 409 });
    expect(await explain(id, 'STC')).toMatchObject({ status: 409 });
    expect(await noticesOf('STC', id)).toHaveLength(2);
  });

  it('is asked once for one Idempotency-Key, with one notice', async () => {
    const send = () =>
      lab.send(`/v1/tasks/${task.id}/explanations`, {
        agency: 'VPUBND',
        json: { reason: REASON },
        headers: { 'idempotency-key': 'ask-once' },
      });
    const [first, second] = [await send(), await send()];
    expect(second.body['id']).toBe(first.body['id']);
    expect(await noticesOf('STC', String(first.body['id']))).toHaveLength(1);
  });
});

describe('an explanation that does not come', () => {
  it('is late, is reminded of once a step, and only whoever owes it is reminded', async () => {
    const { id } = await asked({ lastDay: '2026-04-24' });
    expect(await explain(id, 'SNV')).toMatchObject({ status: 200 });
    const days = ['2026-04-22', '2026-04-23', '2026-04-24', '2026-04-25', '2026-04-28', '2026-05-04'];
    const standings: string[] = [];
    for (const day of days) {
      lab.clock.set(day);
      await lab.rounds();
      await lab.rounds();
      standings.push(itemOf(await lab.send(`/v1/explanations/${id}`)).standing);
    }
    expect(standings).toEqual(['open', 'open', 'open', 'late', 'late', 'late']);
    const titles = (await noticesOf('STC', id)).map(([, title]) => title?.split(':')[0]);
    expect(titles.reverse()).toEqual([
      'Yêu cầu giải trình',
      'Nhắc giải trình (còn 1 ngày làm việc)',
      'Nhắc giải trình (quá hạn 4 ngày)',
      'Nhắc giải trình (quá hạn 10 ngày)',
    ]);
    expect(await noticesOf('SNV', id)).toHaveLength(1);
    expect(await idsOf('standing=late&agency=STC', 'VPUBND')).toContain(id);
    expect(await idsOf('standing=open,answered,withdrawn', 'VPUBND')).not.toContain(id);

    const entries = await lab.all<TimelineEntry>(`/v1/tasks/${task.id}/timeline`, { agency: 'STC' });
    const own = entries.filter(({ reference }) => reference.startsWith(id));
    expect(own.map(({ kind, agency, at }) => [kind, agency, at.slice(0, 10)])).toEqual([
      ['request', 'VPUBND', '2026-04-20'],
      ['answer', 'SNV', '2026-04-20'],
      ['reminder', null, '2026-04-23'],
      ['reminder', null, '2026-04-28'],
      ['reminder', null, '2026-05-04'],
    ]);
    expect(await explain(id, 'STC')).toMatchObject({ status: 200, body: { standing: 'answered' } });
    lab.clock.set('2026-06-30');
    await lab.rounds();
    expect(await noticesOf('STC', id)).toHaveLength(4);
  });
});

describe('the list of requests', () => {
  it('pages through all in the order of their last days', async () => {
    for (const day of [3, 1, 2]) await asked({ lastDay: `2026-07-0${day}` });
    const whole = await lab.all<ExplanationItem>('/v1/explanations?standing=open');
    expect(whole.map(({ lastDay }) => lastDay)).toEqual([...whole.map(({ lastDay }) => lastDay)].sort());
    const first = await lab.send('/v1/explanations?standing=open&limit=2');
    const cursor = String(first.body['nextCursor']);
    const rest = await lab.all<ExplanationItem>(`/v1/explanations?standing=open&cursor=${cursor}`);
    expect([...(first.body['items'] as ExplanationItem[]), ...rest]).toEqual(whole);
  });
});
