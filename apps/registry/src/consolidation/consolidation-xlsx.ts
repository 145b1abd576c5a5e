import type { Row } from '@cj-tech-master/excelts';
import { addTitle, fitRows, frame, HEAD_FILL, PAGE_FOOTER, pageOf, type TitleLine } from '#libs/workbooks';
import type { ConsolidatedRow, Consolidation } from './consolidation.js';
import {
  LIFECYCLE_WORDS,
  partnersText,
  progressText,
  REPORT_WORDS,
  standingSentence,
  targetText,
  UNKNOWN,
} from './words.js';

type Cell = string | number | null | { formula: string; result: number };

const MONEY = '#,##0';
/** Rows above the first row of the table: title, decision, standing, unit, head. */
const HEAD_ROW = 5;
const FIRST_ROW = HEAD_ROW + 1;

const COLUMNS = [
  { head: 'STT', width: 6 },
  { head: 'Cơ sở dữ liệu', width: 34 },
  { head: 'Cơ quan chủ trì', width: 22 },
  { head: 'Doanh nghiệp đồng hành', width: 24 },
  { head: 'Trạng thái', width: 16 },
  { head: 'Mục tiêu', width: 18 },
  { head: 'Phần doanh nghiệp', width: 18, format: MONEY },
  { head: 'Phần ngân sách', width: 18, format: MONEY },
  { head: 'Đã phân bổ', width: 18, format: MONEY },
  { head: 'Tiến độ', width: 40 },
  { head: 'Khó khăn, vướng mắc', width: 36 },
  { head: 'Báo cáo', width: 14 },
] as const;

/** The consolidated table as a workbook: ready to print, its totals as formulas. */
export async function consolidationXlsx(table: Consolidation): Promise<Buffer> {
  // Large, and needed now and then: not loaded at the start of the service.
  const { PaperSize, Workbook } = await import('@cj-tech-master/excelts');
  const workbook = new Workbook();
  const sheet = workbook.addWorksheet('Tổng hợp', {
    views: [{ state: 'frozen', xSplit: 2, ySplit: HEAD_ROW }],
    pageSetup: { ...pageOf(`${HEAD_ROW}:${HEAD_ROW}`), paperSize: PaperSize.A4 },
    headerFooter: PAGE_FOOTER,
  });
  addTitle(sheet, COLUMNS.length, titleOf(table));
  const head = sheet.getRow(HEAD_ROW);
  for (const [index, { head: text, width }] of COLUMNS.entries()) {
    sheet.getColumn(index + 1).width = width;
    head.getCell(index + 1).value = text;
  }
  styleRow(head, true);
  for (const [index, row] of table.rows.entries()) styleRow(sheet.addRow(cellsOf(row, index)), false);
  styleRow(sheet.addRow(totalCells(table)), true);
  fitRows(sheet);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function cellsOf(row: ConsolidatedRow, index: number): Cell[] {
  return [
    index + 1,
    row.database.name,
    row.owner?.name ?? UNKNOWN,
    partnersText(row),
    LIFECYCLE_WORDS[row.lifecycle],
    targetText(row),
    row.enterprisePart ?? UNKNOWN,
    row.statePart ?? UNKNOWN,
    row.allocated,
    progressText(row),
    row.report?.obstacles ?? '',
    REPORT_WORDS[row.state],
  ];
}

function totalCells({ rows, totals }: Consolidation): Cell[] {
  const last = FIRST_ROW + Math.max(rows.length, 1) - 1;
  const sum = (column: string, result: number) => ({
    formula: `SUM(${column}${FIRST_ROW}:${column}${last})`,
    result,
  });
  const money = [sum('G', totals.enterprisePart), sum('H', totals.statePart), sum('I', totals.allocated)];
  return [
    null,
    'Tổng cộng',
    null,
    null,
    null,
    null,
    ...(rows.length === 0 ? [0, 0, 0] : money),
    null,
    null,
    null,
  ];
}

function titleOf(table: Consolidation): TitleLine[] {
  const { list, label } = table;
  return [
    {
      text: `TỔNG HỢP TIẾN ĐỘ TRIỂN KHAI CƠ SỞ DỮ LIỆU - ${label.toLocaleUpperCase('vi')}`,
      bold: true,
    },
    { text: `${list.title}${list.decision === null ? '' : ` (${list.decision})`}` },
    { text: standingSentence(table), italic: true },
    { text: 'ĐVT: đồng', italic: true, align: 'right' },
  ];
}

function styleRow(row: Row, bold: boolean): void {
  const isHead = row.number === HEAD_ROW;
  for (const [index, column] of COLUMNS.entries()) {
    frame(row.getCell(index + 1), {
      bold,
      ...((index === 0 || isHead) && { align: 'center' }),
      ...(isHead && { fill: HEAD_FILL }),
      ...('format' in column && { format: column.format }),
    });
  }
}
