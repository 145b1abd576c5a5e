import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, credsAuthenticator } from '@nats-io/transport-node';
import { readFileSync } from 'node:fs';
import {
  type EventData,
  EVENT_HEADERS,
  REPORT_PERIOD_OPENED,
  type ReportDutyState,
  type ReportPeriodState,
} from '#libs/contracts';
import type { DutyDetail } from '../../apps/tasks/src/reports/duties/duty-state.js';
import { until } from '../support/until.js';
import { checkAgainstSchemas, type PublishedEvent } from './event-contract.js';
import { ReportsLab } from './tasks-reports-lab.js';

let reports: ReportsLab;
beforeAll(async () => {
  reports = await ReportsLab.open(1);
});
afterAll(() => reports.lab.close());

/** Every event of reports that lies in the stream once the outbox is empty. */
async function reportEvents(): Promise<PublishedEvent[]> {
  const { lab } = reports;
  await until(async () => (await lab.rows('SELECT 1 FROM outbox WHERE published_at IS NULL')).length === 0);
  const credentials = lab.nats.credentials('admin') ?? '';
  const bus = await connect({
    servers: lab.nats.url,
    authenticator: credsAuthenticator(readFileSync(credentials)),
  });
  const { streams } = await jetstreamManager(bus);
  const events: PublishedEvent[] = [];
  const { last_seq: last } = (await streams.info('TASKS')).state;
  for (let seq = 1; seq <= last; seq += 1) {
    const message = await streams.getMessage('TASKS', { seq });
    const type = message?.header.get(EVENT_HEADERS.type) ?? '';
    if (type.includes('.report-')) events.push({ type, data: message?.json() });
  }
  await bus.close();
  return events;
}

describe('the duties of the source documents', () => {
  it('are there from the first start on, each with its directive, and what was assumed is said', async () => {
    const { lab } = reports;
    const duties = await lab.all<ReportDutyState>('/v1/duties');
    const told = duties.map(({ rule, startsOn, agencies, recipients, countedFrom, owner }) => ({
      rule,
      startsOn,
      countedFrom,
      owner: owner?.code,
      agencies: agencies.map(({ code }) => code),
      recipients: recipients.map(({ code }) => code),
    }));
    const ofLetter = { owner: 'SKHCN', agencies: ['CSBN'], recipients: ['SKHCN'], countedFrom: '2026-04-20' };
    expect(told).toEqual([
      {
        ...ofLetter,
        startsOn: '2026-03-01',
        rule: { kind: 'once', date: '2026-03-12', before: true, time: null },
      },
      { ...ofLetter, startsOn: '2026-03-12', rule: { kind: 'monthly', day: 20, before: true, time: null } },
      {
        startsOn: '2026-02-10',
        countedFrom: '2026-04-20',
        owner: 'UBND',
        agencies: ['CSBN', 'CCQDV', 'CDP'],
        recipients: ['SKHCN', 'VPUBND'],
        rule: { kind: 'weeks', weeks: 2, time: null },
      },
    ]);
    const lastDays: string[][] = [];
    for (const duty of duties) {
      expect(duty.assumptions).not.toBeNull();
      const directive = await reports.ok<{ symbol: string }>(`/v1/directives/${duty.directiveId ?? ''}`);
      expect(['SKHCN-TTCĐS', 'TB-UBND']).toContain(directive.symbol);
      const periods = await reports.periodsOf(duty);
      for (const { beforeStart, lastDay } of periods) expect(beforeStart).toBe(lastDay < '2026-04-20');
      lastDays.push(periods.map(({ lastDay }) => lastDay).reverse());
    }
    expect(lastDays).toEqual([
      ['2026-03-11'],
      ['2026-03-19', '2026-04-19', '2026-05-19'],
      ['2026-02-24', '2026-03-10', '2026-03-24', '2026-04-07', '2026-04-21'],
    ]);
    const counts = await reports.ok('/v1/reports/counts');
    const { due } = counts as { due: number };
    expect(counts).toEqual({ onTime: 0, late: 0, missing: 0, due });
    expect(due).toBeGreaterThan(65);
    // Another start of another replica loads nothing more.
    await (await lab.start()).stop();
    expect(await lab.all('/v1/duties')).toHaveLength(3);
  });
});

