import { describe, expect, it } from '@jest/globals';
import { Workbook } from '@cj-tech-master/excelts';
import { addLines, beginWorkbook, FIRST_ROW, SheetTable } from './sheet-writer.js';

const COLUMNS = [
  { key: 'number', header: 'STT', width: 6 },
  { key: 'name', header: 'Tên nhiệm vụ', width: 40 },
] as const;

async function written(): Promise<Workbook> {
  const book = await beginWorkbook(new Date('2026-11-22T00:00:00Z'));
  addLines(book, 'Hướng dẫn', ['HƯỚNG DẪN', 'Ghi từng nhiệm vụ trên một dòng. '.repeat(8)]);
  const table = new SheetTable(book, 'Nhiệm vụ', COLUMNS, { title: 'DANH SÁCH', remark: 'Tính đến nay' });
  table.add({ number: '1', name: 'Xây dựng kho dữ liệu dùng chung của tỉnh; báo cáo kết quả '.repeat(3) });
  table.add({ number: '2', name: 'Báo cáo' });
  table.addBlank(1);
  table.end();
  const workbook = new Workbook();
  await workbook.xlsx.load(new Uint8Array(await book.finish()).buffer);
  return workbook;
}

describe('a workbook that is written row by row', () => {
  it('has columns as wide as they were asked for, and rows as high as their texts', async () => {
    const sheet = (await written()).getWorksheet('Nhiệm vụ')!;
    expect([1, 2].map((column) => sheet.getColumn(column).width)).toEqual([6, 40]);
    const [long, short, blank] = [0, 1, 2].map((row) => sheet.getRow(FIRST_ROW + row).height);
    expect(long).toBeGreaterThan(4 * short!);
    expect(blank).toBeUndefined();
  });

  it('has lines that are read on one page', async () => {
    const sheet = (await written()).getWorksheet('Hướng dẫn')!;
    expect(sheet.getColumn(1).width).toBeLessThanOrEqual(80);
    expect(sheet.getRow(2).height).toBeGreaterThan(2 * sheet.getRow(1).height!);
  });
});
