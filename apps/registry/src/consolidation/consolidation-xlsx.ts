import type { Row, Worksheet } from '@cj-tech-master/excelts';
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

const FONT = { name: 'Times New Roman', size: 12 } as const;
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
    pageSetup: {
      paperSize: PaperSize.A4,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `${HEAD_ROW}:${HEAD_ROW}`,
    },
    headerFooter: { oddFooter: 'Trang &P/&N' },
  });
  addTitle(sheet, table);
  const head = sheet.getRow(HEAD_ROW);
  for (const [index, { head: text, width }] of COLUMNS.entries()) {
    sheet.getColumn(index + 1).width = width;
    head.getCell(index + 1).value = text;
  }
  styleRow(head, true);
  for (const [index, row] of table.rows.entries()) styleRow(sheet.addRow(cellsOf(row, index)), false);
  styleRow(sheet.addRow(totalCells(table)), true);
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

function addTitle(sheet: Worksheet, table: Consolidation): void {
  const { list, label } = table;
  const lines = [
    `TỔNG HỢP TIẾN ĐỘ TRIỂN KHAI CƠ SỞ DỮ LIỆU - ${label.toLocaleUpperCase('vi')}`,
    `${list.title}${list.decision === null ? '' : ` (${list.decision})`}`,
    standingSentence(table),
    'ĐVT: đồng',
  ];
  for (const [index, text] of lines.entries()) {
    sheet.mergeCells(index + 1, 1, index + 1, COLUMNS.length);
    const cell = sheet.getRow(index + 1).getCell(1);
    cell.value = text;
    cell.font = { ...FONT, size: index === 0 ? 14 : 12, bold: index === 0, italic: index > 1 };
    cell.alignment = {
      horizontal: index === lines.length - 1 ? 'right' : 'center',
      vertical: 'middle',
      wrapText: true,
    };
  }
}

function styleRow(row: Row, bold: boolean): void {
  const line = { style: 'thin', color: { argb: 'FF000000' } } as const;
  for (const [index, column] of COLUMNS.entries()) {
    const cell = row.getCell(index + 1);
    cell.font = { ...FONT, bold };
    cell.border = { top: line, bottom: line, left: line, right: line };
    const centred = index === 0 || row.number === HEAD_ROW;
    cell.alignment = { vertical: 'middle', wrapText: true, ...(centred && { horizontal: 'center' }) };
    if ('format' in column) cell.numFmt = column.format;
  }
}
