import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  STAFFING_UNIT_CHANGED,
  STAFFING_UNIT_HEAD_COUNT_REPORTED,
  STAFFING_UNIT_REGISTERED,
  type StaffingUnitState,
  TRAINING_PLAN_REGISTERED,
  type TrainingPlanEventState,
} from '#libs/contracts';
import { loadReferenceData } from '#libs/reference';
import { staffingService } from '../../apps/staffing/src/service.js';
import { type Answer, type Caller, DataServiceLab, faultsOf, itemsOf, TODAY } from './data-service.js';
import { checkAgainstSchemas } from './event-contract.js';

let lab: DataServiceLab;
let base: string;
let homeAffairs: Caller;

beforeAll(async () => {
  lab = await DataServiceLab.open('staffing', staffingService);
  // Two replicas that start together must register each unit once.
  [base] = await Promise.all([lab.start(), lab.start()]);
  homeAffairs = await lab.as(base, 'SNV', 'staffing:read', 'staffing:write');
});

afterAll(async () => {
  await lab.close();
});

const unit = (code: string) => lab.as(base, code, 'staffing:read', 'staffing:write');
const report = (
  who: Caller,
  code: string,
  json: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> => who(`/v1/units/${code}/head-counts`, { json, headers });

describe('first start', () => {
  it('has the 65 units, once, none of them answered', async () => {
    const units = itemsOf<StaffingUnitState>(await homeAffairs('/v1/units?limit=500'));
    expect(units).toHaveLength(65);
    expect(units.filter(({ headCount, reportCount }) => headCount !== null || reportCount > 0)).toEqual([]);
    expect((await homeAffairs('/v1/totals')).body).toMatchObject({
      units: { total: 65, answered: 0 },
      itStaff: null,
    });
  });

  it('publishes every unit as an event, and nothing again at a later start', async () => {
    await lab.start();
    const types = (await lab.events()).map(({ type }) => type);
    expect(types.filter((type) => type === STAFFING_UNIT_REGISTERED)).toHaveLength(65);
    expect(types.filter((type) => type !== STAFFING_UNIT_REGISTERED)).toEqual([TRAINING_PLAN_REGISTERED]);
  });

  it('has the training plan that a source document orders, and of it no more than the document says', async () => {
    const [plan, ...others] = itemsOf<TrainingPlanEventState>(await homeAffairs('/v1/training-plans'));
    expect(others).toEqual([]);
    expect(plan).toEqual({
      id: expect.any(String),
      version: 1,
      title: 'Kế hoạch tập huấn chuyên môn cho đội ngũ nhân lực CNTT các xã, phường',
      owner: { code: 'SKHCN', name: 'Sở Khoa học và Công nghệ' },
      audience: 'Đội ngũ nhân lực CNTT các xã, phường',
      skills: [],
      dueOn: '2026-04-30',
      document: null,
      source: { document: expect.stringContaining('phiên họp thứ 11'), clause: '2.b', asOf: '2026-04-20' },
      state: 'planned',
      units: [],
      sessions: [],
      progressPercent: null,
      startedOn: null,
      finishedOn: null,
      report: null,
      cancelGround: null,
    });
  });
});

describe('reading', () => {
  it('finds units without diacritics, by code and by kind', async () => {
    const names = async (query: string) =>
      itemsOf(await homeAffairs(`/v1/units?${query}`)).map((item) => item['fullName']);
    expect(await names('q=phuong bac nha')).toEqual(['Phường Bắc Nha Trang']);
    expect(await names('q=22333')).toEqual(['Phường Bắc Nha Trang']);
    expect(await names('kind=special-zone')).toEqual(['Đặc khu Trường Sa']);
    expect(await names('kind=ward&limit=500')).toHaveLength(16);
  });

  it('goes through the units page by page', async () => {
    const codes: unknown[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const answer = await homeAffairs(`/v1/units?limit=30${cursor && `&cursor=${cursor}`}`);
      codes.push(...itemsOf(answer).map((item) => item['code']));
      cursor = answer.body['nextCursor'] as string | null;
    }
    expect([codes.length, new Set(codes).size]).toEqual([65, 65]);
  });

  it('shows a unit itself only', async () => {
    const ward = await unit('22366');
    expect(itemsOf(await ward('/v1/units')).map((item) => item['code'])).toEqual(['22366']);
    expect((await ward('/v1/totals')).body['units']).toEqual({ total: 1, answered: 0 });
    expect((await ward('/v1/units/22333')).body).toMatchObject({ status: 403, code: 'other-agency' });
    expect((await ward('/v1/units/22333/head-counts')).body['code']).toBe('other-agency');
  });
});

describe('a head count', () => {
  it('is reported by the unit itself, counts, and is published', async () => {
    const ward = await unit('22333');
    const answer = await report(ward, '22333', { itStaff: 2, asOf: '2026-04-01', note: 'Một kiêm nhiệm' });
    expect([answer.status, answer.headers.get('etag')]).toEqual([201, '"2"']);
    expect(answer.body).toMatchObject({
      reportCount: 1,
      headCount: {
        itStaff: 2,
        asOf: '2026-04-01',
        note: 'Một kiêm nhiệm',
        reportedAt: lab.clock.now().toISOString(),
      },
    });
    const event = (await lab.events()).at(-1);
    expect(event).toMatchObject({
      type: STAFFING_UNIT_HEAD_COUNT_REPORTED,
      sequence: 2,
      data: { code: '22333', headCount: { itStaff: 2 }, changed: ['headCount', 'reportCount'] },
    });
  });

  it('of 0 is an answer', async () => {
    await report(await unit('22411'), '22411', { itStaff: 0, asOf: TODAY });
    const answered = itemsOf<StaffingUnitState>(await homeAffairs('/v1/units?answered=true&q=22411'));
    expect(answered.map(({ headCount }) => headCount?.itStaff)).toEqual([0]);
    expect(itemsOf(await homeAffairs('/v1/units?answered=false&q=22411'))).toEqual([]);
  });

  it('of a later day takes the place of the last one, an earlier day’s is kept and does not count', async () => {
    const ward = await unit('22390');
    await report(ward, '22390', { itStaff: 1, asOf: '2026-03-01' });
    await report(homeAffairs, '22390', { itStaff: 3, asOf: '2026-04-01' });
    const late = await report(ward, '22390', { itStaff: 9, asOf: '2026-01-01' });
    expect(late.body).toMatchObject({
      version: 4,
      reportCount: 3,
      headCount: { itStaff: 3, asOf: '2026-04-01' },
    });
    const corrected = await report(ward, '22390', { itStaff: 4, asOf: '2026-04-01' });
    expect(corrected.body['headCount']).toMatchObject({ itStaff: 4 });
    const reports = itemsOf(await ward('/v1/units/22390/head-counts'));
    expect(reports.map(({ itStaff, asOf, reportedByAgency }) => [itStaff, asOf, reportedByAgency])).toEqual([
      [4, '2026-04-01', '22390'],
      [9, '2026-01-01', '22390'],
      [3, '2026-04-01', 'SNV'],
      [1, '2026-03-01', '22390'],
    ]);
  });

  it('is summed over the figures that count', async () => {
    const units = itemsOf<StaffingUnitState>(await homeAffairs('/v1/units?answered=true'));
    const sum = units.reduce((total, { headCount }) => total + (headCount?.itStaff ?? 0), 0);
    expect((await homeAffairs('/v1/totals')).body).toMatchObject({
      units: { total: 65, answered: units.length },
      itStaff: sum,
    });
    expect(units.length).toBeGreaterThan(0);
  });

  it('is refused from another agency and without the right, without a change', async () => {
    const before = (await homeAffairs('/v1/units/22402')).body;
    const json = { itStaff: 5, asOf: TODAY };
    const standingBody = await lab.as(base, 'SKHCN', 'staffing:read', 'staffing:write');
    const reader = await lab.as(base, '22402', 'staffing:read');
    expect((await report(await unit('22333'), '22402', json)).body).toMatchObject({
      status: 403,
      code: 'other-agency',
    });
    expect((await report(standingBody, '22402', json)).body['code']).toBe('other-agency');
    expect((await report(reader, '22402', json)).body['code']).toBe('insufficient-scope');
    expect((await report(lab.anonymous(base), '22402', json)).status).toBe(401);
    expect((await report(homeAffairs, '99999', json)).status).toBe(404);
    expect((await homeAffairs('/v1/units/22402')).body).toEqual(before);
  });

  it.each([
    ['less than nobody', { itStaff: -1, asOf: TODAY }, ['itStaff: too-small']],
    ['more than a thousand', { itStaff: 1_001, asOf: TODAY }, ['itStaff: too-large']],
    ['half a person', { itStaff: 1.5, asOf: TODAY }, ['itStaff: not-integer']],
    ['a figure of tomorrow', { itStaff: 1, asOf: '2026-04-21' }, ['asOf: too-large']],
    ['a figure from before the units existed', { itStaff: 1, asOf: '2025-06-30' }, ['asOf: too-small']],
    ['no day', { itStaff: 1 }, ['asOf: required']],
    ['another field', { itStaff: 1, asOf: TODAY, unit: '22366' }, ['unit: unknown-field']],
  ])('is refused with %s', async (_what, json, faults) => {
    const answer = await report(homeAffairs, '22402', json);
    expect([answer.status, faultsOf(answer)]).toEqual([400, faults]);
    expect((await homeAffairs('/v1/units/22402')).body['reportCount']).toBe(0);
  });

  it('is refused on an old version, and none of many simultaneous ones is lost', async () => {
    const ward = await unit('22420');
    const json = { itStaff: 1, asOf: TODAY };
    const stale = await Promise.all([
      report(ward, '22420', json, { 'if-match': '"1"' }),
      report(ward, '22420', json, { 'if-match': '"1"' }),
    ]);
    expect(stale.map(({ status }) => status).sort()).toEqual([201, 412]);
    const answers = await Promise.all(Array.from({ length: 20 }, () => report(ward, '22420', json)));
    expect(answers.filter(({ status }) => status !== 201)).toEqual([]);
    expect((await ward('/v1/units/22420')).body).toMatchObject({ version: 22, reportCount: 21 });
  });
});

describe('a reference list that an administrator replaced', () => {
  let directory = '';

  afterAll(() => {
    if (directory !== '') rmSync(directory, { recursive: true });
  });

  it('brings new and renamed units at the next start, and takes none away', async () => {
    const { province, communes } = loadReferenceData();
    const [first, , ...others] = communes;
    const renamed = { ...first!, name: 'Bắc Nha Trang Mới', fullName: 'Phường Bắc Nha Trang Mới' };
    const added = { ...first!, code: '99998', kind: 'commune', name: 'Xã Thử', fullName: 'Xã Thử Nghiệm' };
    directory = mkdtempSync(join(tmpdir(), 'communes-'));
    writeFileSync(
      join(directory, 'communes.json'),
      JSON.stringify({ province, units: [renamed, added, ...others] }),
    );

    const reported = (await homeAffairs('/v1/units/22333')).body['headCount'];
    await Promise.all([lab.start(directory), lab.start(directory)]);
    expect((await homeAffairs('/v1/totals')).body['units']).toMatchObject({ total: 66 });
    expect((await homeAffairs('/v1/units/22366')).status).toBe(200);
    expect((await homeAffairs('/v1/units/22333')).body).toMatchObject({
      fullName: 'Phường Bắc Nha Trang Mới',
      headCount: reported,
    });
    expect(itemsOf(await homeAffairs('/v1/units?q=nha trang moi')).map((item) => item['code'])).toEqual([
      '22333',
    ]);
    const [change, registration] = (await lab.events()).slice(-2);
    expect([change?.type, change?.data.changed]).toEqual([STAFFING_UNIT_CHANGED, ['name', 'fullName']]);
    expect([registration?.type, registration?.data['code']]).toEqual([STAFFING_UNIT_REGISTERED, '99998']);
  });
});

describe('the database itself', () => {
  it.each([
    ['a head count of more than a thousand', 'UPDATE head_count_report SET it_staff = 1001', /it_staff/],
    [
      'a count of reports without a figure',
      'UPDATE staffing_unit SET current_report_id = NULL WHERE report_count > 0',
      /check/,
    ],
    [
      'the figure of another unit',
      `UPDATE staffing_unit SET report_count = 1, current_report_id = (SELECT id FROM head_count_report LIMIT 1) WHERE code = '22402'`,
      /foreign key/,
    ],
  ])('refuses %s', async (_what, statement, constraint) => {
    await expect(lab.rows(statement)).rejects.toThrow(constraint);
  });
});

describe('the events of all these tests', () => {
  it('keep to the published schemas', async () => {
    const { types, faults } = checkAgainstSchemas(await lab.events());
    expect(faults).toEqual([]);
    expect(types).toEqual(
      [
        STAFFING_UNIT_CHANGED,
        STAFFING_UNIT_HEAD_COUNT_REPORTED,
        STAFFING_UNIT_REGISTERED,
        TRAINING_PLAN_REGISTERED,
      ].sort(),
    );
  });
});
