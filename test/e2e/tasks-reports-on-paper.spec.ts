import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AnswerDetail } from '../../apps/tasks/src/reports/answers/answers.queries.js';
import type { PeriodItem, ReportItem } from '../../apps/tasks/src/reports/periods/period-state.js';
import { ReportsLab } from './tasks-reports-lab.js';

const CONTENT = { results: 'Đã hoàn thành, theo bản giấy' };

let reports: ReportsLab;
let period: PeriodItem;
beforeAll(async () => {
  reports = await ReportsLab.open(1);
  reports.lab.clock.set('2026-04-20');
  // Until the end of 19 May.
  period = await reports.periodOf(await reports.newDuty({ agencies: ['STC', 'SNV', 'SXD', 'SKHCN'] }));
});
afterAll(() => reports.lab.close());

const enter = (agency: string, receivedOn: string, by = 'SKHCN') =>
  reports.answer(period, agency, '/paper', { agency: by, json: { receivedOn, content: CONTENT } });

describe('a report that came on paper', () => {
  it('is on time or late by the day on which it came, not by that of its entry', async () => {
    await reports.live('2026-05-25');
    expect(await reports.statesOf(period)).toMatchObject({ STC: 'missing', SNV: 'missing' });
    const entered = await enter('STC', '2026-05-19');
    expect(entered).toMatchObject({ status: 200, body: { state: 'on-time' } });
    expect(await enter('SNV', '2026-05-20')).toMatchObject({ status: 200, body: { state: 'late' } });
    expect(await reports.statesOf(period)).toMatchObject({ STC: 'on-time', SNV: 'late', SXD: 'missing' });
    const listed = await reports.lab.all<ReportItem>(`/v1/reports?duty=${period.dutyId}&agency=STC`);
    expect(listed.find((item) => item.period.id === period.id)).toMatchObject({
      state: 'on-time',
      submittedAt: '2026-05-18T17:00:00.000Z',
    });
    const { versions } = entered.body as unknown as AnswerDetail;
    expect(versions).toMatchObject([{ number: 1, receivedOn: '2026-05-19', content: CONTENT }]);
  });

  it('is marked on the timeline, and was not known before it was entered', async () => {
    const { timeline } = await reports.read(period);
    const ofAgency = timeline.filter(({ agency }) => agency?.code === 'STC');
    expect(ofAgency.filter(({ receivedOn }) => receivedOn !== null)).toMatchObject([
      { what: 'entered-from-paper', at: reports.lab.clock.now().toISOString(), receivedOn: '2026-05-19' },
    ]);
    expect(await reports.statesOf(period, 'asOf=2026-05-24')).toMatchObject({ STC: 'missing' });
    expect((await reports.read(period, 'asOf=2026-05-24')).timeline.map(({ what }) => what)).not.toContain(
      'entered-from-paper',
    );
  });

  it('ends the reminders, and can be corrected by the agency', async () => {
    const stepsOf = (agency: string): Promise<unknown[]> =>
      reports.lab.rows('SELECT 1 FROM report_step WHERE period_id = $1 AND agency_code = $2', [
        period.id,
        agency,
      ]);
    const before = await Promise.all(['STC', 'SXD'].map(stepsOf));
    await reports.live('2026-06-10');
    const [ofStc, ofSxd] = await Promise.all(['STC', 'SXD'].map(stepsOf));
    expect(ofStc).toEqual(before[0]);
    expect(ofSxd?.length).toBeGreaterThan(before[1]?.length ?? 0);
    const json = { content: { results: 'Bản đúng' }, reason: 'Nhầm số liệu' };
    expect(await reports.answer(period, 'STC', '/correction', { json })).toMatchObject({
      status: 200,
      body: { state: 'on-time', versions: [{ receivedOn: '2026-05-19' }, { receivedOn: null }] },
    });
  });

  it('is entered by those who oversee the duty, for another agency, once, and not before it came', async () => {
    expect(await enter('SXD', '2026-05-19', 'SXD')).toMatchObject({ status: 403 });
    expect(await enter('SKHCN', '2026-05-19', 'SKHCN')).toMatchObject({ status: 403 });
    expect(await enter('SXD', '2026-05-19', 'SNV')).toMatchObject({ status: 404 });
    expect(await enter('SXD', '2026-06-11')).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'receivedOn', code: 'too-large' }] },
    });
    expect(await enter('STC', '2026-05-19')).toMatchObject({
      status: 409,
      body: { code: 'report-submitted' },
    });
  });
});
