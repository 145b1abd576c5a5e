import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ExplanationCounts, ExplanationStanding, Overview } from '#libs/contracts';
import { createService } from '#libs/http';
import type { ExplanationItem } from '../../apps/tasks/src/explanations/explanation-state.js';
import { gatewayService } from '../../apps/gateway/src/service.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';
import { NoticesLab } from './tasks-notices-lab.js';

let lab: NoticesLab;
let database: TestDatabase;
let gateway: NestFastifyApplication;
let base: string;
beforeAll(async () => {
  lab = await NoticesLab.open();
  await lab.start();
  database = await createDatabase();
  const service = gatewayService({
    databaseUrl: database.url,
    natsUrl: lab.nats.url,
    natsCredentials: lab.nats.credentials('gateway'),
    referenceDirectory: undefined,
    displayToken: 'a-display-token-for-this-test-only',
    streamReplicas: 1,
    reconcileMilliseconds: 60_000,
  });
  gateway = await createService({
    ...service,
    auth: { ...service.auth, issuer: lab.issuerUrl },
    clock: lab.clock,
    configure: undefined,
    logLevel: 'fatal',
  });
  await gateway.startAllMicroservices();
  await gateway.listen(0, '127.0.0.1');
  base = await gateway.getUrl();
});
afterAll(async () => {
  await gateway.close();
  await lab.close();
  await database.drop();
});

async function countsOfGateway(): Promise<ExplanationCounts> {
  const authorization = await lab.authorization({ agency: null, scopes: ['ioc:read'] });
  const answer = await fetch(`${base}/ioc/v1/overview`, { headers: { authorization } });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as Overview).tasks.explanations;
}

async function countsOfService(): Promise<ExplanationCounts> {
  const count = async (standing: ExplanationStanding) =>
    (await lab.all<ExplanationItem>(`/v1/explanations?standing=${standing}`)).length;
  return { open: await count('open'), late: await count('late') };
}

async function expectAgreement(expected: ExplanationCounts): Promise<void> {
  expect(await countsOfService()).toEqual(expected);
  await until(async () => JSON.stringify(await countsOfGateway()) === JSON.stringify(expected));
}

describe('explanations on the gateway', () => {
  it('are counted as the tasks service counts them, after each change and on each day', async () => {
    lab.clock.set('2026-04-20');
    await expectAgreement({ open: 0, late: 0 });
    const task = await lab.assignTask({ leads: ['STC', 'SNV'], collaborators: [] });
    const ask = async (lastDay: string) => {
      const json = { reason: 'Chậm báo cáo', lastDay };
      const answer = await lab.send(`/v1/tasks/${task.id}/explanations`, { agency: 'VPUBND', json });
      return String(answer.body['id']);
    };
    const answer = (id: string, agency: string) =>
      lab.send(`/v1/explanations/${id}/answer`, { agency, json: { text: 'Đã rõ nguyên nhân.' } });
    const [first, second, third] = [
      await ask('2026-04-22'),
      await ask('2026-04-23'),
      await ask('2026-04-24'),
    ];
    await expectAgreement({ open: 3, late: 0 });
    lab.clock.set('2026-04-23');
    await expectAgreement({ open: 2, late: 1 });
    await answer(first, 'STC');
    await expectAgreement({ open: 2, late: 1 });
    await answer(first, 'SNV');
    await expectAgreement({ open: 2, late: 0 });
    lab.clock.set('2026-04-25');
    await expectAgreement({ open: 0, late: 2 });
    const json = { reason: 'Đã có báo cáo' };
    await lab.send(`/v1/explanations/${second}/withdrawal`, { agency: 'VPUBND', json });
    await expectAgreement({ open: 0, late: 1 });
    await answer(third, 'SNV');
    await answer(third, 'STC');
    await expectAgreement({ open: 0, late: 0 });
  });
});
