import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Workbook } from '@cj-tech-master/excelts';
import { REMARK_CODES, type Remark } from '../../apps/budget/src/import/faults.js';
import { budgetService } from '../../apps/budget/src/service.js';
import { BROKEN_PLACES, brokenWorkbook } from '../fixtures/budget/broken-workbook.js';
import { BudgetFiles, faultsOf, jsonOf, placesOf, resultOf, XLSX } from './budget-files.js';
import { type Caller, DataServiceLab, itemsOf } from './data-service.js';

let lab: DataServiceLab;
let base: string;
let finance: Caller;
let files: BudgetFiles;
/** Codes of all remarks that these tests met. */
const met = new Set<string>();

beforeAll(async () => {
  lab = await DataServiceLab.open('budget', budgetService);
  base = await lab.start();
  finance = await lab.as(base, 'STC', 'budget:read', 'budget:write');
  files = await BudgetFiles.as(lab, base, 'STC');
});

afterAll(async () => {
  await lab.close();
});

function seen(remarks: readonly Remark[]): string[] {
  for (const { code } of remarks) met.add(code);
  return placesOf(remarks);
}

/** What an import could have left behind. */
async function stored(): Promise<unknown> {
  return lab.rows(
    `SELECT (SELECT count(*)::int FROM budget_item) AS items, (SELECT count(*)::int FROM outbox) AS events,
            (SELECT count(*)::int FROM budget_change) AS changes, (SELECT sum(version)::int FROM budget_item) AS versions`,
  );
}

const HEAD = 'TT;Tên nhiệm vụ;Cơ quan chủ trì;Nhu cầu kinh phí (đồng);Kinh phí đã cấp (đồng);Tiến độ';
const csv = (...rows: string[]) => [HEAD, ...rows].join('\n');

describe('a workbook in which everything is wrong', () => {
  it('has every fault named by sheet, row and column, and nothing is stored', async () => {
    const before = await stored();
    const broken = await brokenWorkbook();
    const tried = resultOf(await files.send(broken, XLSX, { dryRun: 'true' }));
    expect(tried.accepted).toBe(false);
    expect(seen(tried.faults).sort()).toEqual([...BROKEN_PLACES].sort());
    expect(seen(tried.warnings)).toEqual(
      expect.arrayContaining(['Dự án!I3: column-not-read', 'Dự án!A7: number-skipped']),
    );

    const refused = await files.send(broken, XLSX);
    expect(refused.status).toBe(422);
    expect(jsonOf(refused)['code']).toBe('import-refused');
    expect(placesOf(faultsOf(refused)).sort()).toEqual([...BROKEN_PLACES].sort());
    expect(await stored()).toEqual(before);
  });

  it('says each fault in Vietnamese and English, with what was found', async () => {
    const { faults } = resultOf(await files.send(await brokenWorkbook(), XLSX, { dryRun: 'true' }));
    const messageAt = (row: number, column: string) =>
      faults.find((fault) => fault.sheet === 'Dự án' && fault.row === row && fault.column === column)
        ?.message;
    expect(messageAt(12, 'F')).toEqual({
      vi: '"14,755" có thể là phần nghìn hoặc phần thập phân. Ghi "14.755" hoặc "14,7550".',
      en: '"14,755" may mean thousands or decimals. Write "14.755" or "14,7550".',
    });
    expect(messageAt(27, 'F')?.vi).toMatch(/in 999 triệu đồng, các dòng cộng lại \d+ triệu đồng: lệch /);
    for (const { message } of faults) expect(`${message.vi}${message.en}`).not.toMatch(/[{}]|undefined/);
  });
});

