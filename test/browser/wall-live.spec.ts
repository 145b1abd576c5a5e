import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium } from './chromium.js';
import { WallPage } from './wall-page.js';

/** A running system, as its launcher prints it. */
interface LiveStack {
  /** Opens the wall without a login. */
  displayAddress: string;
  /** Root of the tasks service. */
  tasksAddress: string;
  /** Bearer token with `tasks:read`, `tasks:write` and `tasks:assign` of an agency that may assign. */
  token: string;
}

/** The stack to test against, from the environment; null when none is given. */
function stackFromEnvironment(): LiveStack | null {
  const { IOC_DISPLAY_ADDRESS, IOC_TASKS_ADDRESS, IOC_TASKS_TOKEN } = process.env;
  if (!IOC_DISPLAY_ADDRESS || !IOC_TASKS_ADDRESS || !IOC_TASKS_TOKEN) return null;
  return { displayAddress: IOC_DISPLAY_ADDRESS, tasksAddress: IOC_TASKS_ADDRESS, token: IOC_TASKS_TOKEN };
}

/** Posts to the tasks service and gives the answer's body. */
async function post<Answer>(stack: LiveStack, path: string, body: object): Promise<Answer> {
  const answer = await fetch(new URL(path, stack.tasksAddress), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${stack.token}`,
    },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`POST ${path} answered ${answer.status}: ${text}`);
  return JSON.parse(text) as Answer;
}

/** Registers a directive and assigns a task of it that has been overdue since a day (yyyy-MM-dd). */
async function assignOverdueTask(stack: LiveStack, title: string, lastDay: string): Promise<{ id: string }> {
  const directive = await post<{ id: string }>(stack, '/v1/directives', {
    kind: 'letter',
    issuer: 'VPUBND',
    subject: 'Kiểm tra màn hình điều hành',
  });
  return post(stack, '/v1/tasks', {
    directiveId: directive.id,
    title,
    leads: ['SKHCN'],
    due: { date: lastDay, lastDay },
  });
}

/** Number of overdue tasks that the wall shows. */
async function overdueShown(wall: WallPage): Promise<number> {
  const figure = await wall.figure('Nhiệm vụ').textContent();
  return Number((figure ?? '').replace(/\D/g, ''));
}

const stack = stackFromEnvironment();

(stack ? describe : describe.skip)('the wall on the running system', () => {
  const running = stack as LiveStack;
  let browser: Browser;
  let wall: WallPage;

  beforeAll(async () => {
    browser = await launchChromium();
    wall = await WallPage.open(browser, { address: running.displayAddress });
    await wall.ready();
  });

  afterAll(async () => {
    await browser.close();
  });

  it('shows a task assigned through the API, without a reload', async () => {
    await wall.markPage();
    const before = await overdueShown(wall);
    const title = `Việc kiểm tra ${randomUUID()}`;
    // Older than anything in the documents, so that it heads the list.
    await assignOverdueTask(running, title, '2025-01-02');
    await wall.shows(wall.rows('VIỆC ĐỎ').first(), title);
    await wall.shows(wall.ticker, title);
    expect(await overdueShown(wall)).toBe(before + 1);
    expect(await wall.isMarkedPage()).toBe(true);
    expect(wall.complaints).toEqual([]);
  });
});
