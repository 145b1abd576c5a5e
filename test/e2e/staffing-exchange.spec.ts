import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FixedClock } from '#libs/calendar';
import type {
  Overview,
  ProcessName,
  Scope,
  SupportPlanEventState,
  TrainingPlanEventState,
} from '#libs/contracts';
import { createService, type ServiceConfig, type ServiceOptions } from '#libs/http';
import { budgetService } from '../../apps/budget/src/service.js';
import { gatewayService } from '../../apps/gateway/src/service.js';
import { staffingService } from '../../apps/staffing/src/service.js';
import { tasksService } from '../../apps/tasks/src/service.js';
import type { StaffingTotals } from '../../apps/staffing/src/totals/totals.service.js';
import { LocalIssuer } from '../../libs/auth/src/testing/issuer.js';
import { startNats, type TestNats } from '../support/nats.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';

/** What staffing tells of its plans, taken in by the real tasks and budget services and by the gateway. */

type Process = Exclude<ProcessName, 'registry' | 'identity'>;

const SERVICES: Record<Process, (config: ServiceConfig) => ServiceOptions> = {
  staffing: staffingService,
  tasks: tasksService,
  budget: budgetService,
  gateway: (config) => ({
    ...gatewayService({
      ...config,
      displayToken: 'a-display-token-for-this-test-only',
      reconcileMilliseconds: 60_000,
    }),
    configure: undefined,
  }),
};
const SCOPES: Record<Process, Scope[]> = {
  staffing: ['staffing:read', 'staffing:write'],
  tasks: ['tasks:read', 'tasks:write', 'tasks:assign'],
  budget: ['budget:read', 'budget:write'],
  gateway: ['ioc:read'],
};

const clock = new FixedClock('2026-04-20');
const running = new Map<Process, { app: NestFastifyApplication; database: TestDatabase; url: string }>();
let nats: TestNats;
let issuer: LocalIssuer;

beforeAll(async () => {
  process.env['ROUND_MILLISECONDS'] = '3600000';
  [nats, issuer] = await Promise.all([startNats(), LocalIssuer.start()]);
  await Promise.all([start('staffing'), start('gateway')]);
});

afterAll(async () => {
  for (const { app, database } of running.values()) {
    await app.close();
    await database.drop();
  }
  await Promise.all([nats.stop(), issuer.stop()]);
});

async function start(name: Process): Promise<void> {
  const database = await createDatabase();
  const options = SERVICES[name]({
    databaseUrl: database.url,
    natsUrl: nats.url,
    natsCredentials: nats.credentials(name),
    referenceDirectory: undefined,
    streamReplicas: 1,
  });
  const auth = { ...options.auth, issuer: issuer.url };
  const app = await createService({ ...options, auth, clock, logLevel: 'fatal' });
  await app.startAllMicroservices();
  await app.listen(0, '127.0.0.1');
  running.set(name, { app, database, url: await app.getUrl() });
}

