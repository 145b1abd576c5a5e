import type { PageSetup, Row, Workbook, Worksheet } from '@cj-tech-master/excelts';
import { written } from '../duties/due-periods.js';
import type { Consolidation } from './consolidation.js';
import { groundOf, remarkOn, standingSentence, STATE_WORDS, UNKNOWN } from './words.js';

type Cell = string | number | Date | null | { formula: string; result: number };

interface Sheet {
  name: string;
  columns: { head: string; width: number; format?: string }[];
  rows: Cell[][];
  /** Rows below the table, in bold. */
  totals?: Cell[][];
}

const FONT = { name: 'Times New Roman', size: 12 } as const;
/** Rows above the first row of a table: title, period, standing, a blank one, head. */
const HEAD_ROW = 5;
const FIRST_ROW = HEAD_ROW + 1;
/** Offset of Asia/Ho_Chi_Minh: cells of a workbook have no time zone. */
const OFFSET = 7 * 3_600_000;
const INSTANT = 'dd/mm/yyyy hh:mm';
const NUMBER = '#,##0.######';

/** The consolidated report as a workbook: ready to print, its totals as formulas. */
export async function consolidationXlsx(report: Consolidation): Promise<Buffer> {
  // Large, and needed now and then: not loaded at the start of the service.
  const { PaperSize, Workbook } = await import('@cj-tech-master/excelts');
  const workbook = new Workbook();
  for (const sheet of sheetsOf(report)) addSheet(workbook, PaperSize.A4, sheet, report);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function sheetsOf(report: Consolidation): Sheet[] {
  const { form } = report;
  return [
    standing(report),
    ...(report.figures.length > 0 ? [figures(report)] : []),
    ...(form.taskPercents ? [tasks(report)] : []),
    ...(form.results
      ? [
          texts(
            'Kết quả',
            'Kết quả thực hiện',
            report.results.map(({ agency, text }) => [agency.name, text]),
          ),
        ]
      : []),
    ...(form.obstacles
      ? [texts('Khó khăn, vướng mắc', 'Khó khăn, vướng mắc', pointRows(report.obstacles))]
      : []),
    ...(form.proposals
      ? [texts('Đề xuất, kiến nghị', 'Đề xuất, kiến nghị', pointRows(report.proposals))]
      : []),
  ];
}

function standing({ agencies }: Consolidation): Sheet {
  const rows = agencies.map((line, index) => [
    index + 1,
    line.agency.name,
    STATE_WORDS[line.state],
    line.submittedAt === null ? null : cellDate(line.submittedAt),
    line.corrections,
    remarkOn(line),
  ]);
  const words = [...new Set(Object.values(STATE_WORDS))];
  const range = `C${FIRST_ROW}:C${FIRST_ROW + Math.max(rows.length, 1) - 1}`;
  const totals = words
    .map((word) => ({ word, count: rows.filter((row) => row[2] === word).length }))
    .map(({ word, count }): Cell[] => [
      null,
      word,
      { formula: `COUNTIF(${range},"${word}")`, result: count },
    ]);
  return {
    name: 'Tình hình gửi báo cáo',
    columns: [
      { head: 'STT', width: 6 },
      { head: 'Cơ quan', width: 42 },
      { head: 'Tình trạng', width: 16 },
      { head: 'Thời điểm gửi', width: 20, format: INSTANT },
      { head: 'Số lần đính chính', width: 12 },
      { head: 'Ghi chú', width: 44 },
    ],
    rows,
    totals,
  };
}

/** One row for each agency that reported, one column for each figure. */
function figures({ figures: summaries }: Consolidation): Sheet {
  const reporters = summaries[0]?.byAgency.map(({ agency }) => agency) ?? [];
  const rows = reporters.map((agency, index): Cell[] => [
    index + 1,
    agency.name,
    ...summaries.map(({ byAgency }) => byAgency[index]?.value ?? UNKNOWN),
  ]);
  const last = FIRST_ROW + rows.length - 1;
  const totals = summaries.map(({ summable, total }, index): Cell => {
    if (!summable) return 'Không cộng';
    if (total === null) return UNKNOWN;
    const column = columnName(index + 3);
    return { formula: `SUM(${column}${FIRST_ROW}:${column}${last})`, result: total };
  });
  return {
    name: 'Số liệu',
    columns: [
      { head: 'STT', width: 6 },
      { head: 'Cơ quan', width: 42 },
      ...summaries.map(({ name, unit }) => ({
        head: unit === null ? name : `${name} (${unit})`,
        width: 20,
        format: NUMBER,
      })),
    ],
    rows,
    totals: [[null, 'Tổng số', ...totals]],
  };
}

function tasks({ tasks: summaries }: Consolidation): Sheet {
  const rows = summaries.flatMap(({ title, lastDay, byAgency }) =>
    byAgency.map(({ agency, percent, note }): Cell[] => [
      title,
      lastDay === null ? UNKNOWN : written(lastDay),
      agency.name,
      percent / 100,
      note ?? '',
    ]),
  );
  return {
    name: 'Tiến độ nhiệm vụ',
    columns: [
      { head: 'STT', width: 6 },
      { head: 'Nhiệm vụ', width: 60 },
      { head: 'Hạn', width: 14 },
      { head: 'Cơ quan', width: 34 },
      { head: 'Tỷ lệ hoàn thành', width: 12, format: '0%' },
      { head: 'Ghi chú', width: 40 },
    ],
    rows: numbered(rows),
  };
}

function texts(name: string, head: string, rows: Cell[][]): Sheet {
  return {
    name,
    columns: [
      { head: 'STT', width: 6 },
      { head: 'Cơ quan', width: 42 },
      { head, width: 90 },
    ],
    rows: numbered(rows),
  };
}

function pointRows(byAgency: Consolidation['obstacles']): Cell[][] {
  return byAgency.flatMap(({ agency, points }) => points.map((point) => [agency.name, point]));
}

function numbered(rows: readonly Cell[][]): Cell[][] {
  return rows.map((row, index) => [index + 1, ...row]);
}

function addSheet(
  workbook: Workbook,
  paperSize: PageSetup['paperSize'],
  { name, columns, rows, totals = [] }: Sheet,
  report: Consolidation,
): void {
  const sheet = workbook.addWorksheet(name, {
    views: [{ state: 'frozen', xSplit: 2, ySplit: HEAD_ROW }],
    pageSetup: {
      paperSize,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `${HEAD_ROW}:${HEAD_ROW}`,
      margins: { left: 0.6, right: 0.4, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddFooter: 'Trang &P/&N' },
  });
  addTitle(sheet, columns.length, report);
  const head = sheet.getRow(HEAD_ROW);
  for (const [index, { head: text, width }] of columns.entries()) {
    sheet.getColumn(index + 1).width = width;
    head.getCell(index + 1).value = text;
  }
  styleRow(head, columns, true);
  head.height = 34;
  for (const row of rows) styleRow(sheet.addRow(row), columns, false);
  for (const row of totals) styleRow(sheet.addRow(row), columns, true);
}

function addTitle(sheet: Worksheet, width: number, report: Consolidation): void {
  const ground = groundOf(report);
  const lines = [
    `TỔNG HỢP ${report.duty.title.toLocaleUpperCase('vi')}`,
    [report.period.label, ...(ground === null ? [] : [`Thực hiện ${ground}`])].join('. '),
    standingSentence(report),
  ];
  for (const [index, text] of lines.entries()) {
    const row = sheet.getRow(index + 1);
    row.height = 34;
    sheet.mergeCells(index + 1, 1, index + 1, width);
    const cell = row.getCell(1);
    cell.value = text;
    cell.font = { ...FONT, size: index === 0 ? 14 : 12, bold: index === 0, italic: index === 2 };
    cell.alignment = { horizontal: 'center', vertical: 'middle', wrapText: true };
  }
}

function styleRow(row: Row, columns: Sheet['columns'], bold: boolean): void {
  const line = { style: 'thin', color: { argb: 'FF000000' } } as const;
  for (const [index, { format }] of columns.entries()) {
    const cell = row.getCell(index + 1);
    cell.font = { ...FONT, bold };
    cell.border = { top: line, bottom: line, left: line, right: line };
    const centred = index === 0 || row.number === HEAD_ROW;
    cell.alignment = { vertical: 'middle', wrapText: true, ...(centred && { horizontal: 'center' }) };
    if (format !== undefined && row.number !== HEAD_ROW) cell.numFmt = format;
    if (row.number === HEAD_ROW)
      cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFD9E2F3' } };
  }
}

/** A date whose cell shows the time of Asia/Ho_Chi_Minh. */
function cellDate(instant: string): Date {
  return new Date(new Date(instant).getTime() + OFFSET);
}

/** 1 → A, 27 → AA. */
function columnName(index: number): string {
  const rest = Math.floor((index - 1) / 26);
  const letter = String.fromCharCode(65 + ((index - 1) % 26));
  return rest === 0 ? letter : columnName(rest) + letter;
}
