import type { Cell, PageSetup, Worksheet } from '@cj-tech-master/excelts';
import { powerOf, type Unit } from '../import/tables/unit.js';

/** Decree 30/2020/NĐ-CP: documents of State agencies are set in Times New Roman. */
export const FONT = { name: 'Times New Roman', size: 12 } as const;

/** Text at the top of each page, in all columns. */
export interface TitleLine {
  text: string;
  bold?: boolean;
  italic?: boolean;
  align: 'center' | 'right' | 'left';
  height?: number;
}

/** Landscape, as wide as the page; the header again on each one. */
export function pageOf(headRows: string): Partial<PageSetup> {
  return {
    orientation: 'landscape',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    horizontalCentered: true,
    printTitlesRow: headRows,
    margins: { left: 0.6, right: 0.4, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
  };
}

export function addTitle(sheet: Worksheet, width: number, lines: readonly TitleLine[]): void {
  for (const [index, { text, bold = false, italic = false, align, height }] of lines.entries()) {
    sheet.mergeCells(index + 1, 1, index + 1, width);
    const row = sheet.getRow(index + 1);
    if (height !== undefined) row.height = height;
    const cell = row.getCell(1);
    cell.value = text;
    cell.font = { ...FONT, size: index === 0 ? 14 : 12, bold, italic };
    cell.alignment = { horizontal: align, vertical: 'middle', wrapText: true };
  }
}

export function frame(
  cell: Cell,
  style: { bold?: boolean; align?: 'center' | 'left' | 'right'; fill?: string },
): void {
  const line = { style: 'thin', color: { argb: 'FF000000' } } as const;
  cell.font = { ...FONT, bold: style.bold ?? false };
  cell.border = { top: line, bottom: line, left: line, right: line };
  cell.alignment = { vertical: 'middle', wrapText: true, ...(style.align && { horizontal: style.align }) };
  if (style.fill !== undefined)
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: style.fill } };
}

export const HEAD_FILL = 'FFD9E2F3';

/**
 * A header in two rows: columns that belong together under common words, all others over both rows.
 *
 * @param row the upper one
 */
export function addHead(
  sheet: Worksheet,
  row: number,
  columns: readonly { header: string; above?: string; width: number }[],
): void {
  for (const [index, { header, above, width }] of columns.entries()) {
    const column = index + 1;
    sheet.getColumn(column).width = width;
    sheet.getRow(row).getCell(column).value = above ?? header;
    sheet.getRow(row + 1).getCell(column).value = above === undefined ? null : header;
    for (const one of [row, row + 1]) {
      frame(sheet.getRow(one).getCell(column), { bold: true, align: 'center', fill: HEAD_FILL });
    }
    if (above === undefined) sheet.mergeCells(row, column, row + 1, column);
  }
  const grouped = columns.flatMap(({ above }, index) => (above === undefined ? [] : [index + 1]));
  if (grouped.length > 1) sheet.mergeCells(row, grouped[0]!, row, grouped.at(-1)!);
  sheet.getRow(row + 1).height = 32;
}

/** 20481600000 in million đồng → 20481.6, exactly as far as a number can. */
export function inUnit(dong: number, unit: Unit): number {
  const power = powerOf(unit);
  const digits = String(dong).padStart(power + 1, '0');
  return Number(`${digits.slice(0, digits.length - power)}.${digits.slice(digits.length - power)}0`);
}

/**
 * Dots between thousands and a comma before decimals where the program shows Vietnamese numbers (locale 042A); as many
 * decimals as the amount has.
 */
export function moneyFormat(amount: number): string {
  const decimals = /\.(\d+)$/.exec(String(amount))?.[1]?.length ?? 0;
  return `[$-42A]#,##0${decimals === 0 ? '' : `.${'0'.repeat(decimals)}`}`;
}
