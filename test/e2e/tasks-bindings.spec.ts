import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { Rounds } from '#libs/http';
import type { TaskDetail } from '../../apps/tasks/src/assignments/task-state.js';
import { BindingRound } from '../../apps/tasks/src/bindings/binding-round.js';
import type { BindingView } from '../../apps/tasks/src/bindings/binding.view.js';
import type { NoticeView } from '../../apps/tasks/src/notices/inbox/notice.view.js';
import type { TimelineEntry } from '../../apps/tasks/src/timeline/timeline-source.js';
import { until } from '../support/until.js';
import { OtherServices } from './tasks-bindings-services.js';
import { NoticesLab } from './tasks-notices-lab.js';

let lab: NoticesLab;
let services: OtherServices;
beforeAll(async () => {
  lab = await NoticesLab.open();
  services = await OtherServices.open(lab.nats, lab.clock);
  await Promise.all([lab.start(), lab.start()]);
});
afterAll(async () => {
  await services.close();
  await lab.close();
});

const tell: OtherServices['tell'] = (...event) => services.tell(...event);
const database: OtherServices['database'] = (...version) => services.database(...version);
const item: OtherServices['item'] = (...version) => services.item(...version);
const training: OtherServices['training'] = (...version) => services.training(...version);

const bind = (task: string, json: object, agency = 'VPUBND', ifMatch?: string) =>
  lab.send(`/v1/tasks/${task}/binding`, {
    method: 'PUT',
    agency,
    json,
    headers: ifMatch === undefined ? {} : { 'if-match': ifMatch },
  });
const detailOf = async (task: string) =>
  (await lab.send(`/v1/tasks/${task}`, { agency: 'VPUBND' })).body as unknown as TaskDetail;
const bindingOf = async (task: string) =>
  (await lab.send(`/v1/tasks/${task}/binding`, { agency: 'STC' })).body as unknown as BindingView;
/** Progress reports in the task's history: percent and note. */
const progressOf = async (task: string) =>
  (await detailOf(task)).history
    .filter(({ action }) => action === 'progress')
    .map(({ progressPercent, note }) => [progressPercent, note]);
const untilProgress = (task: string, percent: number) =>
  until(async () => (await detailOf(task)).progressPercent === percent);
const MEASURED = 'SELECT 1 FROM measure WHERE kind = $1 AND subject = $2 AND sequence = $3';
const known = (...measure: [kind: string, subject: string, sequence: number]) =>
  until(async () => (await lab.rows(MEASURED, measure)).length === 1);
const rounds = () =>
  Promise.all(lab.replicas.map(({ app }) => app.get(BindingRound, { strict: false }).run()));
const towards = (kind: string, subject: string, target: string | null) => ({ kind, subject, target });

