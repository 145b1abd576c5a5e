import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TrainingPlanEventState } from '#libs/contracts';
import { staffingService } from '../../apps/staffing/src/service.js';
import { type Caller, codeOf, DataServiceLab, faultsOf, good, itemsOf, TODAY } from './data-service.js';
import { checkAgainstSchemas } from './event-contract.js';

type Plan = TrainingPlanEventState;

let lab: DataServiceLab;
let base: string;
let owner: Caller;
let homeAffairs: Caller;
let ward: Caller;
let other: Caller;

beforeAll(async () => {
  lab = await DataServiceLab.open('staffing', staffingService);
  [base] = await Promise.all([lab.start(), lab.start()]);
  const as = (agency: string) => lab.as(base, agency, 'staffing:read', 'staffing:write');
  [owner, homeAffairs, ward, other] = await Promise.all([as('STC'), as('SNV'), as('22333'), as('22366')]);
});

afterAll(async () => {
  await lab.close();
});

const CONTENT = {
  title: 'Tập huấn an toàn thông tin',
  owner: 'STC',
  skills: ['An toàn thông tin'],
  dueOn: '2026-06-30',
  document: { number: '12/KH-STC', date: '2026-04-01' },
  units: [{ code: '22333', planned: 3 }, { code: '22366' }],
  sessions: [{ title: 'Lớp 1', plannedOn: '2026-04-10' }, { title: 'Lớp 2' }],
};

const register = (changes: object = {}) =>
  good<Plan>(owner('/v1/training-plans', { json: { ...CONTENT, ...changes } }));
const post = (who: Caller, { id }: Plan, action: string, json: object = {}) =>
  who(`/v1/training-plans/${id}/${action}`, { json });
const patch = (who: Caller, { id }: Plan, json: object, headers: Record<string, string> = {}) =>
  who(`/v1/training-plans/${id}`, { method: 'PATCH', json, headers });
const started = async (changes: object = {}) =>
  good<Plan>(post(owner, await register(changes), 'start', { startedOn: '2026-04-10' }));
const session = ({ sessions }: Plan, index: number) => sessions[index]?.id ?? '';
const attend = (who: Caller, plan: Plan, index: number, json: object) =>
  post(who, plan, `sessions/${session(plan, index)}/attendance`, json);

