import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Browser, Page } from 'playwright-core';
import { createService } from '#libs/http';
import type { Scope } from '#libs/contracts';
import { PAGES_CLIENT_ID } from '../../apps/identity/src/clients/pages-client.js';
import { TestIssuer } from '../../apps/identity/src/testing/issuer.js';
import { registryService } from '../../apps/registry/src/service.js';
import { ExchangeLogLab } from '../e2e/exchange-log-lab.js';
import { buildLogPages } from './built-page.js';
import { launchChromium } from './chromium.js';

/** The registry with its log, its pages as they are built now, the issuer at which people log in, and a browser. */
export class LogPagesLab {
  private constructor(
    readonly log: ExchangeLogLab,
    readonly issuer: TestIssuer,
    private readonly browser: Browser,
    /** Address of the registry. */
    readonly registry: string,
    private readonly atEnd: (() => Promise<unknown>)[],
  ) {}

  static async open(): Promise<LogPagesLab> {
    const atEnd: (() => Promise<unknown>)[] = [];
    const built = await buildLogPages();
    atEnd.unshift(() => built.remove());
    const issuer = await TestIssuer.start();
    atEnd.unshift(() => issuer.stop());
    const log = await ExchangeLogLab.open();
    atEnd.unshift(() => log.close());
    const app = await startRegistry(log, issuer.url, built.folder);
    const registry = await app.getUrl();
    // An installation that is older than the pages: its issuer learns of them at a later start.
    await issuer.restart({ registryUrl: registry });
    const browser = await launchChromium();
    atEnd.unshift(() => browser.close());
    return new LogPagesLab(log, issuer, browser, registry, atEnd);
  }

  get address(): string {
    return `${this.registry}/exchange-log/`;
  }

  async close(): Promise<void> {
    for (const end of this.atEnd) await end();
  }

  /** A browser of somebody else: nobody is logged in. */
  async visit(query = ''): Promise<LogVisit> {
    const context = await this.browser.newContext({
      viewport: { width: 1366, height: 900 },
      // Times are Vietnam's wherever the reader sits.
      timezoneId: 'America/New_York',
    });
    const visit = new LogVisit(await context.newPage(), this);
    await visit.page.goto(this.address + query);
    return visit;
  }

  /** Somebody of an agency with an account and a login. */
  async person(username: string, agency: string | null, scopes: Scope[], query = ''): Promise<LogVisit> {
    const { password } = await this.issuer.addPerson(username, scopes, agency);
    const visit = await this.visit(query);
    await visit.logIn(username, password);
    return visit;
  }
}

/** One person's tab. */
export class LogVisit {
  /** What the browser complained of: errors, refused content, requests to anybody but registry and issuer. */
  readonly complaints: string[] = [];
  /** Paths below /v1 that the page asked the registry for. */
  readonly asked: string[] = [];

  constructor(
    readonly page: Page,
    { registry, issuer }: LogPagesLab,
  ) {
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.origin !== registry && url.origin !== issuer.url && url.protocol !== 'blob:')
        this.complaints.push(url.href);
      if (url.pathname.startsWith('/v1/')) this.asked.push(url.pathname);
    });
  }

  async logIn(username: string, password: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Đăng nhập' }).click();
    await this.page.locator('[name=username]').fill(username);
    await this.page.locator('[name=password]').fill(password);
    await this.page.locator('[name=password]').press('Enter');
    await this.page.getByRole('button', { name: 'Đăng xuất' }).waitFor();
  }

  /** Fills the form, sends it, and answers the numbers of the records that are found. */
  async search(fields: Record<string, string>): Promise<string[]> {
    const form = this.page.locator('form');
    for (const [label, value] of Object.entries(fields)) {
      const field = form.getByLabel(label, { exact: true });
      if (await field.evaluate((element) => element instanceof HTMLSelectElement))
        await field.selectOption(value);
      else await field.fill(value);
    }
    await form.getByRole('button', { name: 'Tìm' }).click();
    return this.found();
  }

  /** Numbers of the records in the table, once what was asked for is there. */
  async found(): Promise<string[]> {
    await this.page.locator('.results [role=status]:not(.loading)').waitFor();
    return this.page.locator('tbody th').allTextContents();
  }

  /** What a download holds. */
  async saved(name: string | RegExp): Promise<{ file: string; content: Buffer }> {
    const [download] = await Promise.all([
      this.page.waitForEvent('download'),
      this.page.getByRole('button', { name }).click(),
    ]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    return { file: download.suggestedFilename(), content: Buffer.concat(chunks) };
  }
}

async function startRegistry(
  log: ExchangeLogLab,
  issuer: string,
  root: string,
): Promise<NestFastifyApplication> {
  const { service } = log;
  const nats = service['nats'];
  const options = registryService({
    databaseUrl: service['database'].url,
    natsUrl: nats.url,
    natsCredentials: nats.credentials('registry'),
    referenceDirectory: undefined,
    streamReplicas: 1,
    logPages: { issuer, clientId: PAGES_CLIENT_ID, root },
  });
  const app = await createService({ ...options, auth: { issuer }, clock: service.clock, logLevel: 'fatal' });
  service['replicas'].push(app);
  await app.startAllMicroservices();
  await app.listen(0, '127.0.0.1');
  return app;
}