describe('a task that is bound to data', () => {
  it('leaves alone what else the other services tell of', async () => {
    const id = uuidv7();
    await tell('registry', 'system', uuidv7(), 1, { name: 'Cổng dữ liệu' });
    await tell('budget', 'round', uuidv7(), 1, { name: 'Đợt 1' });
    // Behind them in the same streams.
    await database(id, 1, 'planned');
    await item(id, 1, 'policy-made');
    await known('database', id, 1);
    await known('budget-item', id, 1);
    const { body } = await lab.send('/v1/operations/dead-letters', { scopes: ['admin'] });
    expect(body).toEqual({ items: [] });
  });

  it('takes its progress from the events of the other service, by its ordinary history', async () => {
    const task = await lab.assignTask();
    const id = uuidv7();
    const bound = await bind(task.id, towards('database', id, 'in-operation'));
    // Nothing has told of it yet.
    expect(bound).toMatchObject({ status: 200, body: { version: 1, reachedOn: null, value: null } });
    await database(id, 1, 'under-construction');
    await untilProgress(task.id, 33);
    await database(id, 2, 'trial');
    await untilProgress(task.id, 66);
    await database(id, 3, 'in-operation');
    await untilProgress(task.id, 100);
    expect(await progressOf(task.id)).toEqual([
      [33, 'Theo số liệu: CSDL đất đai – đang xây dựng'],
      [66, 'Theo số liệu: CSDL đất đai – vận hành thử'],
      [100, 'Theo số liệu: CSDL đất đai – đang vận hành'],
    ]);
    // The data do not complete a task: that is for the assigning side.
    expect(await detailOf(task.id)).toMatchObject({ state: 'in-progress', version: 4, completedOn: null });
    expect(await bindingOf(task.id)).toMatchObject({
      version: 2,
      reachedOn: '2026-04-20',
      value: { name: 'CSDL đất đai', written: 'đang vận hành', percent: 100 },
    });
    for (const agency of ['STC', 'VPUBND']) {
      const notices = await lab.all<NoticeView>(
        `/v1/notices?kind=task-changed&agency=${agency}&task=${task.id}`,
      );
      expect(notices.map(({ title }) => title)).toEqual([
        'Số liệu đã đạt yêu cầu: Thẩm định dự toán thuê đường truyền',
      ]);
    }
    const timeline = await lab.all<TimelineEntry>(`/v1/tasks/${task.id}/timeline`, { agency: 'STC' });
    const own = timeline.filter(({ source }) => source === 'bindings');
    expect(own.map(({ kind, agency }) => [kind, agency])).toEqual([
      ['set', 'VPUBND'],
      ['reached', null],
    ]);
    const events = await lab.rows<{ type: string; sequence: number }>(
      `SELECT type, sequence FROM outbox WHERE aggregate = 'binding' AND aggregate_id = $1 ORDER BY sequence`,
      [task.id],
    );
    expect(events).toEqual([
      { type: 'vn.ioc.tasks.binding.set.v1', sequence: 1 },
      { type: 'vn.ioc.tasks.binding.reached.v1', sequence: 2 },
    ]);
  });

  it('is up to date at once when what it is bound to has happened before', async () => {
    const id = uuidv7();
    await item(id, 5, 'acceptance');
    await known('budget-item', id, 5);
    const task = await lab.assignTask();
    const bound = await bind(task.id, towards('budget-item', id, 'acceptance'));
    expect(bound.body).toMatchObject({ reachedOn: '2026-04-20', value: { percent: 100 } });
    expect(await detailOf(task.id)).toMatchObject({ progressPercent: 100, state: 'in-progress' });
  });

  it('follows a training plan to its report, whatever the order in which its versions arrive', async () => {
    const id = uuidv7();
    const task = await lab.assignTask();
    await bind(task.id, towards('training-plan', id, 'finished'));
    await training(id, 3, 'under-way', 50);
    await untilProgress(task.id, 50);
    await training(id, 2, 'under-way', 0);
    await training(id, 5, 'finished', 100);
    await untilProgress(task.id, 100);
    await training(id, 4, 'under-way', 99);
    // Behind the last one in the same stream.
    const other = uuidv7();
    await training(other, 1, 'planned', null);
    await known('training-plan', other, 1);
    await rounds();
    expect((await progressOf(task.id)).map(([percent]) => percent)).toEqual([50, 100]);
    expect(await bindingOf(task.id)).toMatchObject({ value: { written: 'đã hoàn thành', percent: 100 } });
    const unknown = await lab.assignTask();
    expect((await bind(unknown.id, towards('training-plan', other, 'finished'))).body).toMatchObject({
      reachedOn: null,
      value: { written: 'đã có kế hoạch', percent: null },
    });
    expect(await bind(unknown.id, towards('training-plan', other, 'held'))).toMatchObject({ status: 400 });
  });

  it('does not go back when events come twice or late', async () => {
    const id = uuidv7();
    const task = await lab.assignTask();
    await bind(task.id, towards('database', id, 'in-operation'));
    const newest = uuidv7();
    await database(id, 3, 'trial', newest);
    await untilProgress(task.id, 66);
    await database(id, 3, 'trial', newest);
    // One by one, so that none is left out for a newer one of the same batch.
    for (const [sequence, lifecycle] of [
      [3, 'trial'],
      [2, 'under-construction'],
    ] as const) {
      const event = uuidv7();
      await database(id, sequence, lifecycle, event);
      await until(
        async () => (await lab.rows('SELECT 1 FROM inbox WHERE event_id = $1', [event])).length === 1,
      );
    }
    await rounds();
    expect(await progressOf(task.id)).toHaveLength(1);
    expect((await bindingOf(task.id)).value?.written).toBe('vận hành thử');
  });

  it('keeps what its lead reports by hand until the data change', async () => {
    const id = uuidv7();
    const task = await lab.assignTask();
    await bind(task.id, towards('database', id, 'in-operation'));
    await database(id, 1, 'trial');
    await untilProgress(task.id, 66);
    await lab.send(`/v1/tasks/${task.id}/progress`, { agency: 'STC', json: { percent: 80 } });
    await rounds();
    expect(await detailOf(task.id)).toMatchObject({ progressPercent: 80 });
    await database(id, 2, 'in-operation');
    await untilProgress(task.id, 100);
  });

  it('waits while it is suspended or handed in, and catches up afterwards', async () => {
    const id = uuidv7();
    const task = await lab.assignTask();
    const act = (action: string, json: object) =>
      lab.send(`/v1/tasks/${task.id}/${action}`, { agency: 'VPUBND', json });
    await bind(task.id, towards('budget-item', id, 'contract'));
    await act('suspension', { reason: 'Chờ hướng dẫn' });
    await item(id, 1, 'contractor-selection');
    await known('budget-item', id, 1);
    await rounds();
    expect(await progressOf(task.id)).toEqual([]);
    await act('resumption', {});
    await rounds();
    await rounds();
    expect(await progressOf(task.id)).toEqual([[87, expect.stringContaining('contractor-selection')]]);
  });

  it('takes progress from the reports of a period of this service’s own', async () => {
    await lab.replicas[0]!.app.get(Rounds).runAll();
    const [found] = await lab.rows<{ duty: string; period: string; agencies: string[] }>(
      `SELECT period.duty_id AS duty, period.id AS period, array_agg(agency_code ORDER BY position) AS agencies
       FROM report_period period JOIN report_answer answer ON answer.period_id = period.id
       WHERE NOT period.before_start GROUP BY period.id HAVING count(*) > 1 LIMIT 1`,
    );
    const { duty, period, agencies } = found!;
    const [all, one] = [await lab.assignTask(), await lab.assignTask()];
    const first = agencies[0] ?? '';
    await bind(all.id, towards('report-period', period, null));
    await bind(one.id, towards('report-period', period, first));
    expect((await bindingOf(all.id)).value?.written).toBe(`0/${agencies.length} cơ quan đã báo cáo`);
    const submitted = await lab.send(`/v1/duties/${duty}/periods/${period}/answers/${first}/submission`, {
      agency: first,
      json: { content: { results: 'Đã thực hiện.', obstacles: [], proposals: [] } },
    });
    expect(submitted).toMatchObject({ status: 200 });
    await rounds();
    await rounds();
    expect((await detailOf(one.id)).progressPercent).toBe(100);
    expect((await detailOf(all.id)).progressPercent).toBe(Math.floor(100 / agencies.length));
  });

  it('takes each value once with two replicas, and after restarts', async () => {
    const bound: { task: string; subject: string }[] = [];
    for (let number = 0; number < 8; number += 1) {
      const { id } = await lab.assignTask();
      const subject = uuidv7();
      await bind(id, towards('database', subject, 'in-operation'));
      bound.push({ task: id, subject });
    }
    const all = (sequence: number, lifecycle: string) =>
      Promise.all(bound.map(({ subject }) => database(subject, sequence, lifecycle)));
    await all(1, 'under-construction');
    await lab.replicas[1]?.stop();
    await all(2, 'trial');
    await lab.start();
    await all(3, 'in-operation');
    for (const { task } of bound) await untilProgress(task, 100);
    await rounds();
    for (const { task } of bound) {
      const percents = (await progressOf(task)).map(([percent]) => percent);
      // A value that a newer one overtook may be left out, but none comes twice or in the wrong order.
      expect([33, 66, 100].filter((percent) => percents.includes(percent))).toEqual(percents);
      const notices = await lab.all<NoticeView>(`/v1/notices?kind=task-changed&agency=STC&task=${task}`);
      expect(notices).toHaveLength(1);
    }
  });
});

