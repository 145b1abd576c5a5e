import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../support/until.js';
import { standingTexts } from './legibility.js';
import { LogPagesLab, type LogVisit } from './log-pages-lab.js';

const SEVEN = 7;

let lab: LogPagesLab;

beforeAll(async () => {
  lab = await LogPagesLab.open();
  const { log } = lab;
  // 1 is the key of the log.
  await at('2026-04-18T09:00:00+07:00', () => log.deliver(1, 3));
  await at('2026-04-19T23:59:30+07:00', () =>
    log.run((records) => {
      records.refused({
        requestId: '01990000-aaaa-7000-8000-000000000002',
        datasetCode: 'budget.item',
        provider: 'STC',
        requester: 'SXD',
        reason: 'Không thuộc chức năng của cơ quan yêu cầu',
        legalGround: 'Điều 16 Nghị định số 194/2025/NĐ-CP',
        document: null,
      });
    }),
  );
  await at('2026-04-20T14:05:20+07:00', () =>
    log.run((records) => {
      records.denied({
        who: { agency: 'SNV', grantId: null, credential: 'UABC' },
        channel: 'bus',
        attempted: 'ioc.budget.>',
        why: 'no permission for this subject',
        count: 7,
      });
    }),
  );
  await at('2026-04-20T15:00:00+07:00', () => log.deliver(4, 1));
  await log.signed();
}, 120_000);

afterAll(async () => {
  await lab.close();
});

async function at(instant: string, work: () => Promise<void>): Promise<void> {
  lab.log.service.clock.set(instant);
  await work();
  await lab.log.sealed();
}

