import type { Worksheet } from '@cj-tech-master/excelts';
import { frame, HEAD_FILL } from '#libs/workbooks';
import { powerOf, type Unit } from '../import/tables/unit.js';

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
