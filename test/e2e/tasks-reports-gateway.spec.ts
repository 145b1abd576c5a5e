import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createService } from '#libs/http';
import type { ReportCounts } from '#libs/contracts';
import { OverviewService } from '../../apps/gateway/src/overview/overview.service.js';
import { gatewayService } from '../../apps/gateway/src/service.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';
import { ReportsLab } from './tasks-reports-lab.js';

let reports: ReportsLab;
let database: TestDatabase;
let gateway: NestFastifyApplication;

beforeAll(async () => {
  reports = await ReportsLab.open(1);
  database = await createDatabase();
  const { lab } = reports;
  const service = gatewayService({
    databaseUrl: database.url,
    natsUrl: lab.nats.url,
    natsCredentials: lab.nats.credentials('gateway'),
    referenceDirectory: undefined,
    displayToken: undefined,
    streamReplicas: 1,
    reconcileMilliseconds: 60_000,
  });
  gateway = await createService({
    ...service,
    auth: { ...service.auth, issuer: 'http://127.0.0.1:9' },
    configure: undefined,
    clock: lab.clock,
    logLevel: 'fatal',
  });
  await gateway.startAllMicroservices();
});

afterAll(async () => {
  await gateway.close();
  await reports.lab.close();
  await database.drop();
});

/** What the service itself counts; waits until the gateway says the same. */
async function agreed(): Promise<ReportCounts> {
  const own = await reports.ok<ReportCounts>('/v1/reports/counts');
  const counted = () => gateway.get(OverviewService).overview().tasks.reports;
  await until(() => JSON.stringify(counted()) === JSON.stringify(own)).catch(() => {
    expect(counted()).toEqual(own);
  });
  return own;
}

describe('the counts of reports at the gateway', () => {
  it('are those of the tasks service, after events and after deadlines that no event tells of', async () => {
    const { lab } = reports;
    lab.clock.set('2026-04-20');
    const seeded = await agreed();
    const duty = await reports.newDuty({ rule: { kind: 'weekly', weekday: 5, time: '16:00' } });
    const period = await reports.periodOf(duty);
    expect(await agreed()).toEqual({ ...seeded, due: seeded.due + 2 });
    await reports.submit(period, 'STC');
    await reports.answer(period, 'SNV', '/draft', { method: 'PUT', json: { results: 'Đang viết' } });
    expect(await agreed()).toEqual({ ...seeded, due: seeded.due + 1, onTime: 1 });

    lab.clock.set('2026-04-24T15:59:59+07:00');
    const before = await agreed();
    lab.clock.set('2026-04-24T16:00:00+07:00');
    expect(await agreed()).toEqual({ ...before, missing: before.missing + 1, due: before.due - 1 });
    await reports.submit(period, 'SNV');
    expect(await agreed()).toEqual({ ...before, late: 1, due: before.due - 1 });

    await reports.live('2026-04-28');
    const open = await agreed();
    await reports.ok(`/v1/duties/${duty.id}/end`, { json: { ground: 'Thông báo số 12/TB-UBND' } });
    expect(await agreed()).toEqual({ ...open, due: open.due - 2 });
    for (const day of ['2026-05-05', '2026-05-20', '2026-06-15']) {
      await reports.live(day);
      await agreed();
    }
    // Registered with periods that are over: nobody is judged by them.
    const last = await agreed();
    await reports.newDuty({ startsOn: '2026-03-01' });
    expect(await agreed()).toEqual({ ...last, due: last.due + 2 });
  });
});
