import { Workbook } from '@cj-tech-master/excelts';
import { expect } from '@jest/globals';
import { readWorkbook, XLSX } from '#libs/workbooks';
import type { CatalogueImportResult } from '../../apps/registry/src/import/import-result.js';
import type { DataServiceLab } from './data-service.js';
import { exchangeFile } from './registry-lab.js';

/** Sheets that are imported. */
export const SHEETS = ['Cơ sở dữ liệu', 'Hệ thống thông tin', 'Kết nối'] as const;
export type SheetName = (typeof SHEETS)[number];
export type RowWords = Record<string, string | number | null>;

const HEAD_ROW = 3;

/** Imports and exports of one agency. */
export class CatalogueFiles {
  constructor(
    private readonly lab: DataServiceLab,
    private readonly base: string,
    private readonly agency: string,
  ) {}

  async get(path: string): Promise<Buffer> {
    const { status, headers, content } = await exchangeFile(this.lab, this.base + path, this.agency);
    expect([status, headers.get('content-type')]).toEqual([200, XLSX]);
    return content;
  }

  export(): Promise<Buffer> {
    return this.get('/v1/catalogue.xlsx');
  }

  send(content: Buffer, query = '', type = XLSX): ReturnType<typeof exchangeFile> {
    const address = `${this.base}/v1/catalogue-imports${query}`;
    return exchangeFile(this.lab, address, this.agency, { type, content: new Uint8Array(content) });
  }

  /** What an import does that has to succeed. */
  async take(content: Buffer, query = ''): Promise<CatalogueImportResult> {
    const { status, content: body } = await this.send(content, query);
    const result = JSON.parse(body.toString()) as CatalogueImportResult;
    expect([status, result.faults]).toEqual([200, []]);
    return result;
  }

  /** `code sheet row column` of each fault of a file that is refused. */
  async faults(content: Buffer): Promise<string[]> {
    const { status, content: body } = await this.send(content);
    const { faults } = JSON.parse(body.toString()) as CatalogueImportResult;
    expect(status).toBe(422);
    for (const { message } of faults) expect(message.vi.length * message.en.length).toBeGreaterThan(0);
    return faults.map(({ code, sheet, row, column }) => [code, sheet, row, column].join(' '));
  }
}

/** Texts of all cells by sheet: what people see. */
export async function cellsOf(content: Buffer): Promise<Record<string, unknown>> {
  const sheets = await readWorkbook(content, { unpacked: 1e8, rows: 1e5, cells: 1e6 });
  return Object.fromEntries(
    sheets.map(({ name, rows }) => [
      name,
      rows.map(({ row, cells }) => [row, cells.map((cell) => cell?.text)]),
    ]),
  );
}

/** A workbook with rows of words by header, below a header row of its own making. */
export async function bookOf(sheets: Partial<Record<SheetName, RowWords[]>>): Promise<Buffer> {
  const workbook = new Workbook();
  for (const [name, rows] of Object.entries(sheets)) {
    const headers = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const sheet = workbook.addWorksheet(name);
    sheet.addRow(headers);
    for (const row of rows) sheet.addRow(headers.map((header) => row[header] ?? null));
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** An export in which the row of some name says something else. */
export async function changed(
  content: Buffer,
  sheet: SheetName,
  name: string,
  words: RowWords,
): Promise<Buffer> {
  const workbook = new Workbook();
  await workbook.xlsx.load(content);
  const table = workbook.getWorksheet(sheet)!;
  const columns = new Map<string, number>();
  table.getRow(HEAD_ROW).eachCell((cell, column) => columns.set(cell.text, column));
  let rows = 0;
  table.eachRow((row) => {
    if (row.getCell(3).text !== name) return;
    rows += 1;
    for (const [header, value] of Object.entries(words)) row.getCell(columns.get(header)!).value = value;
  });
  expect(rows).toBe(1);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
