import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Browser } from 'playwright-core';
import type { RegistryDatabaseState } from '#libs/contracts';
import { createService } from '#libs/http';
import { gatewayService } from '../../apps/gateway/src/service.js';
import { serveWall } from '../../apps/gateway/src/wall/serve-wall.js';
import { registryService } from '../../apps/registry/src/service.js';
import { DataServiceLab } from '../e2e/data-service.js';
import { createDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';
import { buildWall } from './built-page.js';
import { launchChromium } from './chromium.js';
import { standingTexts } from './legibility.js';
import { WallPage } from './wall-page.js';

const DISPLAY_TOKEN = 'a-display-token-for-this-test-only';

/** Registry, gateway and wall as they are, with a clock that the test sets. */
describe('data that stops arriving, on the wall', () => {
  const atEnd: (() => Promise<unknown>)[] = [];
  let lab: DataServiceLab;
  let gateway: NestFastifyApplication;
  let registry: string;
  let wall: WallPage;

  beforeAll(async () => {
    const built = await buildWall();
    atEnd.unshift(() => built.remove());
    lab = await DataServiceLab.open('registry', registryService);
    atEnd.unshift(() => lab.close());
    const database = await createDatabase();
    const nats = lab['nats'];
    const service = gatewayService({
      databaseUrl: database.url,
      natsUrl: nats.url,
      natsCredentials: nats.credentials('gateway'),
      referenceDirectory: undefined,
      displayToken: DISPLAY_TOKEN,
      streamReplicas: 1,
      reconcileMilliseconds: 60_000,
    });
    gateway = await createService({
      ...service,
      auth: { ...service.auth, issuer: 'http://127.0.0.1:9' },
      configure: (fastify) => serveWall(fastify, built.folder),
      clock: lab.clock,
      logLevel: 'fatal',
    });
    atEnd.unshift(async () => {
      await gateway.close();
      await database.drop();
    });
    await gateway.startAllMicroservices();
    await gateway.listen(0, '127.0.0.1');
    registry = await lab.start();
    // Ended first: a gateway that closes waits for the streams of its readers.
    const browser: Browser = await launchChromium();
    atEnd.unshift(() => browser.close());
    wall = await WallPage.open(browser, { address: `${await gateway.getUrl()}/display/${DISPLAY_TOKEN}` });
    await wall.page.locator('.scene').waitFor();
  }, 120_000);

  afterAll(async () => {
    for (const end of atEnd) await end();
  });

  it('turns from live to late by the clock alone, without an event and without a reload', async () => {
    const keeper = await lab.as(registry, 'SKHCN', 'registry:read', 'registry:write');
    const entered = await keeper('/v1/databases', {
      json: { name: 'CSDL giao thông', kind: 'sector', owner: 'SXD', lifecycle: 'in-operation' },
    });
    const { id } = entered.body as unknown as RegistryDatabaseState;
    await keeper(`/v1/databases/${id}/freshness`, { method: 'PUT', json: { frequency: 'daily' } });
    expect((await keeper(`/v1/databases/${id}/updates`, { json: {} })).status).toBe(200);
    const panel = wall.panel('Cơ sở dữ liệu');
    await wall.shows(panel, /\d\s*CSDL/);
    await wall.shows(panel, /đang vận hành/);
    // The service also says, in its own time, how the exchange log stands.
    const events = async () => (await lab.rows(`SELECT id FROM outbox WHERE aggregate_id = '${id}'`)).length;
    await until(async () => (await lab.rows('SELECT 1 FROM outbox WHERE published_at IS NULL')).length === 0);
    const before = await events();
    await wall.markPage();

    lab.clock.set('2026-04-21T17:59:00+07:00');
    await wall.shows(wall.page.locator('.clock'), '17:59');
    expect(await panel.textContent()).not.toContain('CSDL trễ');
    // On the same day: midnight makes the whole picture anew.
    lab.clock.set('2026-04-21T20:30:00+07:00');
    await wall.shows(panel, /▲\s*1\s*CSDL trễ\s*cập nhật[^]*lâu nhất 2 giờ/);
    expect(await events()).toBe(before);
    expect(await wall.isMarkedPage()).toBe(true);
    const unread = (await standingTexts(wall.page)).filter(({ whole, contrast }) => !whole || contrast < 7);
    expect(unread).toEqual([]);

    await keeper(`/v1/databases/${id}/updates`, { json: {} });
    await wall.shows(panel, /đang vận hành/);
    expect(wall.complaints).toEqual([]);
  });
});
