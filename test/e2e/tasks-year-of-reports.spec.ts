import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { DutyDetail } from '../../apps/tasks/src/reports/duties/duty-state.js';
import type { PeriodItem } from '../../apps/tasks/src/reports/periods/period-state.js';
import { until } from '../support/until.js';
import { ReportsLab } from './tasks-reports-lab.js';
import { ReportsModel } from './tasks-year-of-reports-model.js';

/** The year that is lived through: 20 April 2026 is day 0. */
const DAYS = 365;
/** From the first to before the last of these days nobody runs. */
const BOTH_DOWN: readonly [number, number][] = [
  [57, 62],
  [150, 171],
  [301, 304],
];
/** On these days one replica (0 or 1) is started anew. */
const RESTARTS: ReadonlyMap<number, number> = new Map([
  [17, 0],
  [40, 1],
  [88, 0],
  [121, 1],
  [200, 0],
  [232, 1],
  [280, 0],
  [333, 1],
]);
/** On these days all connections to the database break while the rounds run. */
const BREAKS: ReadonlySet<number> = new Set([25, 66, 94, 128, 219, 318]);

const ESCALATION = ['agency-head', 'standing-body', 'provincial-office', 'vice-chair'];
const holidays = JSON.parse(
  readFileSync(new URL('../../libs/reference/data/holidays.json', import.meta.url), 'utf8'),
) as { days: { date: string; kind: string }[] };

const noon = (day: number) => new Date(Date.UTC(2026, 3, 20 + day, 5));
const dayText = (day: number) => noon(day).toISOString().slice(0, 10);

let reports: ReportsLab;
beforeAll(async () => {
  reports = await ReportsLab.open(2);
});
afterAll(() => reports.lab.close());

/** Breaks every connection of the service, whatever it is at. */
async function breakConnections(): Promise<void> {
  await reports.lab.rows(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
}

/** The newest periods are the ones that are answered. */
async function periodOf(duty: DutyDetail, number: number): Promise<PeriodItem> {
  const { items } = await reports.ok<{ items: PeriodItem[] }>(`/v1/duties/${duty.id}/periods?limit=5`);
  return items.find((period) => period.number === number) ?? reports.periodOf(duty, number);
}

async function startOrStop(day: number): Promise<void> {
  const { lab } = reports;
  const restarted = RESTARTS.get(day);
  if (restarted !== undefined) {
    await lab.replicas[restarted]?.stop();
    await lab.start();
  }
  for (const [from, to] of BOTH_DOWN) {
    if (day === from) for (const replica of [...lab.replicas]) await replica.stop();
    if (day === to) await Promise.all([lab.start(), lab.start()]);
  }
}

describe('a year of two replicas that are started anew, break and are down for weeks', () => {
  it('opens every period once, and reminds and escalates exactly as the calendar says', async () => {
    const { lab } = reports;
    // The year is that of the duties below; those of the source documents are ended before anything falls due.
    await reports.rounds();
    for (const duty of await lab.all<DutyDetail>('/v1/duties?state=active')) {
      await reports.ok(`/v1/duties/${duty.id}/end`, { json: { ground: 'Không thuộc năm này' } });
    }
    const model = new ReportsModel(holidays.days);
    const duties = new Map<string, DutyDetail>();
    for (const { name, agencies, rule, startsOn, grace } of model.duties) {
      const duty = await reports.newDuty({
        title: name,
        agencies,
        rule,
        startsOn,
        graceWorkingDays: grace,
        escalation: ESCALATION.map((level) => ({ level, graceWorkingDays: grace })),
      });
      duties.set(name, duty);
    }
    model.live(dayText(0));

    for (let day = 1; day < DAYS; day += 1) {
      lab.clock.set(noon(day));
      await startOrStop(day);
      if (lab.replicas.length === 0) continue;
      if (BREAKS.has(day)) {
        await Promise.allSettled([reports.rounds(), breakConnections()]);
        await until(() => reports.rounds().then(() => true));
      } else await reports.rounds();
      model.live(dayText(day));
      for (const { duty, number, agency } of model.answersOf(dayText(day))) {
        const period = await periodOf(duties.get(duty)!, number);
        expect((await reports.submit(period, agency)).status).toBe(200);
        model.answered(duty, number, agency);
      }
    }

    const periods = await lab.rows<{ line: string }>(
      `SELECT concat_ws(' ', duty.title, period.number, period.last_day, (period.opened_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) AS line
       FROM report_period period JOIN report_duty duty ON duty.id = period.duty_id WHERE duty.owner_code = 'SKHCN' AND duty.title LIKE 'Năm %'`,
    );
    expect(periods.map(({ line }) => line).sort()).toEqual(model.periodLines());
    expect(periods.length).toBeGreaterThan(90);

    const steps = await lab.rows<{ line: string }>(
      `SELECT concat_ws(' ', duty.title, period.number, step.agency_code, step.step, (step.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
         CASE WHEN step.skipped THEN 'skipped' ELSE 'taken' END) AS line
       FROM report_step step JOIN report_period period ON period.id = step.period_id JOIN report_duty duty ON duty.id = period.duty_id`,
    );
    expect(steps.map(({ line }) => line).sort()).toEqual(model.stepLines());
    expect(steps.filter(({ line }) => line.endsWith('skipped')).length).toBeGreaterThan(5);

    const notices: string[] = [];
    for (const [name, duty] of duties) {
      const numbers = new Map((await reports.periodsOf(duty)).map((period) => [period.label, period.number]));
      for (const { givenAt, recipients, text } of await reports.noticesAbout(duty)) {
        const label = /kỳ báo cáo: (.*)\)\. /u.exec(text)?.[1] ?? '';
        const day = givenAt.toISOString().slice(0, 10);
        notices.push(`${name} ${numbers.get(label) ?? label} ${day} ${recipients.join(' ')}`);
      }
    }
    expect(notices.sort()).toEqual(model.noticeLines());
    expect(notices.length).toBeGreaterThan(150);

    for (const [name, duty] of duties) {
      const counts = await reports.ok(`/v1/reports/counts?duty=${duty.id}`);
      expect([name, counts]).toEqual([name, model.countsOf(name, dayText(DAYS - 1))]);
    }
    await until(async () => (await lab.rows('SELECT 1 FROM outbox WHERE published_at IS NULL')).length === 0);
    const gaps = await lab.rows(
      `SELECT aggregate_id FROM outbox WHERE aggregate IN ('report-duty', 'report-period')
       GROUP BY aggregate_id HAVING count(*) <> max(sequence) OR min(sequence) <> 1`,
    );
    expect(gaps).toEqual([]);
    const behind = await lab.rows(
      `SELECT period.id FROM report_period period
       WHERE version <> (SELECT max(sequence) FROM outbox WHERE aggregate_id = period.id::text)`,
    );
    expect(behind).toEqual([]);
  }, 120_000);
});