describe('binding a task', () => {
  it('is for the assigning side, with a target that the kind has, and with its version', async () => {
    const task = await lab.assignTask();
    const subject = uuidv7();
    const json = towards('database', subject, 'trial');
    expect(await bind(task.id, json, 'STC')).toMatchObject({ status: 403 });
    expect(await bind(task.id, json, 'SYT')).toMatchObject({ status: 404 });
    for (const wrong of [
      towards('database', subject, 'planned'),
      towards('database', subject, null),
      towards('budget-item', subject, 'in-operation'),
      towards('report-period', subject, 'KHONGCO'),
      towards('weather', subject, 'sunny'),
      towards('database', 'x', 'trial'),
    ]) {
      expect(await bind(task.id, wrong)).toMatchObject({ status: 400, body: { code: 'validation-failed' } });
    }
    expect(await bind(task.id, json, 'VPUBND', '"1"')).toMatchObject({ status: 412 });
    expect(await bind(task.id, json)).toMatchObject({ status: 200 });
    expect(await bind(task.id, towards('database', subject, 'in-operation'), 'VPUBND', '"1"')).toMatchObject({
      status: 200,
      body: { version: 2, target: 'in-operation' },
    });
    const path = `/v1/tasks/${task.id}/binding`;
    const remove = (ifMatch: string) =>
      lab.send(path, { agency: 'VPUBND', method: 'DELETE', headers: { 'if-match': ifMatch } });
    expect(await remove('"1"')).toMatchObject({ status: 412 });
    expect(await remove('"2"')).toMatchObject({ status: 204 });
    expect(await remove('"3"')).toMatchObject({ status: 404 });
    expect(await lab.send(path, { agency: 'STC' })).toMatchObject({ status: 404 });
    await database(subject, 1, 'in-operation');
    await known('database', subject, 1);
    await rounds();
    expect(await detailOf(task.id)).toMatchObject({ state: 'assigned', progressPercent: 0 });
    expect(await bind(task.id, json)).toMatchObject({ status: 200, body: { reachedOn: '2026-04-20' } });
  });
});