describe('a duty', () => {
  it('changes for the periods that open later, and ends today', async () => {
    reports.lab.clock.set('2026-04-20');
    const duty = await reports.newDuty({ rule: { kind: 'weekly', weekday: 1 }, startsOn: '2026-04-21' });
    await reports.live('2026-04-22');
    const patch = {
      method: 'PATCH',
      json: { agencies: ['SXD'], graceWorkingDays: 3 },
      headers: { 'if-match': '"1"' },
    };
    const changed = await reports.ok<DutyDetail>(`/v1/duties/${duty.id}`, patch);
    expect(changed).toMatchObject({ version: 2, graceWorkingDays: 3 });
    expect(changed.history.at(-1)).toMatchObject({
      action: 'change',
      changed: ['agencies', 'graceWorkingDays'],
    });
    expect((await reports.lab.send(`/v1/duties/${duty.id}`, patch)).status).toBe(412);
    await reports.live('2026-04-28');
    const [second, first] = await reports.periodsOf(duty);
    expect(Object.keys(await reports.statesOf(first!))).toEqual(['STC', 'SNV']);
    expect(Object.keys(await reports.statesOf(second!))).toEqual(['SXD']);

    const end = { json: { ground: 'Thông báo số 12/TB-UBND' } };
    expect((await reports.lab.send(`/v1/duties/${duty.id}/end`, { ...end, agency: 'SYT' })).status).toBe(404);
    const ended = await reports.ok<DutyDetail>(`/v1/duties/${duty.id}/end`, end);
    expect(ended).toMatchObject({ state: 'ended', endsOn: '2026-04-28' });
    expect(await reports.statesOf(second!)).toEqual({ SXD: 'withdrawn' });
    expect(await reports.statesOf(first!)).toEqual({ STC: 'missing', SNV: 'missing' });
    expect((await reports.submit(second!, 'SXD')).status).toBe(409);
    expect((await reports.submit(first!, 'STC')).status).toBe(200);
    await reports.live('2026-06-01');
    expect(await reports.periodsOf(duty)).toHaveLength(2);
    expect(await reports.lab.send(`/v1/duties/${duty.id}/end`, end)).toMatchObject({
      status: 409,
      body: { code: 'duty-ended' },
    });
  });

  it('can be changed however old it is', async () => {
    reports.lab.clock.set('2026-04-20');
    const duty = await reports.newDuty();
    reports.lab.clock.set('2029-01-02');
    const patch = { method: 'PATCH', json: { title: 'Báo cáo tiến độ' } };
    expect(await reports.ok(`/v1/duties/${duty.id}`, patch)).toMatchObject({ title: 'Báo cáo tiến độ' });
    expect((await reports.periodsOf(duty))[0]).toMatchObject({ number: 33, lastDay: '2029-01-19' });
  });

  it('ends by itself after its last period', async () => {
    reports.lab.clock.set('2026-04-20');
    const once = await reports.newDuty({ rule: { kind: 'once', date: '2026-04-24' } });
    const weekly = await reports.newDuty({ rule: { kind: 'weekly', weekday: 5 }, endsOn: '2026-05-03' });
    const standing = async () => {
      const states = await Promise.all(
        [once, weekly].map(({ id }) => reports.ok<DutyDetail>(`/v1/duties/${id}`)),
      );
      return states.map(({ state, endsOn }) => [state, endsOn]);
    };
    await reports.live('2026-04-24');
    expect(await standing()).toEqual([
      ['active', null],
      ['active', '2026-05-03'],
    ]);
    await reports.live('2026-04-25', '2026-05-02', '2026-05-09');
    expect(await standing()).toEqual([
      ['ended', '2026-04-25'],
      ['ended', '2026-05-02'],
    ]);
    expect(await reports.periodsOf(weekly)).toHaveLength(2);
    expect((await reports.submit(await reports.periodOf(once), 'STC')).status).toBe(200);
  });

  it('is set by whom the directive is from, and by those who assign for the Committee', async () => {
    reports.lab.clock.set('2026-04-20');
    const [directive] = await reports.lab.all<{ id: string }>('/v1/directives?issuer=VPUBND');
    const json = {
      title: 'Báo cáo',
      directiveId: directive?.id,
      agencies: ['STC'],
      rule: { kind: 'weeks', weeks: 1 },
      startsOn: '2026-04-20',
    };
    expect((await reports.lab.send('/v1/duties', { json, agency: 'SNV' })).status).toBe(403);
    expect(
      (
        await reports.lab.send('/v1/duties', {
          json,
          agency: 'VPUBND',
          scopes: ['tasks:read', 'tasks:write'],
        })
      ).status,
    ).toBe(403);
    const set = await reports.lab.send('/v1/duties', { json, agency: 'VPUBND' });
    expect(set).toMatchObject({
      status: 201,
      body: { owner: { code: 'VPUBND' }, recipients: [{ code: 'VPUBND' }] },
    });
    const own = await reports.lab.all<ReportDutyState>('/v1/duties?state=active', { agency: 'SYT' });
    expect(own.map(({ id }) => id)).not.toContain(set.body['id']);
    expect(own.length).toBeGreaterThan(0);
  });

  it.each([
    [{ rule: { kind: 'weeks' } }, 'rule.weeks', 'required'],
    [{ rule: { kind: 'weeks', weeks: 2, day: 20 } }, 'rule.day', 'unknown-field'],
    [{ rule: { kind: 'monthly', day: 20, before: true, time: '16:00' } }, 'rule.time', 'two-limits'],
    [{ rule: { kind: 'once', date: '2026-04-20', before: true } }, 'rule', 'no-period'],
    [{ endsOn: '2026-05-01' }, 'rule', 'no-period'],
    [{ startsOn: '2020-01-01' }, 'startsOn', 'too-small'],
    [{ form: { results: false, obstacles: false, proposals: false } }, 'form', 'empty-form'],
    [{ agencies: ['XYZ'] }, 'agencies[0]', 'unknown-agency'],
    [{ recipients: ['CSBN'] }, 'recipients[0]', 'unknown-agency'],
  ])('is refused with %j', async (changes, field, code) => {
    reports.lab.clock.set('2026-04-20');
    await expect(reports.newDuty(changes)).rejects.toThrow(
      new RegExp(`"field":"${field.replace(/[[\]]/g, '\\$&')}","code":"${code}"`),
    );
  });
});