describe('the pages of the exchange log', () => {
  it('tell nothing to whoever is not logged in', async () => {
    const visit = await lab.visit('?record=2');
    await visit.page.getByRole('button', { name: 'Đăng nhập' }).waitFor();
    expect(visit.asked).toEqual([]);
    expect(await visit.page.locator('main').textContent()).not.toMatch(/SKHCN|Tài chính/);
    const policy = (await fetch(lab.address)).headers.get('content-security-policy');
    expect(policy).toContain(`script-src 'self'`);
    expect(policy).toContain(`connect-src 'self' ${lab.issuer.url};`);
    await visit.page.context().close();
  });

  describe('for Sở KH&CN, which sees all', () => {
    let keeper: LogVisit;

    beforeAll(async () => {
      keeper = await lab.person('khcn', 'SKHCN', ['sharing:decide'], '?kind=refusal');
    });

    afterAll(async () => {
      await keeper.page.context().close();
    });

    it('come back after the login to the search that was opened', async () => {
      expect(await keeper.found()).toEqual(['3']);
      expect(keeper.page.url()).toBe(`${lab.address}?kind=refusal`);
      const row = (await keeper.page.locator('tbody tr').innerText()).replace(/\s+/g, ' ');
      expect(row).toContain('19/04/2026 23:59:30');
      expect(row).toContain('Sở Tài chính → Sở Xây dựng');
      expect(row).toContain('Điều 16 Nghị định số 194/2025/NĐ-CP');
      expect(await keeper.page.evaluate(() => localStorage.length)).toBe(0);
    });

    it.each<[string, Record<string, string>, string[]]>([
      ['nothing', {}, ['5', '4', '3', '2', '1']],
      ['an agency in either role', { 'Cơ quan (chia sẻ hoặc khai thác)': 'STC' }, ['5', '3', '2']],
      ['an agency that shares', { 'Cơ quan chia sẻ': 'STC' }, ['3']],
      ['an agency that receives', { 'Cơ quan khai thác': 'STC' }, ['5', '2']],
      ['two agencies', { 'Cơ quan chia sẻ': 'SKHCN', 'Cơ quan khai thác': 'SXD' }, []],
      ['who tried', { 'Cơ quan khai thác': 'SNV' }, ['4']],
      ['a dataset', { 'Bộ dữ liệu': 'registry.database' }, ['5', '2']],
      ['an outcome', { 'Kết quả': 'denial' }, ['4']],
      ['a message', { 'Mã thông điệp (ce-id)': ' message-2 ' }, ['2']],
      ['a day', { Từ: '20/4/2026', Đến: '20/04/2026' }, ['5', '4']],
      ['a minute, with all of it', { Từ: '19/04/2026 23:59', Đến: '20/04/2026 14:05' }, ['4', '3']],
    ])('find records by %s', async (_by, fields, found) => {
      await keeper.page.getByRole('link', { name: 'Xóa điều kiện' }).first().click();
      expect(await keeper.search(fields)).toEqual(found);
    });

    it('say what is wrong with a time, and go to it', async () => {
      await keeper.page.goto(lab.address);
      await keeper.found();
      const from = keeper.page.getByLabel('Từ', { exact: true });
      await from.fill('31/04/2026');
      await from.press('Enter');
      expect(await keeper.page.locator('.hint.fault').textContent()).toContain('22/11/2026 14:05');
      expect(await from.evaluate((field) => field === document.activeElement)).toBe(true);
      expect(keeper.page.url()).toBe(lab.address);
      await keeper.page.goto(`${lab.address}?to=2026-13`);
      await keeper.page.locator('.hint.fault').waitFor();
      expect(await keeper.page.locator('table').count()).toBe(0);
    });

    it('are used with the keyboard alone, and the way back leads through the searches', async () => {
      await keeper.page.goto(lab.address);
      await keeper.found();
      await keeper.page.getByLabel('Mã thông điệp (ce-id)').focus();
      await keeper.page.keyboard.type('message-4');
      await keeper.page.keyboard.press('Enter');
      await until(async () => (await keeper.found()).join() === '5');
      await keeper.page.getByRole('link', { name: 'Mở bản ghi 5' }).focus();
      await keeper.page.keyboard.press('Enter');
      await keeper.page.getByRole('heading', { name: /Bản ghi 5/ }).waitFor();
      expect(await keeper.page.evaluate(() => document.activeElement?.id)).toBe('content');
      await keeper.page.getByRole('link', { name: 'Về danh sách' }).click();
      await until(() => keeper.page.url() === `${lab.address}?message=message-4`);
      await keeper.page.goBack();
      await keeper.page.goBack();
      await keeper.page.goBack();
      await until(async () => (await keeper.found()).length === 5);
    });

    it('show a record with its place in the chain, which the given command computes again', async () => {
      await keeper.page.goto(`${lab.address}?record=2`);
      await keeper.page.getByRole('heading', { name: 'Vị trí trong chuỗi' }).waitFor();
      const shown = await keeper.page.locator('article').innerText();
      expect(shown).toContain('Lập dự toán năm sau');
      expect(shown).toContain('18/04/2026 09:00:00');
      expect(shown).toContain('message-3');
      expect(shown).toContain('3'.padStart(64, '0'));
      expect(shown).toMatch(/bản ghi \d, ký lúc \d\d\/04\/2026/);
      const [, hash = ''] = /Mã băm của bản ghi này\s+([0-9a-f]{64})/.exec(shown) ?? [];
      const { file, content } = await keeper.saved('Tải bản ghi (JSON)');
      writeFileSync(join(lab.log.folder, file), content);
      const command = (await keeper.page.locator('#hash-command').textContent()) ?? '';
      const { stdout } = await promisify(execFile)('sh', ['-c', command], { cwd: lab.log.folder });
      expect(stdout.split(' ')[0]).toBe(hash);
    });

    it('hand out receipts that hold', async () => {
      const receipt = await keeper.saved('Tải biên nhận của thông điệp message-2');
      expect(receipt.file).toBe('bien-nhan-2-2.json');
      const keys = await keeper.saved('Tải khóa công khai (JSON)');
      const published = (JSON.parse(keys.content.toString()) as { keys: never[] }).keys;
      const { code, output } = await lab.log.verify(
        { [receipt.file]: receipt.content.toString() },
        '--keys',
        lab.log.keysFile(published),
      );
      expect([code, output]).toEqual([0, expect.stringContaining('message-2')]);
    });

    it('tell first whether the chain holds: red, where, and what to do', async () => {
      const standing = keeper.page.getByRole('region', { name: 'Tình trạng nhật ký' });
      await until(async () => {
        await keeper.page.goto(lab.address);
        return (await standing.textContent())?.includes('Chuỗi nguyên vẹn');
      });
      const calm = await standing.innerText();
      expect(calm).toContain('1 thông điệp đã giao');
      expect(calm).toContain('7 lần bị chặn');
      await lab.log.service.rows(`UPDATE exchange_standing SET fault = 'altered 2'`);
      await keeper.page.reload();
      const alarm = keeper.page.getByRole('alert');
      await alarm.waitFor();
      expect(await alarm.innerText()).toContain('Bản ghi 2 bị sửa.');
      expect(await unreadable(keeper)).toEqual([]);
      await lab.log.service.rows('UPDATE exchange_standing SET fault = NULL');
    });

    it('export the statistics of the month', async () => {
      const { file, content } = await keeper.saved(/Tải thống kê/);
      expect(file).toMatch(/^\d{4}-\d\d-01_\d{4}-\d\d-\d\d\.csv$/);
      expect(content.toString()).toContain('Cơ quan chia sẻ');
    });

    it('speak English, too, and remember it', async () => {
      await keeper.page.getByRole('button', { name: 'English' }).click();
      await keeper.page.getByRole('heading', { name: 'Search', exact: true }).waitFor();
      await keeper.page.reload();
      await keeper.page.getByRole('heading', { name: 'Results' }).waitFor();
      expect(await keeper.page.locator('html').getAttribute('lang')).toBe('en');
      await keeper.page.getByRole('button', { name: 'Tiếng Việt' }).click();
    });

    it('leaf through many records', async () => {
      await lab.log.run((records) => {
        for (let index = 0; index < 60; index += 1) {
          const who = { agency: 'SYT', grantId: null, credential: null };
          records.denied({ who, channel: 'http', attempted: `/v1/${index}`, why: 'thử', count: 1 });
        }
      });
      await lab.log.sealed();
      await keeper.page.goto(`${lab.address}?agency=SYT`);
      expect(await keeper.found()).toHaveLength(50);
      await keeper.page.getByRole('link', { name: 'Cũ hơn' }).click();
      await until(async () => (await keeper.found()).length === 10);
      await keeper.page.reload();
      expect(await keeper.found()).toHaveLength(10);
      await keeper.page.getByRole('link', { name: 'Về trang mới nhất' }).click();
      await until(async () => (await keeper.found()).length === 50);
    });

    it('can be read: contrast, and no complaint of the browser', async () => {
      expect(await unreadable(keeper)).toEqual([]);
      await keeper.page.goto(`${lab.address}?record=2`);
      await keeper.page.getByRole('heading', { name: 'Cách kiểm tra' }).waitFor();
      expect(await unreadable(keeper)).toEqual([]);
      expect(keeper.complaints).toEqual([]);
    });

    it('let nobody in who has logged out', async () => {
      await keeper.page.getByRole('button', { name: 'Đăng xuất' }).click();
      await keeper.page.waitForURL(`${lab.issuer.url}/**`);
      await keeper.page.getByRole('button').first().click();
      await keeper.page.getByRole('button', { name: 'Đăng nhập' }).waitFor();
      expect(keeper.page.url()).toBe(lab.address);
      expect(await keeper.page.evaluate(() => Object.values(sessionStorage).join())).not.toContain('token');
      await keeper.page.reload();
      await keeper.page.getByRole('button', { name: 'Đăng nhập' }).waitFor();
    });
  });

  it("show an agency's officer the agency's records only", async () => {
    const officer = await lab.person('sxd', 'SXD', ['sharing:request']);
    expect(await officer.found()).toEqual(['3']);
    await officer.page.getByText('Bạn xem được các bản ghi mà Sở Xây dựng là một bên.').waitFor();
    expect(await officer.search({ 'Cơ quan (chia sẻ hoặc khai thác)': 'SKHCN' })).toEqual([]);
    await officer.page.getByText('Bớt điều kiện').waitFor();
    await officer.page.goto(`${lab.address}?record=2`);
    await officer.page.getByRole('heading', { name: 'Không có bản ghi này' }).waitFor();
    expect(await officer.page.locator('main').textContent()).not.toContain('Lập dự toán');
    await officer.page.context().close();
  });

  it('say what to do when the server is away, or no longer takes the token', async () => {
    const { page } = await lab.person('cat', 'CAT', ['registry:read'], '?kind=denial&agency=SNV');
    await page.getByText('ioc.budget.>: không có quyền trên chủ đề này').waitFor();
    await page.route('**/v1/exchange-records?**', (route) => route.abort());
    await page.reload();
    await page.getByText('Không kết nối được với máy chủ').waitFor();
    await page.unroute('**/v1/exchange-records?**');
    await page.getByRole('button', { name: 'Thử lại' }).click();
    await page.locator('tbody tr').waitFor();

    await page.evaluate(() => {
      const [key, value] = Object.entries(sessionStorage).find(([name]) => name.includes('user:')) ?? [];
      const user = JSON.parse(String(value)) as { access_token: string };
      sessionStorage.setItem(String(key), JSON.stringify({ ...user, access_token: 'void' }));
    });
    await page.reload();
    await page.getByText('Phiên đăng nhập đã kết thúc').waitFor();
    expect(await page.locator('table').count()).toBe(0);
    // The issuer still knows the person.
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    await page.locator('tbody tr').waitFor();
    expect(page.url()).toBe(`${lab.address}?kind=denial&agency=SNV`);
    await page.context().close();
  });

  it('name the address of the issuer when it cannot be reached', async () => {
    const { page } = await lab.visit();
    await page.route(`${lab.issuer.url}/**`, (route) => route.abort());
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toContain(`${lab.issuer.url}: `);
    await page.context().close();
  });

  it('tell somebody without the right what to ask for', async () => {
    const other = await lab.person('khac', 'STC', ['tasks:read']);
    const alert = other.page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toContain('registry:read, sharing:request');
    expect(await other.page.locator('form, table').count()).toBe(0);
    await other.page.context().close();
  });
});

/** Texts of the page that do not stand out enough. */
async function unreadable({ page }: LogVisit): Promise<string[]> {
  const texts = await standingTexts(page);
  return texts.filter(({ contrast }) => contrast < SEVEN).map(({ text }) => text);
}
