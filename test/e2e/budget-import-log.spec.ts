import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LoggedImport } from '../../apps/budget/src/import/import-log.js';
import { budgetService } from '../../apps/budget/src/service.js';
import { BudgetFiles, XLSX } from './budget-files.js';
import { type Caller, DataServiceLab, itemsOf } from './data-service.js';

let lab: DataServiceLab;
let finance: Caller;
let health: Caller;
let files: BudgetFiles;
let healthFiles: BudgetFiles;

beforeAll(async () => {
  lab = await DataServiceLab.open('budget', budgetService);
  const base = await lab.start();
  finance = await lab.as(base, 'STC', 'budget:read');
  health = await lab.as(base, 'SYT', 'budget:read');
  files = await BudgetFiles.as(lab, base, 'STC');
  healthFiles = await BudgetFiles.as(lab, base, 'SYT');
});

afterAll(async () => {
  await lab.close();
});

const HEAD = 'TT;Tên nhiệm vụ;Cơ quan chủ trì;Nhu cầu kinh phí (đồng)';
const csv = (...rows: string[]) => [HEAD, ...rows].join('\n');
const YEAR = { fiscalYear: '2026' };
const sha256 = (content: Buffer | string) => createHash('sha256').update(content).digest('hex');

async function logged(who = finance): Promise<LoggedImport[]> {
  return itemsOf<LoggedImport>(await who('/v1/imports'));
}

describe('the log of imports', () => {
  it('says who took over which file when, and what it did, the newest first', async () => {
    const file = csv('1;Thuê đường truyền;Sở Y tế;5', '2;Tập huấn;Sở Nội vụ;6');
    await files.send(file, 'text/csv; charset=utf-8', { ...YEAR, fileName: 'Kinh phí 2026.csv' });
    const later = csv('1;Thuê đường truyền;Sở Y tế;7', '2;Tập huấn;Sở Nội vụ;6', '3;Mới;Sở Nội vụ;1');
    await files.send(later, 'text/plain', YEAR);
    const workbook = (await files.get('/v1/exports/items.xlsx?year=2026')).bytes;
    await files.send(workbook, XLSX, YEAR);
    const who = { agency: 'STC', client: expect.any(String), at: lab.clock.now().toISOString() };
    const what = { ...who, id: expect.any(String), document: '15/BC-SKHCN ngày 10/4/2026' };
    expect(await logged()).toEqual([
      {
        ...what,
        ...{ fileName: null, format: 'xlsx', sha256: sha256(workbook) },
        ...{ created: 0, changed: 3, unchanged: 0 },
      },
      {
        ...what,
        ...{ fileName: null, format: 'text', sha256: sha256(later) },
        ...{ created: 1, changed: 1, unchanged: 1 },
      },
      {
        ...what,
        ...{ fileName: 'Kinh phí 2026.csv', format: 'csv', sha256: sha256(file) },
        ...{ created: 2, changed: 0, unchanged: 0 },
      },
    ]);
    expect((await logged())[0]?.client).not.toBe('');
  });

  it('has no line of what was only tried, was refused, or was sent again under its key', async () => {
    const before = await logged();
    await files.send(csv('9;Chỉ thử;Sở Y tế;1'), 'text/csv', { ...YEAR, dryRun: 'true' });
    const refused = await files.send(csv('10;Sai;Sở không có;1'), 'text/csv', YEAR);
    expect(refused.status).toBe(422);
    expect(await logged()).toEqual(before);
    const key = { 'idempotency-key': 'once' };
    const file = csv('11;Một lần;Sở Nội vụ;1');
    for (const _ of [1, 2]) await files.send(file, 'text/csv', YEAR, key);
    expect((await logged()).length).toBe(before.length + 1);
  });

  it('shows an agency its own, page by page', async () => {
    for (const amount of [1, 2, 3]) {
      await healthFiles.send(csv(`20;Của mình;Sở Y tế;${amount}`), 'text/csv', YEAR);
    }
    const own = await logged(health);
    expect(own.map(({ agency, created }) => [agency, created])).toEqual([
      ['SYT', 0],
      ['SYT', 0],
      ['SYT', 1],
    ]);
    const first = await health('/v1/imports?limit=2');
    expect(itemsOf(first)).toEqual(own.slice(0, 2));
    const cursor = String(first.body['nextCursor']);
    const second = await health(`/v1/imports?limit=2&cursor=${cursor}`);
    expect([itemsOf(second), second.body['nextCursor']]).toEqual([own.slice(2), null]);
    expect((await finance(`/v1/imports?cursor=${cursor}`)).status).toBe(400);
  });

  it('is only ever added to', async () => {
    for (const statement of [`UPDATE budget_import SET created = 0`, 'DELETE FROM budget_import']) {
      await expect(lab.rows(statement)).rejects.toThrow(/never changed/);
    }
  });
});