describe('an import', () => {
  it('creates items with their source, says the same before in a dry run, and does nothing the second time', async () => {
    const file = csv(
      '1;Thuê đường truyền;Sở Y tế;1.500.000.000;0;(Kinh phí CCHC) Đang làm',
      '2;Tập huấn;Sở Nội vụ;;;',
    );
    const query = { fiscalYear: '2026', clause: 'Phụ lục I', asOf: '2026-04-10' };
    const before = await stored();
    const tried = resultOf(await files.send(file, 'text/csv', { ...query, dryRun: 'true' }));
    expect([tried.created, tried.changed, tried.items.map(({ id }) => id)]).toEqual([2, 0, [null, null]]);
    seen(tried.warnings);
    expect(await stored()).toEqual(before);

    const done = resultOf(await files.send(file, 'text/csv', query));
    expect([done.created, done.changed, done.unchanged, done.dryRun]).toEqual([2, 0, 0, false]);
    const item = await finance(`/v1/items/${String(done.items[0]?.id)}`);
    expect(item.body).toMatchObject({
      version: 1,
      kind: 'activity',
      number: 1,
      owner: { code: 'SYT', name: 'Sở Y tế' },
      requested: 1_500_000_000,
      allocated: 0,
      supplement: 1_500_000_000,
      note: 'Kinh phí CCHC',
      sourceDocument: {
        document: '15/BC-SKHCN ngày 10/4/2026',
        clause: 'Phụ lục I, dòng 1',
        asOf: '2026-04-10',
      },
    });
    const after = await stored();
    const again = resultOf(await files.send(file, 'text/csv', query));
    expect([again.created, again.changed, again.unchanged]).toEqual([0, 0, 2]);
    expect(await stored()).toEqual(after);
  });

  it('changes what the file says otherwise, field by field, and keeps what it has no column for', async () => {
    const query = { fiscalYear: '2026', clause: 'Phụ lục I', asOf: '2026-04-10' };
    const file =
      'TT\tTên nhiệm vụ\tCơ quan chủ trì\tKinh phí đã cấp (triệu đồng)\n1\tThuê đường truyền\tSở Y tế\t600,5\n';
    const result = resultOf(await files.send(file, 'text/tab-separated-values', query));
    expect(result.items).toMatchObject([
      { action: 'change', changes: [{ field: 'allocated', before: '0', after: '600500000' }] },
    ]);
    const { body } = await finance(`/v1/items/${String(result.items[0]?.id)}`);
    expect(body).toMatchObject({
      version: 2,
      requested: 1_500_000_000,
      supplement: 899_500_000,
      note: 'Kinh phí CCHC',
    });
  });

  it('creates once what two send at the same time', async () => {
    const file = csv('7;Mua sắm máy trạm;Sở Tài chính;5;;', '8;Bản quyền;Sở Tài chính;6;;');
    const results = await Promise.all(
      [1, 2, 3].map(() => files.send(file, 'text/csv', { fiscalYear: '2026' })),
    );
    expect(results.map(resultOf).map(({ created, unchanged }) => created + unchanged)).toEqual([2, 2, 2]);
    const found = itemsOf(await finance('/v1/items?year=2026&owner=STC'));
    expect(found.map(({ name }) => name)).toEqual(['Mua sắm máy trạm', 'Bản quyền']);
  });

  it('is answered once under an Idempotency-Key, which another file cannot use', async () => {
    const headers = { 'idempotency-key': 'import-1' };
    const file = csv('20;Họp trực tuyến;Sở Nội vụ;1;;');
    const query = { fiscalYear: '2026' };
    const first = await files.send(file, 'text/csv', query, headers);
    const second = await files.send(file, 'text/csv', query, headers);
    expect([resultOf(first).created, resultOf(second).created]).toEqual([1, 1]);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    const other = await files.send(csv('21;Khác;Sở Nội vụ;1;;'), 'text/csv', query, headers);
    expect([other.status, jsonOf(other)['code']]).toEqual([409, 'idempotency-key-reused']);
  });

  it('leaves nothing behind as a dry run under an Idempotency-Key', async () => {
    const before = await stored();
    const file = csv('30;Chỉ thử;Sở Nội vụ;1;;');
    const query = { fiscalYear: '2026', dryRun: 'true' };
    const tried = await files.send(file, 'text/csv', query, { 'idempotency-key': 'dry-1' });
    expect(resultOf(tried).created).toBe(1);
    expect(await stored()).toEqual(before);
  });

  it('stores none of the good rows when one is refused by a rule of the list', async () => {
    const before = await stored();
    const lined = itemsOf(await finance('/v1/items?year=2026&owner=SNV&q=tap huan'))[0];
    const lines = [{ source: 'state-recurrent', year: 2026, planned: 10 }];
    await finance(`/v1/items/${String(lined?.['id'])}/funding`, { json: { lines } });
    const kept = await stored();
    expect(kept).not.toEqual(before);
    const file = csv('2;Tập huấn;Sở Nội vụ;99;;', '40;Dòng tốt;Sở Nội vụ;1;;');
    const refused = await files.send(file, 'text/csv', { fiscalYear: '2026' });
    expect(refused.status).toBe(422);
    expect(seen(faultsOf(refused))).toEqual(['2: refused']);
    expect(await stored()).toEqual(kept);
  });
});