describe('the events of reports', () => {
  it('carry the whole state, keep to their schemas, number their versions, and hold no texts of reports', async () => {
    reports.lab.clock.set('2026-04-20');
    const duty = await reports.newDuty({ agencies: ['UBNDCX', 'CSBN', 'CCQDV'] });
    const period = await reports.periodOf(duty);
    await reports.submit(period, 'STC', { results: 'Nội dung chỉ cơ quan biết' });
    await reports.answer(period, 'STC', '/correction', {
      json: { content: { results: 'Nội dung sửa' }, reason: 'Sai' },
    });
    await reports.live('2026-05-21', '2026-05-25');
    const events = await reportEvents();
    const { types, faults } = checkAgainstSchemas(events);
    expect(faults).toEqual([]);
    expect(types.map((type) => type.replace('vn.ioc.tasks.', ''))).toEqual([
      'report-duty.changed.v1',
      'report-duty.ended.v1',
      'report-duty.registered.v1',
      'report-period.answered.v1',
      'report-period.corrected.v1',
      'report-period.escalated.v1',
      'report-period.opened.v1',
      'report-period.reminded.v1',
      'report-period.withdrawn.v1',
    ]);
    expect(JSON.stringify(events)).not.toContain('Nội dung');
    const own = events
      .map(({ type, data }) => ({
        type,
        data: data as EventData<ReportPeriodState & Record<string, unknown>>,
      }))
      .filter(({ data }) => data.id === period.id);
    expect(own.map(({ data }) => data.version)).toEqual([1, 2, 3, 4, 5]);
    expect(own[0]).toMatchObject({ type: REPORT_PERIOD_OPENED, data: { changed: [] } });
    const { answers } = own[4]!.data;
    expect(answers.length).toBeGreaterThan(75);
    expect(answers.filter(({ step }) => step?.level === 'agency-head')).toHaveLength(answers.length - 1);
    expect(answers.find(({ agency }) => agency.code === 'STC')).toMatchObject({ corrections: 1, step: null });
    const largest = Math.max(...events.map(({ data }) => JSON.stringify(data).length));
    expect(largest).toBeLessThan(50_000);
  });
});