async function ask<Body>(
  name: Process,
  agency: string | null,
  path: string,
  json?: object,
  method = json === undefined ? 'GET' : 'POST',
): Promise<Body> {
  const token = await issuer.token({ agency: agency ?? undefined, scope: SCOPES[name].join(' ') });
  const answer = await fetch(`${running.get(name)?.url ?? ''}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(json && { 'content-type': 'application/json' }) },
    body: json && JSON.stringify(json),
  });
  const body: unknown = await answer.json();
  expect([path, answer.ok ? 'good' : body]).toEqual([path, 'good']);
  return body as Body;
}

const support = (changes: object = {}) =>
  ask<SupportPlanEventState>('staffing', 'SNV', '/v1/support-plans', {
    title: 'Tăng cường kỹ sư mạng',
    unit: '22333',
    supporter: 'SXD',
    skill: 'Quản trị mạng',
    mode: 'secondment',
    from: '2026-05-01',
    to: '2026-12-31',
    need: 'Chưa có người quản trị mạng',
    cost: 90_000_000,
    costSource: 'state-budget',
    ...changes,
  });
const training = (title: string) =>
  ask<TrainingPlanEventState>('staffing', 'SKHCN', '/v1/training-plans', {
    title,
    owner: 'SKHCN',
    dueOn: '2026-04-30',
    sessions: [{ title: 'Lớp 1' }, { title: 'Lớp 2' }],
  });
const step = <Body>(path: string, json: object, agency = 'SNV') => ask<Body>('staffing', agency, path, json);

/** Everything that staffing has told was taken in. */
async function agreement(): Promise<void> {
  const { training: trained, support: supported } = await ask<StaffingTotals>(
    'staffing',
    'SNV',
    '/v1/totals',
  );
  await until(async () => {
    const { staffing } = await ask<Overview>('gateway', null, '/ioc/v1/overview');
    const told = { training: staffing.training, support: staffing.support };
    return JSON.stringify(sorted(told)) === JSON.stringify(sorted({ training: trained, support: supported }));
  });
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => one.localeCompare(other));
  return entries.map(([name, inner]: [string, unknown]) => [name, sorted(inner)]);
}

describe('a task bound to a training plan', () => {
  it('follows the plan of the staffing service to its report, and waits for the assigning side', async () => {
    const plan = await training('Tập huấn an toàn thông tin');
    await step(`/v1/training-plans/${plan.id}/start`, {});
    const hold = (index: number) =>
      step(`/v1/training-plans/${plan.id}/sessions/${plan.sessions[index]?.id ?? ''}/attendance`, {
        heldOn: '2026-04-20',
      });
    await hold(0);
    // The tasks service comes to the bus only now: what was told before is told to it all the same.
    await start('tasks');
    const { items } = await ask<{ items: { id: string }[] }>(
      'tasks',
      'VPUBND',
      '/v1/directives?issuer=VPUBND',
    );
    const task = await ask<{ id: string }>('tasks', 'VPUBND', '/v1/tasks', {
      directiveId: items[0]?.id,
      title: 'Tổ chức tập huấn cho các xã, phường',
      leads: ['SKHCN'],
    });
    const binding = { kind: 'training-plan', subject: plan.id, target: 'finished' };
    await ask('tasks', 'VPUBND', `/v1/tasks/${task.id}/binding`, binding, 'PUT');
    const stands = () =>
      ask<{ state: string; progressPercent: number }>('tasks', 'VPUBND', `/v1/tasks/${task.id}`);
    const reaches = (percent: number) => until(async () => (await stands()).progressPercent === percent);
    await reaches(50);
    await hold(1);
    await reaches(99);
    const report = { number: '45/BC-SKHCN', date: '2026-04-20' };
    await step(`/v1/training-plans/${plan.id}/completion`, report, 'SKHCN');
    await reaches(100);
    expect(await stands()).toMatchObject({ state: 'in-progress' });
    expect(await ask('tasks', 'SKHCN', `/v1/tasks/${task.id}/binding`)).toMatchObject({
      reachedOn: '2026-04-20',
      value: { name: 'Tập huấn an toàn thông tin', written: 'đã hoàn thành', percent: 100 },
    });
  });
});

describe('a support plan that costs something', () => {
  const lineOf = async (id: string) => {
    const { items } = await ask<{ items: { origin: { id: string } | null; amount: number }[] }>(
      'budget',
      'STC',
      '/v1/estimate-lines?limit=500',
    );
    return items.filter(({ origin }) => origin?.id === id);
  };

  it('is a draft line of the budget service, follows the plan, and goes with it', async () => {
    const [early, free, dropped] = [
      await support(),
      await support({ cost: 0, costSource: 'none' }),
      await support({ title: 'Không cần nữa' }),
    ];
    await step(`/v1/support-plans/${dropped.id}/cancellation`, { ground: 'Đã tuyển được người' });
    await start('budget');
    const late = await support({ title: 'Thuê quản trị', agency: 'SXD', mode: 'contract', cost: 7 });
    await until(async () => (await lineOf(late.id)).length === 1);
    await until(async () => (await lineOf(early.id)).length === 1);
    expect(await lineOf(early.id)).toMatchObject([
      {
        name: 'Tăng cường kỹ sư mạng',
        amount: 90_000_000,
        year: 2026,
        agency: { code: '22333', name: 'UBND phường Bắc Nha Trang' },
        estimateId: null,
      },
    ]);
    expect(await lineOf(late.id)).toMatchObject([{ amount: 7, agency: { code: 'SXD' } }]);
    expect([await lineOf(free.id), await lineOf(dropped.id)]).toEqual([[], []]);
    await ask('staffing', '22333', `/v1/support-plans/${early.id}`, { cost: 80_000_000 }, 'PATCH');
    await until(async () => (await lineOf(early.id))[0]?.amount === 80_000_000);
    await step(`/v1/support-plans/${early.id}/approval`, { number: '9/QĐ-UBND', date: '2026-04-20' });
    await step(`/v1/support-plans/${early.id}/cancellation`, { ground: 'Không còn nhu cầu' });
    await until(async () => (await lineOf(early.id)).length === 0);
  });
});

describe('the plans on the gateway', () => {
  it('are counted as the staffing service counts them, after each change and on each day', async () => {
    const { support: before, training: trained } = await ask<StaffingTotals>('staffing', 'SNV', '/v1/totals');
    const plan = await support({ cost: 5 });
    await agreement();
    await step(`/v1/support-plans/${plan.id}/approval`, { number: '9/QĐ-UBND', date: '2026-04-20' });
    await agreement();
    await step(`/v1/support-plans/${plan.id}/start`, {});
    const [cancelled, open] = [await training('Sẽ hủy'), await training('Sẽ quá hạn')];
    await step(`/v1/training-plans/${cancelled.id}/cancellation`, { ground: 'Trùng' });
    await agreement();
    clock.set('2026-05-01');
    await agreement();
    const { support: after, training: late } = await ask<StaffingTotals>('staffing', 'SNV', '/v1/totals');
    expect(after).toEqual({
      ...before,
      plans: before.plans + 1,
      underWay: before.underWay + 1,
      units: 1,
      cost: before.cost + 5,
    });
    // The one of the source document and the one of this test.
    expect(late).toEqual({
      ...trained,
      plans: trained.plans + 1,
      overdue: 2,
      sessions: { ...trained.sessions, planned: trained.sessions.planned + open.sessions.length },
    });
  });
});