describe('a training plan', () => {
  it('is registered by its owner, carried out, and finished with a report', async () => {
    const plan = await register();
    expect(plan).toMatchObject({
      version: 1,
      state: 'planned',
      progressPercent: 0,
      units: [
        { unit: { code: '22333', name: 'UBND phường Bắc Nha Trang' }, planned: 3, attended: null },
        { unit: { code: '22366' }, planned: null, attended: null },
      ],
      sessions: [
        { title: 'Lớp 1', plannedOn: '2026-04-10', heldOn: null, attendance: [] },
        { title: 'Lớp 2', plannedOn: null },
      ],
    });
    await good(post(owner, plan, 'start', { startedOn: '2026-04-10' }));
    const held = { heldOn: '2026-04-10', attendance: [{ unit: '22333', participants: 2 }] };
    expect(await good(attend(owner, plan, 0, held))).toMatchObject({ progressPercent: 50 });
    // The owner said that it was held: the other unit reports for itself.
    const own = { attendance: [{ unit: '22366', participants: 0 }] };
    await good(attend(other, plan, 0, own));
    const second = { heldOn: TODAY, attendance: [{ unit: '22333', participants: 1 }] };
    expect(await good(attend(homeAffairs, plan, 1, second))).toMatchObject({
      state: 'under-way',
      progressPercent: 99,
      units: [{ attended: 2 }, { attended: 0 }],
      sessions: [
        {
          attendance: [
            { unit: '22333', participants: 2 },
            { unit: '22366', participants: 0 },
          ],
        },
        { heldOn: TODAY },
      ],
    });
    const report = { number: '45/BC-STC', date: '2026-04-15' };
    expect(await good(post(owner, plan, 'completion', report))).toMatchObject({
      version: 6,
      state: 'finished',
      progressPercent: 100,
      finishedOn: '2026-04-15',
      report,
    });
    const lines = itemsOf(await owner(`/v1/training-plans/${plan.id}/history`));
    expect(lines.map(({ version, action, agency, document }) => [version, action, agency, document])).toEqual(
      [
        [6, 'finished', 'STC', '45/BC-STC (15/04/2026)'],
        [5, 'attended', 'SNV', null],
        [4, 'attended', '22366', null],
        [3, 'attended', 'STC', null],
        [2, 'started', 'STC', null],
        [1, 'registered', 'STC', '12/KH-STC (01/04/2026)'],
      ],
    );
    const events = (await lab.events()).filter(({ aggregateId }) => aggregateId === plan.id);
    expect(events.map(({ sequence, data }) => [sequence, data.changed])).toEqual([
      [1, []],
      [2, ['state', 'startedOn']],
      [3, ['units', 'sessions', 'progressPercent']],
      [4, ['units', 'sessions']],
      [5, ['sessions', 'progressPercent']],
      [6, ['state', 'report', 'finishedOn', 'progressPercent']],
    ]);
  });

  it('goes only the ways of its states', async () => {
    const planned = await register();
    const refused = [409, 'step-not-allowed'];
    expect(codeOf(await attend(owner, planned, 0, { heldOn: TODAY }))).toEqual(refused);
    const report = { number: '1', date: TODAY };
    expect(codeOf(await post(owner, planned, 'completion', report))).toEqual(refused);
    const cancelled = await good<Plan>(post(owner, planned, 'cancellation', { ground: 'Không bố trí được' }));
    expect(cancelled).toMatchObject({ state: 'cancelled', progressPercent: null });
    for (const action of ['start', 'cancellation']) {
      expect(codeOf(await post(owner, planned, action, { ground: 'Lại' }))).toEqual(
        action === 'start' ? [400, 'validation-failed'] : refused,
      );
    }
    expect(codeOf(await post(owner, planned, 'start'))).toEqual(refused);
    expect(codeOf(await patch(owner, planned, { title: 'Khác' }))).toEqual(refused);
  });

  it('is finished by its owner alone, and changed by nobody but its owner and Sở Nội vụ', async () => {
    const plan = await started();
    const system = await lab.as(base, null, 'staffing:read', 'staffing:write');
    const reader = await lab.as(base, 'STC', 'staffing:read');
    const report = { number: '1', date: TODAY };
    for (const who of [homeAffairs, ward, system]) {
      expect(codeOf(await post(who, plan, 'completion', report))).toEqual([403, 'other-agency']);
    }
    expect(codeOf(await post(reader, plan, 'completion', report))).toEqual([403, 'insufficient-scope']);
    for (const [action, json] of [
      ['cancellation', { ground: 'x' }],
      [`sessions/${session(plan, 0)}/attendance`, { heldOn: TODAY }],
      [`sessions/${session(plan, 0)}/attendance`, { attendance: [{ unit: '22366', participants: 1 }] }],
    ] as const) {
      expect(codeOf(await post(ward, plan, action, json))).toEqual([403, 'other-agency']);
    }
    expect(codeOf(await ward('/v1/training-plans', { json: CONTENT }))).toEqual([403, 'other-agency']);
    expect((await patch(homeAffairs, plan, { title: 'Tập huấn mới' })).status).toBe(200);
    expect((await owner(`/v1/training-plans/${plan.id}`)).body).toMatchObject({ version: 3 });
  });

  it('keeps what has happened when its units and sessions are changed', async () => {
    const plan = await started();
    const [first, second] = [session(plan, 0), session(plan, 1)];
    await good(attend(owner, plan, 0, { heldOn: TODAY, attendance: [{ unit: '22333', participants: 4 }] }));
    expect(codeOf(await patch(owner, plan, { units: [{ code: '22366' }] }))).toEqual([
      409,
      'unit-has-attended',
    ]);
    expect(codeOf(await patch(owner, plan, { sessions: [{ id: second, title: 'Lớp 2' }] }))).toEqual([
      409,
      'session-held',
    ]);
    const sessions = [{ title: 'Khai mạc' }, { id: first, title: 'Lớp 1a' }];
    const changed = await good<Plan>(
      patch(owner, plan, { units: [{ code: '22333' }, { code: 'SYT' }], sessions }),
    );
    expect(changed.units.map(({ unit, planned, attended }) => [unit.code, planned, attended])).toEqual([
      ['22333', null, 4],
      ['SYT', null, null],
    ]);
    expect(changed.sessions.map(({ title, heldOn }) => [title, heldOn])).toEqual([
      ['Khai mạc', null],
      ['Lớp 1a', TODAY],
    ]);
    const stranger = { attendance: [{ unit: '22366', participants: 1 }] };
    expect(codeOf(await attend(owner, changed, 1, stranger))).toEqual([409, 'unit-not-in-plan']);
    const own = { attendance: [{ unit: '22333', participants: 1 }] };
    expect(codeOf(await attend(ward, changed, 0, own))).toEqual([409, 'session-not-held']);
    expect(codeOf(await attend(owner, { ...changed, sessions: plan.sessions }, 1, own))).toEqual([
      404,
      'not-found',
    ]);
    // Saying the same again is no change.
    const again = await good<Plan>(patch(owner, plan, { title: changed.title }));
    expect(again.version).toBe(changed.version);
  });

  it.each([
    ['an agency that is unknown', { units: [{ code: 'XYZ' }] }, ['units[0].code: unknown-agency']],
    ['a group', { units: [{ code: 'UBNDCX' }] }, ['units[0].code: unknown-agency']],
    ['a unit twice', { units: [{ code: '22333' }, { code: '22333' }] }, ['units[1].code: duplicate']],
    ['fewer persons than none', { units: [{ code: '22333', planned: -1 }] }, ['units[0].planned: too-small']],
    [
      'a session of another plan',
      { sessions: [{ id: '01980000-0000-7000-8000-000000000000', title: 'Lớp' }] },
      ['sessions[0].id: invalid'],
    ],
    ['no title', { title: '' }, ['title: required']],
  ])('is refused with %s, without a trace', async (_what, change, faults) => {
    const before = (await owner('/v1/training-plans?limit=500')).body;
    expect(faultsOf(await owner('/v1/training-plans', { json: { ...CONTENT, ...change } }))).toEqual(faults);
    expect((await owner('/v1/training-plans?limit=500')).body).toEqual(before);
  });

  it('takes no day of the future, and no report of before it began', async () => {
    const plan = await register();
    const tomorrow = '2026-04-21';
    expect(faultsOf(await post(owner, plan, 'start', { startedOn: tomorrow }))).toEqual([
      'startedOn: too-large',
    ]);
    await good(post(owner, plan, 'start'));
    const faults = async (action: string, json: object) => faultsOf(await post(owner, plan, action, json));
    expect(await faults(`sessions/${session(plan, 0)}/attendance`, { heldOn: tomorrow })).toEqual([
      'heldOn: too-large',
    ]);
    expect(await faults(`sessions/${session(plan, 0)}/attendance`, {})).toEqual(['attendance: required']);
    const twice = [1, 2].map((participants) => ({ unit: '22333', participants }));
    expect(
      await faults(`sessions/${session(plan, 0)}/attendance`, { heldOn: TODAY, attendance: twice }),
    ).toEqual(['attendance[1].unit: duplicate']);
    expect(await faults('completion', { number: '1', date: tomorrow })).toEqual(['date: too-large']);
    expect(await faults('completion', { number: '1', date: '2026-04-19' })).toEqual(['date: too-small']);
  });

  it('is changed once, of many who start from the same version or send the same twice', async () => {
    const plan = await register();
    const headers = { 'if-match': '"1"' };
    const answers = await Promise.all(['A', 'B', 'C'].map((title) => patch(owner, plan, { title }, headers)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    const key = { 'idempotency-key': 'the-same-plan' };
    const twice = [1, 2].map(() => owner('/v1/training-plans', { json: CONTENT, headers: key }));
    const ids = (await Promise.all(twice)).map(({ body }) => body['id']).filter((id) => id !== undefined);
    expect(new Set(ids).size).toBe(1);
    const later = await owner('/v1/training-plans', { json: CONTENT, headers: key });
    expect(later.body['id']).toBe(ids[0]);
  });
});

describe('the list of training plans', () => {
  it('shows an agency its own and those that train its staff', async () => {
    const mine = await register({ title: 'Chỉ cho phường Bắc Nha Trang', units: [{ code: '22333' }] });
    const seen = async (who: Caller, query = '') =>
      (await good<{ items: Plan[] }>(who(`/v1/training-plans?limit=500${query}`))).items.map(({ id }) => id);
    expect(await seen(ward)).toContain(mine.id);
    expect(await seen(other)).not.toContain(mine.id);
    expect(codeOf(await other(`/v1/training-plans/${mine.id}`))).toEqual([404, 'not-found']);
    expect(codeOf(await other(`/v1/training-plans/${mine.id}/history`))).toEqual([404, 'not-found']);
    expect(codeOf(await patch(other, mine, { title: 'x' }))).toEqual([404, 'not-found']);
    const query = '&q=chi cho phuong bac&owner=STC&unit=22333&state=planned&overdue=false';
    expect(await seen(homeAffairs, query)).toEqual([mine.id]);
    for (const filter of ['owner=SNV', 'unit=22366', 'state=finished', 'overdue=true']) {
      expect(await seen(homeAffairs, `&q=chi cho phuong&${filter}`)).toEqual([]);
    }
    const late = await register({ title: 'Đã quá hạn', dueOn: '2026-04-19' });
    expect(await seen(homeAffairs, '&overdue=true')).toEqual([late.id]);
    expect((await homeAffairs('/v1/totals')).body['training']).toMatchObject({ overdue: 1 });
    expect((await other('/v1/totals')).body['training']).toMatchObject({
      plans:
        (await seen(other, '')).length - itemsOf(await other('/v1/training-plans?state=cancelled')).length,
    });
  });

  it('goes page by page', async () => {
    const ids: unknown[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const answer = await owner(`/v1/training-plans?limit=3${cursor && `&cursor=${cursor}`}`);
      ids.push(...itemsOf(answer).map(({ id }) => id));
      cursor = answer.body['nextCursor'] as string | null;
    }
    const all = itemsOf(await owner('/v1/training-plans?limit=500')).map(({ id }) => id);
    expect(ids).toEqual(all);
    expect(ids.length).toBeGreaterThan(3);
  });
});

describe('the events of training plans', () => {
  it('keep to the published schemas', async () => {
    const events = (await lab.events()).filter(({ type }) => type.includes('training-plan'));
    const { types, faults } = checkAgainstSchemas(events);
    expect(faults).toEqual([]);
    expect(types.map((type) => type.split('.')[4])).toEqual([
      'attended',
      'cancelled',
      'changed',
      'finished',
      'registered',
      'started',
    ]);
  });
});
