import type { PageSetup, Row, Workbook } from '@cj-tech-master/excelts';
import {
  addTitle,
  columnName,
  fitRows,
  frame,
  HEAD_FILL,
  PAGE_FOOTER,
  pageOf,
  type TitleLine,
} from '#libs/workbooks';
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
    const column = columnName(index + 2);
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
    pageSetup: { ...pageOf(`${HEAD_ROW}:${HEAD_ROW}`), paperSize },
    headerFooter: PAGE_FOOTER,
  });
  addTitle(sheet, columns.length, titleOf(report));
  const head = sheet.getRow(HEAD_ROW);
  for (const [index, { head: text, width }] of columns.entries()) {
    sheet.getColumn(index + 1).width = width;
    head.getCell(index + 1).value = text;
  }
  styleRow(head, columns, true);
  for (const row of rows) styleRow(sheet.addRow(row), columns, false);
  for (const row of totals) styleRow(sheet.addRow(row), columns, true);
  fitRows(sheet);
}

function titleOf(report: Consolidation): TitleLine[] {
  const ground = groundOf(report);
  return [
    { text: `TỔNG HỢP ${report.duty.title.toLocaleUpperCase('vi')}`, bold: true },
    { text: [report.period.label, ...(ground === null ? [] : [`Thực hiện ${ground}`])].join('. ') },
    { text: standingSentence(report), italic: true },
  ];
}

function styleRow(row: Row, columns: Sheet['columns'], bold: boolean): void {
  const isHead = row.number === HEAD_ROW;
  for (const [index, { format }] of columns.entries()) {
    frame(row.getCell(index + 1), {
      bold,
      ...((index === 0 || isHead) && { align: 'center' }),
      ...(isHead ? { fill: HEAD_FILL } : { format }),
    });
  }
}

/** A date whose cell shows the time of Asia/Ho_Chi_Minh. */
function cellDate(instant: string): Date {
  return new Date(new Date(instant).getTime() + OFFSET);
}
