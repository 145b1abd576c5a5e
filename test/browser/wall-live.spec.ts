import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { EmbeddedSystem } from '../support/embedded-system.js';
import { until } from '../support/until.js';
import { launchChromium } from './chromium.js';
import { WallPage } from './wall-page.js';

/** What the tasks API is asked with: the Provincial Office, which assigns. */
class TasksApi {
  private constructor(
    private readonly address: string,
    private readonly token: string,
  ) {}

  static async of(system: EmbeddedSystem): Promise<TasksApi> {
    const token = await system.token('tasks:read', 'tasks:write', 'tasks:assign', '--agency', 'VPUBND');
    return new TasksApi(system.url('tasks'), token);
  }

  /** Registers a directive and assigns a task of it whose last day (yyyy-MM-dd) is past. */
  async assignOverdueTask(title: string, lastDay: string): Promise<string> {
    const directive = await this.post('/v1/directives', {
      kind: 'letter',
      issuer: 'VPUBND',
      subject: 'Kiểm tra màn hình điều hành',
    });
    const due = { date: lastDay, lastDay };
    const task = await this.post('/v1/tasks', { directiveId: directive.id, title, leads: ['SKHCN'], due });
    return task.id;
  }

  private async post(path: string, body: object): Promise<{ id: string }> {
    const answer = await fetch(new URL(path, this.address), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.token}` },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`POST ${path} answered ${answer.status}: ${text}`);
    return JSON.parse(text) as { id: string };
  }
}

/** Number of overdue tasks that the wall shows. */
async function overdueShown(wall: WallPage): Promise<number> {
  const figure = await wall.figure('Nhiệm vụ').textContent();
  return Number((figure ?? '').replace(/\D/g, ''));
}

describe('the wall on the running system', () => {
  const atEnd: (() => Promise<unknown>)[] = [];
  let system: EmbeddedSystem;
  let wall: WallPage;

  beforeAll(async () => {
    system = await EmbeddedSystem.start();
    atEnd.unshift(() => system.stop());
    const browser: Browser = await launchChromium();
    atEnd.unshift(() => browser.close());
    wall = await WallPage.open(browser, { address: system.displayAddress ?? '' });
    await wall.ready();
    await wall.shows(wall.panel('Nguồn dữ liệu'), '4/4');
  }, 180_000);

  afterAll(async () => {
    for (const end of atEnd) await end();
  });

  it("shows the seeds' figures at the printed address, without a login", async () => {
    await wall.shows(wall.figure('Kinh phí 2023'), /36,9\s*tỷ đồng/);
    await wall.shows(wall.panel('Kinh phí 2023'), '24 dự án · 522,2 tỷ đồng');
    await wall.shows(wall.panel('Nhân lực CNTT'), '0/65');
    await wall.shows(wall.linkMark, '● trực tuyến');
    expect(wall.complaints).toEqual([]);
  });

  it('shows a task assigned through the API, without a reload', async () => {
    await wall.markPage();
    const before = await overdueShown(wall);
    const title = `Việc kiểm tra ${randomUUID()}`;
    const api = await TasksApi.of(system);
    // Older than anything in the documents, so that it heads the list.
    await api.assignOverdueTask(title, '2025-01-02');
    await wall.shows(wall.rows('VIỆC ĐỎ').first(), title);
    await wall.shows(wall.ticker, title);
    await until(async () => (await overdueShown(wall)) === before + 1);
    expect(await wall.isMarkedPage()).toBe(true);
    expect(wall.complaints).toEqual([]);
  });
});
