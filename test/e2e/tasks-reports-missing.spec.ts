import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { linesOf, ReportsLab } from './tasks-reports-lab.js';

let reports: ReportsLab;
beforeAll(async () => {
  reports = await ReportsLab.open(2);
});
afterAll(() => reports.lab.close());

const at = (moment: string) => {
  reports.lab.clock.set(moment);
};

describe('a missing report', () => {
  it('is reminded of after the grace and escalates step by step, until it comes', async () => {
    at('2026-04-20');
    const duty = await reports.newDuty();
    const period = await reports.periodOf(duty);
    // Last day Tuesday 19 May. No step at night, and none on a day off.
    for (let day = 19; day <= 31; day += 1) {
      await reports.live(`2026-05-${day}T00:30:00+07:00`, `2026-05-${day}T08:00:00+07:00`, `2026-05-${day}`);
      if (day === 26) await reports.submit(period, 'STC');
    }
    await reports.live('2026-06-01', '2026-06-02', '2026-06-03', '2026-06-10');
    const notices = await reports.noticesAbout(duty);
    const ofMay = notices.filter(({ text }) => text.includes('19/5/2026'));
    expect(linesOf(ofMay)).toEqual([
      '2026-05-21 SNV/desk',
      '2026-05-21 STC/desk',
      '2026-05-25 SNV/head',
      '2026-05-25 STC/head',
      '2026-05-27 SKHCN/desk',
      '2026-05-29 VPUBND/desk',
      '2026-06-02 UBND/vice-chair',
    ]);
    expect(ofMay.map(({ kind }) => kind.replace('report-', ''))).toEqual([
      'reminder',
      'reminder',
      ...Array.from({ length: 5 }, () => 'escalation'),
    ]);
    expect(ofMay[4]!.text).toContain('Sở Nội vụ');
    expect(ofMay[4]!.text).not.toContain('Sở Tài chính');
    expect(ofMay[0]!.givenAt.toISOString()).toBe('2026-05-21T01:00:00.000Z');

    const { answers, timeline } = await reports.read(period);
    expect(answers.map(({ agency, state, step }) => [agency.code, state, step?.level])).toEqual([
      ['STC', 'late', 'agency-head'],
      ['SNV', 'missing', 'vice-chair'],
    ]);
    const lines = timeline.map(
      ({ at: when, what, agency }) => `${when.slice(5, 10)} ${what} ${agency?.code ?? ''}`,
    );
    expect(lines).toEqual([
      '04-20 opened ',
      '05-21 reminded SNV',
      '05-21 reminded STC',
      '05-25 escalated SNV',
      '05-25 escalated STC',
      '05-26 submitted STC',
      '05-27 escalated SNV',
      '05-29 escalated SNV',
      '06-02 escalated SNV',
    ]);
  });

  it('has the steps and graces of its duty', async () => {
    at('2026-04-20');
    const escalation = [{ level: 'vice-chair', graceWorkingDays: 5 }];
    const duty = await reports.newDuty({ graceWorkingDays: 1, escalation, agencies: ['STC'] });
    const days = Array.from({ length: 12 }, (_, index) => `2026-05-${19 + index}`);
    await reports.live(...days);
    expect(linesOf(await reports.noticesAbout(duty))).toEqual([
      '2026-05-20 STC/desk',
      '2026-05-27 UBND/vice-chair',
    ]);
  });

  it('of a time when the service was down gets the step of the present day, not all of them', async () => {
    at('2026-04-20');
    const duty = await reports.newDuty({ agencies: ['STC'] });
    const period = await reports.periodOf(duty);
    await reports.live('2026-05-28', '2026-05-28T15:00:00+07:00', '2026-05-29');
    expect(linesOf(await reports.noticesAbout(duty))).toEqual([
      '2026-05-28 SKHCN/desk',
      '2026-05-29 VPUBND/desk',
    ]);
    const { timeline } = await reports.read(period);
    expect(
      timeline.map(({ what, level, dueAt }) => `${what} ${level ?? ''} ${dueAt?.slice(5, 10) ?? ''}`),
    ).toEqual([
      'opened  ',
      'step-skipped agency 05-21',
      'step-skipped agency-head 05-25',
      'escalated standing-body 05-27',
      'escalated provincial-office 05-29',
    ]);
  });

  it('of a period that the service found after its end has its whole grace from then on', async () => {
    at('2026-04-20');
    const duty = await reports.newDuty({ agencies: ['STC'], rule: { kind: 'weekly', weekday: 5 } });
    // The period to 8 May opens on 25 May only.
    await reports.live('2026-05-25', '2026-05-26', '2026-05-27', '2026-05-29');
    const notices = await reports.noticesAbout(duty);
    const ofEighthOfMay = notices.filter(({ text }) => text.includes('ngày 08/5/2026 '));
    expect(linesOf(ofEighthOfMay)).toEqual(['2026-05-27 STC/desk', '2026-05-29 STC/head']);
  });
});