describe('a sheet as offices make them', () => {
  it('is read by its words: merged agencies, a header in two rows below other things, notes, texts of many parts', async () => {
    const workbook = new Workbook();
    const sheet = workbook.addWorksheet('Sheet1');
    sheet.addRows([
      ['ỦY BAN NHÂN DÂN'],
      [null, 'Kèm theo Công văn số 15/SYT-VP'],
      [null, null, null, null, null, 'Đơn vị tính: triệu đồng'],
      ['Kinh phí', null, 'Chủ đầu tư', 'STT', 'Tên dự án', 'Tiến độ'],
      ['Tổng mức đầu tư', 'Kế hoạch 2026'],
      [1_500.5, 20, 'Sở Y tế', 1, 'Bệnh án điện tử', 'Đang làm'],
      ['2.000', null, null, '2.', null, null],
      ['Người lập biểu'],
    ]);
    sheet.getCell('E7').value = { richText: [{ text: 'Kho ' }, { font: { bold: true }, text: 'dữ liệu' }] };
    sheet.getCell('A6').note = 'Người lập:\nĐã trừ phần doanh nghiệp';
    for (const range of ['A4:B4', 'C4:C5', 'D4:D5', 'E4:E5', 'F4:F5', 'C6:C7']) sheet.mergeCells(range);
    const content = Buffer.from(await workbook.xlsx.writeBuffer());
    const result = resultOf(await files.send(content, XLSX, { fiscalYear: '2026', dryRun: 'true' }));
    // Nobody can tell a signature from a row that lost its cells: the total, which ends the table, is missing.
    expect(placesOf(result.faults)).toEqual(['Sheet1!8: row-not-understood']);
    sheet.getCell('D8').value = 'Tổng cộng';
    sheet.getCell('A8').value = { formula: 'SUM(A6:A7)', result: 3_500.5 };
    sheet.getCell('A9').value = 'Người lập biểu';
    const whole = Buffer.from(await workbook.xlsx.writeBuffer());
    const imported = resultOf(await files.send(whole, XLSX, { fiscalYear: '2026' }));
    expect(imported.items.map(({ name, owner, number }) => [number, name, owner.code])).toEqual([
      [1, 'Bệnh án điện tử', 'SYT'],
      [2, 'Kho dữ liệu', 'SYT'],
    ]);
    expect(imported.tables[0]?.totals.map(({ agreement }) => agreement)).toEqual(['exact', 'not-printed']);
    const { body } = await finance(`/v1/items/${String(imported.items[0]?.id)}`);
    expect(body).toMatchObject({
      totalCost: 1_500_500_000,
      plannedByYear: { '2026': 20_000_000 },
      note: 'Đã trừ phần doanh nghiệp',
      sourceDocument: { clause: 'trang tính Sheet1, dòng 1' },
    });
  });
});

