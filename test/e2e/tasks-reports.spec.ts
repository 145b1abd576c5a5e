import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Rounds } from '#libs/http';
import type { AnswerDetail } from '../../apps/tasks/src/reports/answers/answers.queries.js';
import type { ReportItem } from '../../apps/tasks/src/reports/periods/period-state.js';
import { ReportsLab } from './tasks-reports-lab.js';

let reports: ReportsLab;
beforeAll(async () => {
  reports = await ReportsLab.open(2);
});
afterAll(() => reports.lab.close());

const at = (moment: string) => {
  reports.lab.clock.set(moment);
};

describe('periods', () => {
  it('appear by themselves, the next one when the last day of the one before is over', async () => {
    at('2026-04-20');
    const duty = await reports.newDuty();
    expect(await reports.periodsOf(duty)).toMatchObject([
      {
        number: 1,
        label: 'Tháng 5/2026',
        opensOn: '2026-04-20',
        date: '2026-05-20',
        lastDay: '2026-05-19',
        deadline: '2026-05-19T17:00:00.000Z',
        beforeStart: false,
        counts: { onTime: 0, late: 0, missing: 0, due: 2 },
      },
    ]);
    await reports.live('2026-05-19');
    expect(await reports.periodsOf(duty)).toHaveLength(1);
    at('2026-05-20');
    await reports.lab.replicas[0]!.app.get(Rounds).runAll();
    const periods = await reports.periodsOf(duty);
    expect(periods.map(({ label, counts }) => [label, counts.missing, counts.due])).toEqual([
      ['Tháng 6/2026', 0, 2],
      ['Tháng 5/2026', 2, 0],
    ]);
  });

  it('that were missed by a service that was down appear too, and none twice', async () => {
    at('2026-04-20');
    const duty = await reports.newDuty({ rule: { kind: 'weekly', weekday: 5, time: '16:00' } });
    await reports.live('2026-05-20', '2026-05-20', '2026-05-20');
    const periods = await reports.periodsOf(duty);
    expect(periods.map(({ number, lastDay }) => `${number} ${lastDay}`)).toEqual([
      '5 2026-05-22',
      '4 2026-05-15',
      '3 2026-05-08',
      '2 2026-05-01',
      '1 2026-04-24',
    ]);
  });

  it('that were over before the duty was registered here accuse nobody', async () => {
    at('2026-04-20');
    const duty = await reports.newDuty({ startsOn: '2026-02-10' });
    const [open, march, february] = await reports.periodsOf(duty);
    expect([open!.beforeStart, march!.label, february!.label]).toEqual([
      false,
      'Tháng 4/2026',
      'Tháng 3/2026',
    ]);
    expect(march).toMatchObject({ beforeStart: true, counts: { onTime: 0, late: 0, missing: 0, due: 0 } });
    expect(await reports.statesOf(march!)).toEqual({ STC: 'before-start', SNV: 'before-start' });
    expect(await reports.submit(march!, 'STC')).toMatchObject({
      status: 409,
      body: { code: 'period-not-judged' },
    });
    await reports.live('2026-05-15');
    expect(await reports.noticesAbout(duty)).toEqual([]);
  });

  it('are asked of the members of a group, less those who receive the reports', async () => {
    at('2026-04-20');
    const duty = await reports.newDuty({ agencies: ['UBNDCX', 'CSBN'] });
    const { answers } = await reports.read(await reports.periodOf(duty));
    const codes = answers.map(({ agency }) => agency.code);
    expect(codes.filter((code) => /^\d{5}$/.test(code ?? ''))).toHaveLength(65);
    expect(codes).toEqual(expect.arrayContaining(['STC', 'CAT', 'VPUBND']));
    expect(codes).not.toContain('SKHCN');
    expect(answers.find(({ agency }) => agency.code === '22333')?.agency.name).toMatch(/^UBND /);
    const unknown = await reports.lab.send('/v1/duties', {
      json: {
        title: 'Báo cáo',
        agencies: ['DNDH'],
        rule: { kind: 'weeks', weeks: 1 },
        startsOn: '2026-04-20',
      },
    });
    expect(unknown).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'agencies[0]', code: 'group-without-members' }] },
    });
  });
});

