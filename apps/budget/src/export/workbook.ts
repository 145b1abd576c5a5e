import type { Workbook, Worksheet } from '@cj-tech-master/excelts';
import type { BudgetItemState } from '#libs/contracts';
import {
  addTitle,
  columnName,
  fitRows,
  FONT,
  frame,
  PAGE_FOOTER,
  pageOf,
  type TitleLine,
} from '#libs/workbooks';
import { UNIT_WORDS } from '../import/tables/unit.js';
import { addHead, inUnit, moneyFormat } from './sheet-style.js';
import { type ExportColumn, type ExportTable, PRINTED_UNIT, tablesOf } from './table-layout.js';

const TITLES = {
  project: 'I. DỰ ÁN CÔNG NGHỆ THÔNG TIN, CHUYỂN ĐỔI SỐ',
  activity: 'II. NHIỆM VỤ CÔNG NGHỆ THÔNG TIN, CHUYỂN ĐỔI SỐ',
} as const;
const SHEETS = { project: 'Dự án', activity: 'Nhiệm vụ' } as const;

/** Rows above the header: title, year, source, unit. */
const HEAD_ROW = 5;
const FIRST_ROW = HEAD_ROW + 2;
/** Marks what was allocated beyond what was requested. */
const OVER_FILL = 'FFFFF2CC';
const OVER_REMARK = 'Ô tô màu: kinh phí đã cấp nhiều hơn nhu cầu.';

/**
 * The list as a workbook that an office prints: a sheet for each kind and fiscal year, totals as formulas. Can be imported
 * as it is.
 */
export async function itemsWorkbook(items: readonly BudgetItemState[]): Promise<Buffer> {
  // Large, and needed now and then: not loaded at the start of the service.
  const { PaperSize, Workbook } = await import('@cj-tech-master/excelts');
  const workbook = new Workbook();
  const tables = tablesOf(items);
  for (const table of tables) addTable(workbook, table);
  if (tables.length === 0)
    workbook.addWorksheet('Danh mục').getCell('A1').value = 'Không có dự án, nhiệm vụ nào.';
  for (const sheet of workbook.worksheets) sheet.pageSetup.paperSize = PaperSize.A4;
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function addTable(workbook: Workbook, table: ExportTable): void {
  const { kind, fiscalYear, items, columns } = table;
  const sheet = workbook.addWorksheet(`${SHEETS[kind]} ${fiscalYear}`, {
    views: [{ state: 'frozen', xSplit: 2, ySplit: FIRST_ROW - 1 }],
    pageSetup: pageOf(`${HEAD_ROW}:${FIRST_ROW - 1}`),
    headerFooter: PAGE_FOOTER,
  });
  addTitle(sheet, columns.length, titleOf(table));
  addHead(sheet, HEAD_ROW, columns);
  let row = FIRST_ROW;
  let group: string | null = null;
  let groups = 0;
  for (const item of items) {
    if (item.group !== null && item.group !== group)
      addHeading(sheet, row++, columns.length, ++groups, item.group);
    group = item.group;
    addItem(sheet, row++, table, item);
  }
  addTotals(sheet, row, table);
  if (items.some(({ overAllocated }) => overAllocated)) {
    const cell = sheet.getRow(++row).getCell(1);
    cell.value = OVER_REMARK;
    cell.font = { ...FONT, italic: true };
  }
  fitRows(sheet);
  sheet.pageSetup.printArea = `A1:${columnName(columns.length - 1)}${row}`;
}

function titleOf({ kind, fiscalYear, items }: ExportTable): TitleLine[] {
  const documents = [...new Set(items.map(({ sourceDocument }) => sourceDocument?.document ?? null))];
  const [document] = documents;
  const source =
    documents.length === 1 && document != null ? document : 'danh mục kinh phí chuyển đổi số của tỉnh';
  const unit = UNIT_WORDS[PRINTED_UNIT[kind]];
  return [
    { text: TITLES[kind], bold: true },
    { text: `Năm ngân sách: ${fiscalYear}`, bold: true },
    { text: `(Nguồn: ${source})`, italic: true },
    { text: `ĐVT: ${unit.charAt(0).toUpperCase()}${unit.slice(1)}`, italic: true, align: 'right' },
  ];
}

function addHeading(sheet: Worksheet, row: number, width: number, number: number, text: string): void {
  const cells = sheet.getRow(row);
  cells.getCell(1).value = roman(number);
  cells.getCell(2).value = text;
  for (let column = 1; column <= width; column++) {
    frame(cells.getCell(column), { bold: true, align: column === 1 ? 'center' : 'left' });
  }
  sheet.mergeCells(row, 2, row, width);
}

function addItem(sheet: Worksheet, row: number, { kind, columns }: ExportTable, item: BudgetItemState): void {
  for (const [index, { role, value, header }] of columns.entries()) {
    const cell = sheet.getRow(row).getCell(index + 1);
    const content = value(item);
    const over = item.overAllocated && header === 'Kinh phí đã cấp';
    frame(cell, { align: ALIGNMENT[role], ...(over && { fill: OVER_FILL }) });
    if (role === 'money' && typeof content === 'number') {
      const amount = inUnit(content, PRINTED_UNIT[kind]);
      cell.value = amount;
      cell.numFmt = moneyFormat(amount);
    } else {
      cell.value = content;
    }
  }
}

const ALIGNMENT = { number: 'center', centred: 'center', text: 'left', money: 'right' } as const;

function addTotals(sheet: Worksheet, row: number, { kind, items, columns }: ExportTable): void {
  const firstMoney = columns.findIndex(({ role }) => role === 'money');
  for (const [index, column] of columns.entries()) {
    const cell = sheet.getRow(row).getCell(index + 1);
    frame(cell, { bold: true, align: index < firstMoney ? 'center' : ALIGNMENT[column.role] });
    if (column.role !== 'money') continue;
    const letter = columnName(index);
    const result = inUnit(totalOf(items, column), PRINTED_UNIT[kind]);
    cell.value = { formula: `SUM(${letter}${FIRST_ROW}:${letter}${row - 1})`, result };
    cell.numFmt = moneyFormat(result);
  }
  sheet.getRow(row).getCell(1).value = 'Tổng cộng';
  sheet.mergeCells(row, 1, row, firstMoney);
}

function totalOf(items: readonly BudgetItemState[], { value }: ExportColumn): number {
  return items.reduce((sum, item) => sum + Number(value(item) ?? 0), 0);
}

const ROMAN: readonly [number, string][] = [
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];

function roman(number: number): string {
  const [value, letters] = ROMAN.find(([least]) => number >= least) ?? [0, ''];
  return value === 0 ? '' : letters + roman(number - value);
}