describe('what a file does not say is never guessed', () => {
  const trial = async (file: string, query: Record<string, string>, type = 'text/csv') =>
    resultOf(await files.send(file, type, { dryRun: 'true', ...query }));

  it('such as the unit, which the importer states where the file does not', async () => {
    const file = 'TT;Tên nhiệm vụ;Cơ quan chủ trì;Nhu cầu kinh phí\n50;Thử;Sở Y tế;2,5\n';
    const million = await trial(file, { fiscalYear: '2026', unit: 'million-dong' });
    expect(million.tables[0]?.totals[0]?.computed).toBe(2_500_000);
    const dong = await trial(file, { fiscalYear: '2026', unit: 'dong' });
    expect(placesOf(dong.faults)).toEqual(['D2: amount-not-whole']);
    const conflict = await trial(`ĐVT: nghìn đồng\n${file}`, { fiscalYear: '2026', unit: 'million-dong' });
    expect(seen(conflict.faults)).toEqual(['2: unit-conflict']);
  });

  it('such as whose number it is', async () => {
    const taken = await trial(csv('7;Việc hoàn toàn khác;Sở Y tế;1;;'), { fiscalYear: '2026' });
    expect(seen(taken.faults)).toEqual(['A2: number-taken']);
    const twins = csv('60;Trùng tên;Sở Y tế;1;;', '61;Trùng tên;Sở Y tế;2;;');
    expect((await files.send(twins, 'text/csv', { fiscalYear: '2026' })).status).toBe(200);
    const unclear = await trial(csv(';Trùng tên;Sở Y tế;3;;'), { fiscalYear: '2026' });
    expect(seen(unclear.faults)).toEqual(['B2: item-unclear']);
  });

  it('such as where a cell ends, or whether there is a table at all', async () => {
    expect(seen((await trial(csv('1;"Hở ngoặc;Sở Y tế;1;;'), {})).faults)).toEqual(['2: quotes-open']);
    expect(seen((await trial('Kính gửi: các sở', {}, 'text/plain')).faults)).toEqual([': no-table']);
    const many = Array.from({ length: 2_001 }, (_, index) => `${index + 1};Việc ${index};Sở Y tế;1;;`);
    expect(seen((await trial(csv(...many), { fiscalYear: '2030' })).faults)).toEqual([': too-many-rows']);
    const tables = Array.from(
      { length: 51 },
      (_, index) => `ĐVT: đồng\n${HEAD}\n${index + 1};Việc;Sở Y tế;1;;\nTổng cộng;;;1;;`,
    );
    expect(seen((await trial(tables.join('\n'), { fiscalYear: '2030' })).faults)).toEqual([
      ': too-many-tables',
    ]);
  });

  it('reads a table with bars, and a sheet saved as Unicode text', async () => {
    const bars =
      '| TT | Tên nhiệm vụ | Cơ quan chủ trì | Nhu cầu kinh phí (đồng) |\n|---|---|---|---:|\n| 70 | Thử | Sở Y tế | 1.000 |';
    expect((await trial(bars, { fiscalYear: '2026' }, 'text/plain')).tables[0]?.totals[0]?.computed).toBe(
      1_000,
    );
    const unicode = Buffer.from(`\ufeff${csv('71;Thử;Sở Y tế;1.000;;')}`, 'utf16le');
    expect(
      resultOf(await files.send(unicode, 'text/csv', { fiscalYear: '2026', dryRun: 'true' })).created,
    ).toBe(1);
  });
});

describe('who may import', () => {
  it('an agency its own rows only, and it learns nothing of others', async () => {
    const health = await BudgetFiles.as(lab, base, 'SYT');
    const mixed = csv('80;Của mình;Sở Y tế;1;;', '81;Của người khác;Sở Tài chính;1;;');
    const refused = await health.send(mixed, 'text/csv', { fiscalYear: '2026' });
    expect(seen(faultsOf(refused))).toEqual(['C3: other-agency']);
    const own = await health.send(csv('7;Số 7 của mình;Sở Y tế;1;;'), 'text/csv', { fiscalYear: '2026' });
    expect(resultOf(own).created).toBe(1);
    const reader = await BudgetFiles.as(lab, base, 'SYT', 'budget:read');
    expect((await reader.send(mixed, 'text/csv')).status).toBe(403);
  });
});

it('these tests met every remark there is', () => {
  expect(REMARK_CODES.filter((code) => !met.has(code))).toEqual([]);
});