describe('the report of an agency', () => {
  it('is a draft, then submitted, then corrected, and keeps its first version', async () => {
    at('2026-04-20');
    const period = await reports.periodOf(await reports.newDuty());
    expect(await reports.statesOf(period)).toEqual({ STC: 'open', SNV: 'open' });
    const draft = { method: 'PUT', json: { results: 'Đang viết' }, headers: { 'if-match': '"1"' } };
    expect(await reports.answer(period, 'STC', '/draft', draft)).toMatchObject({
      status: 200,
      body: { version: 2, state: 'draft', draft: { results: 'Đang viết' }, versions: [] },
    });
    expect((await reports.answer(period, 'STC', '/draft', draft)).status).toBe(412);
    expect((await reports.answer(period, 'STC', '', { agency: 'SKHCN' })).body).toMatchObject({
      state: 'draft',
      draft: null,
    });

    at('2026-05-19T23:59:59+07:00');
    expect((await reports.answer(period, 'STC', '/submission', { json: {} })).body).toMatchObject({
      state: 'on-time',
      draft: null,
      versions: [{ number: 1, submittedAt: '2026-05-19T16:59:59.000Z', content: { results: 'Đang viết' } }],
    });
    expect(await reports.submit(period, 'STC')).toMatchObject({
      status: 409,
      body: { code: 'report-submitted' },
    });

    at('2026-05-25');
    const correction = { json: { content: { results: 'Số liệu sửa' }, reason: 'Nhầm số liệu' } };
    const corrected = (await reports.answer(period, 'STC', '/correction', correction))
      .body as unknown as AnswerDetail;
    expect(corrected.state).toBe('on-time');
    expect(
      corrected.versions.map(({ number, content, reason }) => [number, content.results, reason]),
    ).toEqual([
      [1, 'Đang viết', null],
      [2, 'Số liệu sửa', 'Nhầm số liệu'],
    ]);
    const again = await reports.answer(period, 'SNV', '/correction', correction);
    expect(again).toMatchObject({ status: 409, body: { code: 'report-not-submitted' } });
    expect(await reports.answer(period, 'SNV', '/submission', { json: {} })).toMatchObject({
      status: 409,
      body: { code: 'no-draft' },
    });
  });

  it('is late from the hour of the deadline on', async () => {
    at('2026-04-20');
    const duty = await reports.newDuty({ rule: { kind: 'weekly', weekday: 5, time: '16:00' } });
    const period = await reports.periodOf(duty);
    at('2026-04-24T15:59:59.999+07:00');
    await reports.submit(period, 'STC');
    at('2026-04-24T16:00:00+07:00');
    expect(await reports.statesOf(period)).toEqual({ STC: 'on-time', SNV: 'missing' });
    await reports.submit(period, 'SNV');
    expect(await reports.statesOf(period)).toEqual({ STC: 'on-time', SNV: 'late' });
  });

  it('can be asked for as it stood on any past day, alone and in counts', async () => {
    at('2026-04-20');
    const duty = await reports.newDuty();
    const period = await reports.periodOf(duty);
    at('2026-05-10');
    await reports.answer(period, 'STC', '/draft', { method: 'PUT', json: { results: 'Dự thảo' } });
    at('2026-05-18');
    await reports.submit(period, 'STC');
    await reports.live('2026-05-22');
    await reports.submit(period, 'SNV');
    const days = [
      '2026-05-09',
      '2026-05-10',
      '2026-05-18',
      '2026-05-19',
      '2026-05-20',
      '2026-05-21',
      '2026-05-22',
    ];
    const states: string[] = [];
    for (const day of days) {
      const { STC, SNV } = await reports.statesOf(period, `asOf=${day}`);
      const item = (await reports.periodsOf(duty, `asOf=${day}`)).at(-1);
      const counts = await reports.ok(`/v1/reports/counts?duty=${duty.id}&dueTo=2026-05-19&asOf=${day}`);
      expect(counts).toEqual(item!.counts);
      states.push(`${day} ${STC ?? ''} ${SNV ?? ''}`);
    }
    expect(states).toEqual([
      '2026-05-09 open open',
      '2026-05-10 draft open',
      '2026-05-18 on-time open',
      '2026-05-19 on-time open',
      '2026-05-20 on-time missing',
      '2026-05-21 on-time missing',
      '2026-05-22 on-time late',
    ]);
    const before = await reports.read(period, 'asOf=2026-05-21');
    expect(before.answers[1]).toMatchObject({ submittedAt: null, step: null });
    expect(before.timeline.map(({ what }) => what)).toEqual(['opened', 'submitted']);
    expect((await reports.lab.send(`/v1/duties/${duty.id}/periods?asOf=2026-05-23`)).status).toBe(400);
    expect(await reports.periodsOf(duty, 'asOf=2026-04-19')).toEqual([]);
  });

  it('is not lost when all communes submit in the moment of the deadline, nor taken twice', async () => {
    at('2026-04-20');
    const period = await reports.periodOf(await reports.newDuty({ agencies: ['UBNDCX'] }));
    const codes = Object.keys(await reports.statesOf(period));
    at('2026-05-19');
    const twice = [...codes, ...codes];
    const answers = await Promise.all([
      reports.rounds(),
      ...twice.map((code) => reports.submit(period, code).then(({ status }) => status)),
    ]);
    const statuses = answers.filter((status) => status !== undefined);
    expect(statuses.filter((status) => status === 200)).toHaveLength(65);
    expect(statuses.filter((status) => status === 409)).toHaveLength(65);
    const { version, counts } = await reports.read(period);
    expect({ version, counts }).toEqual({
      version: 66,
      counts: { onTime: 65, late: 0, missing: 0, due: 0 },
    });
    const events = await reports.lab.rows<{ sequence: number }>(
      'SELECT sequence FROM outbox WHERE aggregate_id = $1 ORDER BY sequence',
      [period.id],
    );
    expect(events.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 66 }, (_, index) => index + 1),
    );
  });

  it('tells what the form asks, no more and no less', async () => {
    at('2026-04-20');
    const figures = [{ key: 'ho-so', name: 'Hồ sơ trực tuyến', unit: 'hồ sơ' }];
    const form = { results: true, obstacles: true, proposals: false, taskPercents: true, figures };
    const period = await reports.periodOf(await reports.newDuty({ form }));
    const faultsOf = async (content: object) => {
      const { status, body } = await reports.submit(period, 'STC', content as Record<string, unknown>);
      expect(status).toBe(400);
      return (body['errors'] as { field: string; code: string }[]).map(
        ({ field, code }) => `${field} ${code}`,
      );
    };
    const value = [{ key: 'ho-so', value: 1200 }];
    expect(await faultsOf({})).toEqual(['content.figures[ho-so] required']);
    expect(await faultsOf({ figures: [{ key: 'ho-so', value: null }] })).toEqual([
      'content.figures[ho-so] required',
    ]);
    expect(await faultsOf({ figures: [...value, ...value] })).toEqual(['content.figures duplicate']);
    expect(await faultsOf({ figures: [...value, { key: 'khac', value: 1 }] })).toEqual([
      'content.figures[1].key not-asked',
    ]);
    expect(await faultsOf({ figures: [{ key: 'ho-so', value: 0.12345678 }] })).toEqual([
      'content.figures[0].value invalid',
    ]);
    expect(await faultsOf({ figures: value, proposals: ['Thêm kinh phí'] })).toEqual([
      'content.proposals not-asked',
    ]);
    expect(await faultsOf({ figures: value, results: null })).toEqual(['content.results required']);
    const { id: taskId } = await reports.lab.assignTask({ leads: ['SNV'], collaborators: ['STC'] });
    const taskPercents = [{ taskId, percent: 40 }];
    expect(await faultsOf({ figures: value, taskPercents })).toEqual([
      'content.taskPercents[0].taskId not-led',
    ]);
    expect((await reports.submit(period, 'SNV', { figures: value, taskPercents })).status).toBe(200);
    expect(
      (
        await reports.submit(period, 'STC', {
          figures: [{ key: 'ho-so', value: null, note: 'Chưa thống kê' }],
        })
      ).status,
    ).toBe(200);
  });

  it('is seen by the agency itself and by those who oversee the duty', async () => {
    at('2026-04-20');
    const duty = await reports.newDuty({ recipients: ['SXD'] });
    const period = await reports.periodOf(duty);
    expect(await reports.statesOf(period, '', 'STC')).toEqual({ STC: 'open' });
    expect(Object.keys(await reports.statesOf(period, '', 'SXD'))).toEqual(['STC', 'SNV']);
    expect(Object.keys(await reports.statesOf(period, '', 'VPUBND'))).toEqual(['STC', 'SNV']);
    const path = `/v1/duties/${duty.id}`;
    expect((await reports.lab.send(path, { agency: 'SYT' })).status).toBe(404);
    expect((await reports.lab.send(`${path}/periods/${period.id}`, { agency: 'SYT' })).status).toBe(404);
    expect((await reports.answer(period, 'STC', '', { agency: 'SNV' })).status).toBe(404);
    const content = { json: { content: { results: 'Thay mặt' } } };
    expect((await reports.answer(period, 'STC', '/submission', { ...content, agency: 'SNV' })).status).toBe(
      404,
    );
    expect((await reports.answer(period, 'STC', '/submission', { ...content, agency: 'SKHCN' })).status).toBe(
      403,
    );
    expect(
      (await reports.answer(period, 'STC', '/submission', { ...content, scopes: ['tasks:read'] })).status,
    ).toBe(403);
    const own = await reports.lab.all<ReportItem>(`/v1/reports?duty=${duty.id}`, { agency: 'STC' });
    expect(own.map(({ agency, state }) => [agency.code, state])).toEqual([['STC', 'open']]);
    const everyone = await reports.lab.all<ReportItem>(`/v1/reports?duty=${duty.id}&state=open,missing`);
    expect(everyone.map(({ agency }) => agency.code)).toEqual(['STC', 'SNV']);
    const consolidation = await reports.lab.send(`${path}/periods/${period.id}/consolidation`, {
      agency: 'STC',
    });
    expect(consolidation).toMatchObject({ status: 403, body: { code: 'other-agency' } });
  });
});
