import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { AgencyTaskCounts, Overview, TaskLine, TimelinessCounts } from '#libs/contracts';
import { until } from '../support/until.js';
import { buildWall, type BuiltPage } from './built-page.js';
import { launchChromium } from './chromium.js';
import { FixtureGateway } from './fixture-gateway.js';
import { fixtureOverview } from './fixture-overview.js';
import { scrollable, standingTexts } from './legibility.js';
import { WallPage, type WallPageOptions } from './wall-page.js';

/** Nothing moves: what is drawn stays as it is until the data change. */
const STILL = { context: { reducedMotion: 'reduce' } } as const;

describe('the wall in a browser', () => {
  let built: BuiltPage;
  let browser: Browser;
  let gateway: FixtureGateway;
  let overview: Overview;
  let wall: WallPage;
  /** What must be ended even when a test or the preparation fails: a browser left behind keeps the run from ending. */
  const atEnd: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
    atEnd.push(() => browser.close());
    built = await buildWall();
    atEnd.push(() => built.remove());
  });

  afterAll(async () => {
    for (const end of atEnd) await end();
  });

  beforeEach(async () => {
    overview = fixtureOverview(new Date());
    gateway = await FixtureGateway.start(built.folder, overview);
  });

  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await gateway.stop();
  });

  async function open(query = '', options: Partial<WallPageOptions> = {}): Promise<void> {
    wall = await WallPage.open(browser, { address: gateway.address + query, ...options });
  }

  async function openReady(query = '', options: Partial<WallPageOptions> = {}): Promise<void> {
    await open(query, options);
    await wall.ready();
  }

  it('shows the headline figures in the numbers that leaders read', async () => {
    await openReady();
    const { overdue } = overview.tasks.byTimeliness;
    await wall.shows(wall.figure('Nhiệm vụ'), new RegExp(`▲\\s*${overdue}\\s*quá hạn`));
    await wall.shows(wall.figure('Kinh phí 2023'), /36,9\s*tỷ đồng\s*cần bổ sung/);
    await wall.shows(wall.panel('Kinh phí 2023'), /24 dự án · 522,2 tỷ đồng/);
    await wall.shows(wall.figure('Cơ sở dữ liệu'), /19\s*CSDL/);
    await wall.shows(wall.panel('Cơ sở dữ liệu'), '6 đang vận hành');
    await wall.shows(wall.figure('Nhân lực CNTT'), /0\/65\s*đơn vị/);
    await wall.shows(wall.panel('Nhân lực CNTT'), 'Chưa xác định');
    await wall.shows(wall.panel('Nguồn dữ liệu'), /4\/4[^]*thông suốt/);
    await wall.shows(wall.linkMark, '● trực tuyến');
    expect(await wall.page.title()).toBe('Điều hành chuyển đổi số – Khánh Hòa');
    expect(await wall.page.locator('html').getAttribute('lang')).toBe('vi');
  });

  it('lists what is red worst first, with whose it is and since when, and counts the rest', async () => {
    await openReady();
    const rows = await wall.rows('VIỆC ĐỎ').allTextContents();
    expect(rows.length).toBeGreaterThanOrEqual(5);
    rows.forEach((row, index) => {
      const task = overview.tasks.overdue[index];
      expect(row).toContain(`▲ ${task?.daysLate} ngày`);
      expect(row).toContain(task?.lastDay.split('-').reverse().join('/'));
      expect(row).toContain(task?.title);
    });
    const rest = overview.tasks.overdue.length - rows.length;
    await wall.shows(wall.panel('VIỆC ĐỎ'), `+ ${rest} việc khác`);
  });

  it('shows in red how many databases are late with new data, and goes on counting since when', async () => {
    const { quality } = overview.registry;
    const staleSince = new Date(Date.now() - 12 * 86_400_000).toISOString();
    gateway.push({ registry: { ...overview.registry, quality: { ...quality, stale: 23, staleSince } } });
    await openReady();
    await wall.shows(wall.figure('Cơ sở dữ liệu'), /▲\s*23\s*CSDL trễ\s*cập nhật/);
    await wall.shows(wall.panel('Cơ sở dữ liệu'), 'lâu nhất 12 ngày');
    const unread = (await standingTexts(wall.page)).filter(({ whole, contrast }) => !whole || contrast < 7);
    expect(unread).toEqual([]);
  });

  it('shows what is wrong in data sharing, an altered log before late answers, and stays legible', async () => {
    const { sharing } = overview;
    await openReady();
    await wall.shows(wall.panel('Cơ sở dữ liệu'), 'đang vận hành');
    gateway.push({ sharing: { ...sharing, deniedToday: 12 } });
    await wall.shows(wall.panel('Cơ sở dữ liệu'), '◆ 12 truy cập bị chặn');
    gateway.push({ sharing: { ...sharing, requests: { ...sharing.requests, late: 13 } } });
    await wall.shows(wall.panel('Cơ sở dữ liệu'), '▲ 13 chậm trả lời chia sẻ');
    gateway.push({ sharing: { ...sharing, chain: { ...sharing.chain, ok: false } } });
    await wall.shows(wall.panel('Cơ sở dữ liệu'), '▲ nhật ký chia sẻ bị sửa');
    const unread = (await standingTexts(wall.page)).filter(({ whole, contrast }) => !whole || contrast < 7);
    expect(unread).toEqual([]);
  });

  it('marks a task that may not be extended', async () => {
    const task = overview.tasks.overdue.find(({ extendable }) => !extendable);
    gateway.push({ tasks: { ...overview.tasks, overdue: task ? [task] : [] } });
    await openReady();
    await wall.shows(wall.rows('VIỆC ĐỎ'), /BQL Dự án Phát triển[^]*không gia hạn[^]*Phòng IOC/);
  });

  it('takes a change from the stream without a reload, and marks it for a while', async () => {
    await openReady();
    await wall.markPage();
    const overdue = overview.tasks.byTimeliness.overdue + 5;
    const tasks = { ...overview.tasks, byTimeliness: { ...overview.tasks.byTimeliness, overdue } };
    gateway.push({ tasks });
    const changed = wall.figure('Nhiệm vụ').locator('[data-changed]');
    await wall.shows(changed, String(overdue));
    await changed.waitFor({ state: 'detached' });
    await wall.shows(wall.figure('Nhiệm vụ'), String(overdue));
    expect(await wall.isMarkedPage()).toBe(true);
    expect(wall.complaints).toEqual([]);
  });

  it('lets a new red task slide in, also when it is far from the worst', async () => {
    await openReady();
    expect(await wall.page.locator('[data-entering]').count()).toBe(0);
    const [worst] = overview.tasks.overdue;
    const fresh: TaskLine = { ...(worst as TaskLine), id: 'fresh', title: 'Việc vừa quá hạn', daysLate: 1 };
    const overdue = [...overview.tasks.overdue, fresh];
    const byTimeliness = { ...overview.tasks.byTimeliness, overdue: overdue.length };
    gateway.push({ tasks: { ...overview.tasks, overdue, byTimeliness } });
    const entering = wall.panel('VIỆC ĐỎ').locator('.more [data-entering]');
    await wall.shows(entering, /mới nhất[^]*▲ 1 ngày[^]*Việc vừa quá hạn/);
    expect(await entering.evaluate((element) => getComputedStyle(element).animationName)).toBe('enter');
  });

  it('moves nothing for those who asked for no motion', async () => {
    await openReady('', { context: { reducedMotion: 'reduce' } });
    const overdue = overview.tasks.overdue.map((task, index) =>
      index === 0 ? { ...task, id: 'fresh' } : task,
    );
    gateway.push({ tasks: { ...overview.tasks, overdue } });
    const entering = wall.rows('VIỆC ĐỎ').locator('xpath=self::*[@data-entering]');
    await entering.waitFor();
    expect(await entering.evaluate((element) => getComputedStyle(element).animationName)).toBe('none');
  });

  it('shows in red how many periodic reports are missing, beside the overdue tasks', async () => {
    await openReady();
    gateway.push({
      tasks: { ...overview.tasks, reports: { ...overview.tasks.reports, missing: 23 }, total: 170 },
    });
    await wall.shows(wall.panel('Nhiệm vụ'), '▲ 23 thiếu báo cáo · 170 nhiệm vụ');
    expect((await standingTexts(wall.page)).filter(({ whole }) => !whole)).toEqual([]);
  });

  it('says across the whole width that the link is broken, keeps the values, and heals by itself', async () => {
    await openReady();
    await wall.markPage();
    const port = await gateway.goAway();
    await wall.shows(wall.banner, /Mất kết nối từ \d\d:\d\d/);
    const box = await wall.banner.boundingBox();
    expect(box?.x).toBeLessThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeGreaterThanOrEqual(1920);
    await wall.shows(wall.linkMark, '○ mất kết nối');
    await wall.shows(wall.figure('Kinh phí 2023'), '36,9');
    gateway.push({ tasks: { ...overview.tasks, total: 99 } });
    await gateway.listen(port);
    await wall.shows(wall.panel('Nhiệm vụ'), '99 nhiệm vụ');
    await wall.banner.waitFor({ state: 'detached' });
    expect(await wall.isMarkedPage()).toBe(true);
  });

  it('turns grey, with the time, what a broken link has let grow old', async () => {
    wall = await WallPage.open(browser, { address: 'about:blank' });
    await wall.page.clock.install();
    await wall.page.goto(gateway.address);
    await wall.ready();
    await gateway.goAway();
    await wall.shows(wall.linkMark, 'mất kết nối');
    expect(await wall.page.locator('.panel[data-stale]').count()).toBe(1);
    await wall.page.clock.runFor(70_000);
    await wall.shows(wall.panel('VIỆC ĐỎ'), /dữ liệu cũ từ \d\d:\d\d/);
    expect(await wall.page.locator('.panel:not([data-stale])').count()).toBe(0);
    await wall.shows(wall.figure('Nhiệm vụ'), String(overview.tasks.byTimeliness.overdue));
  });

  it('turns grey only the panels of a service that is down', async () => {
    const services = overview.health.services.map((health) =>
      health.service === 'budget' ? { ...health, state: 'down' as const } : health,
    );
    gateway.push({ health: { ...overview.health, services } });
    await openReady();
    await wall.shows(wall.panel('Kinh phí 2023'), /dữ liệu cũ từ \d\d\/\d\d/);
    await wall.shows(wall.panel('Nguồn dữ liệu'), /3\/4[^]*1 gián đoạn/);
    expect(await wall.page.locator('.panel[data-stale]').count()).toBe(1);
  });

  it('asks calmly for the display address when it is not authorised, and shows the scene once it is', async () => {
    gateway.authorised = false;
    await open();
    await wall.shows(
      wall.page.locator('.message'),
      /chưa được phép hiển thị[^]*Mở lại bằng địa chỉ hiển thị/,
    );
    expect(await wall.page.locator('input, form, a').count()).toBe(0);
    gateway.authorised = true;
    await wall.ready();
  });

  it('waits calmly for a gateway that has no answer yet', async () => {
    wall = await WallPage.open(browser, { address: 'about:blank' });
    await wall.page.route('**/ioc/**', (route) => route.fulfill({ status: 503 }));
    await wall.page.goto(gateway.address);
    await wall.shows(wall.page.locator('.message'), 'Đang chờ dữ liệu');
    await wall.page.unroute('**/ioc/**');
    await wall.ready();
  });

  it('goes by the time of the province, wherever the browser thinks it is', async () => {
    await openReady('', { context: { timezoneId: 'America/New_York', locale: 'en-US' } });
    const parts = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
    const now = new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: 'Asia/Ho_Chi_Minh' });
    const about = [0, 60_000].map((back) => now.format(Date.now() - back));
    const clock = await wall.page.locator('.clock strong').innerText();
    expect(about).toContain(clock);
  });

  it('has no complaint of the browser, under the strictest content policy, from no other host', async () => {
    await openReady();
    await wall.page.locator('.chart canvas').waitFor();
    expect(wall.complaints).toEqual([]);
  });

  it('draws the main picture: red bars, in letters of the smallest size or larger', async () => {
    await openReady();
    const canvas = wall.page.locator('.chart canvas');
    await canvas.waitFor();
    await wall.page.waitForFunction(() => {
      const drawn = document.querySelector<HTMLCanvasElement>('.chart canvas');
      const pixels = drawn?.getContext('2d')?.getImageData(0, 0, drawn.width, drawn.height).data ?? [];
      let red = 0;
      for (let at = 0; at < pixels.length; at += 4) {
        if (pixels[at] === 0xff && pixels[at + 1] === 0x7a && pixels[at + 2] === 0x7a) red += 1;
      }
      return red > 1000;
    });
    const [chart, smallest] = await wall.page.evaluate(() =>
      ['.chart', 'body'].map((selector) => {
        const element = document.querySelector(selector);
        return element ? Number.parseFloat(getComputedStyle(element).fontSize) : 0;
      }),
    );
    expect(chart).toBe(smallest);
    const spoken = await wall.page.locator('.chart').getAttribute('aria-label');
    expect(spoken).toMatch(/^Sở Khoa học và Công nghệ: \d+ quá hạn, \d+ sắp đến hạn, \d+ đúng tiến độ;/);
  });

  it('draws the main picture as a display opened anew does, whichever columns came and went', async () => {
    const none = agenciesWith(overview, { dueSoon: 0, completedLate: 0 });
    const some = agenciesWith(overview, { dueSoon: 2, completedLate: 1 });
    gateway.push({ tasks: { ...overview.tasks, byAgency: none } });
    await openReady('', STILL);
    const pictures: string[] = [];
    for (const byAgency of [none, some, none]) {
      gateway.push({ tasks: { ...overview.tasks, byAgency } });
      const anew = await WallPage.open(browser, { address: gateway.address, ...STILL });
      await anew.ready();
      await until(async () => (await wall.picture()) === (await anew.picture()));
      pictures.push(await wall.picture());
      await anew.page.close();
    }
    expect(pictures[1]).not.toBe(pictures[0]);
    expect(pictures[2]).toBe(pictures[0]);
  });

  it('draws the names whole when the fonts come late', async () => {
    let send = (): void => undefined;
    gateway.fontsSent = new Promise((resolve) => (send = resolve));
    await open('', { ...STILL, waitUntil: 'domcontentloaded' });
    await wall.page.locator('.chart').waitFor();
    await wall.pictureTexts();
    send();
    const drawn: string[] = [];
    await until(async () => drawn.push(...(await wall.pictureTexts())) > 0);
    expect(drawn).toContain('BQL Dự án Phát triển');
    expect(drawn.filter((text) => text.includes('…'))).toEqual([]);
  });

  it('draws the main picture in another font when its own cannot be had', async () => {
    gateway.fontsSent = Promise.reject(new Error('no fonts'));
    gateway.fontsSent.catch(() => undefined);
    await open('', STILL);
    await until(async () => (await wall.pictureTexts()).includes('Quá hạn'));
  });

  const SCREENS = [
    ['Full HD', '', 1920, 1080],
    ['4K', '', 3840, 2160],
    ['Full HD from 4 m', '?distance=4', 1920, 1080],
    ['Full HD from 6 m', '?distance=6', 1920, 1080],
    ['a video wall of 3 × 2', '?diagonal=160&distance=6', 5760, 2160],
  ] as const;

  it.each(SCREENS)(
    'can be read on %s: size, contrast, font, air, nothing cut',
    async (_, query, width, height) => {
      await openReady(query, { width, height });
      const smallest = await wall.page.evaluate(() =>
        Number.parseFloat(getComputedStyle(document.body).fontSize),
      );
      const metres = Number(/distance=(\d+)/.exec(query)?.[1] ?? 2.5);
      const diagonal = query.includes('160') ? 160 : 55;
      const millimetresPerPixel = (diagonal * 25.4) / Math.hypot(width, height);
      expect((smallest * 0.7 * millimetresPerPixel) / metres).toBeCloseTo(4.65, 2);
      const texts = await standingTexts(wall.page);
      expect(texts.length).toBeGreaterThan(10);
      const faults = texts.filter(
        (text) =>
          text.fontPixels < smallest - 0.01 ||
          text.contrast < 7 ||
          text.lineHeightRatio < 1.249 ||
          text.weight < 500 ||
          !text.fontFamily.includes('Be Vietnam Pro') ||
          !text.whole,
      );
      expect(faults).toEqual([]);
      expect(await scrollable(wall.page)).toEqual([]);
      const cursor = await wall.page
        .locator('.scene')
        .evaluate((element) => getComputedStyle(element).cursor);
      expect(cursor).toBe('none');
    },
  );

  it('can be read while the link is broken and a service is down', async () => {
    const services = overview.health.services.map((health) => ({ ...health, state: 'down' as const }));
    gateway.push({ health: { ...overview.health, services } });
    await openReady();
    await gateway.goAway();
    await wall.banner.waitFor();
    const faults = (await standingTexts(wall.page)).filter(({ contrast, whole }) => contrast < 7 || !whole);
    expect(faults).toEqual([]);
  });

  it('keeps its shape with very many, very long and no tasks', async () => {
    const long =
      'Rà soát, đánh giá toàn diện hiện trạng việc triển khai, xây dựng, khai thác, sử dụng '.repeat(4);
    const [worst] = overview.tasks.overdue;
    const overdue = Array.from({ length: 120 }, (_, index) => ({
      ...(worst as TaskLine),
      id: `${index}`,
      title: long,
    }));
    const byTimeliness = { ...overview.tasks.byTimeliness, overdue: 120 };
    gateway.push({ tasks: { ...overview.tasks, overdue, byTimeliness, nextDue: overdue } });
    await openReady();
    const rows = await wall.rows('VIỆC ĐỎ').count();
    await wall.shows(wall.panel('VIỆC ĐỎ'), `+ ${120 - rows} việc khác`);
    expect((await standingTexts(wall.page)).filter(({ whole }) => !whole)).toEqual([]);
    const none = { ...byTimeliness, overdue: 0 };
    gateway.push({
      tasks: { ...overview.tasks, overdue: [], nextDue: [], byAgency: [], byTimeliness: none },
    });
    await wall.shows(wall.panel('VIỆC ĐỎ'), '● Không có việc quá hạn');
    expect((await standingTexts(wall.page)).filter(({ whole, contrast }) => !whole || contrast < 7)).toEqual(
      [],
    );
    expect(wall.complaints).toEqual([]);
  });
});

/** How the agencies' tasks stand, some counts of each replaced. */
function agenciesWith({ tasks }: Overview, counts: Partial<TimelinessCounts>): AgencyTaskCounts[] {
  return tasks.byAgency.map((agency) => ({
    ...agency,
    byTimeliness: { ...agency.byTimeliness, ...counts },
  }));
}
