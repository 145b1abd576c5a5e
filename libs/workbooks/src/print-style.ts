import type { Cell, PageSetup, Worksheet } from '@cj-tech-master/excelts';
import { type CellText, rowHeight } from './row-height.js';

/** Decree 30/2020/NĐ-CP: documents of State agencies are set in Times New Roman. */
export const FONT = { name: 'Times New Roman', size: 12 } as const;
const TITLE_SIZE = 14;
const LINE = { style: 'thin', color: { argb: 'FF000000' } } as const;
export const BORDER = { top: LINE, bottom: LINE, left: LINE, right: LINE } as const;
export const HEAD_FILL = 'FFD9E2F3';
export const PAGE_FOOTER = { oddFooter: 'Trang &P/&N' } as const;

/**
 * Landscape, as wide as the page.
 *
 * @param headRows rows that stand again on each page, such as `5:6`
 */
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

/** Text at the top of a sheet, over all its columns. */
export interface TitleLine {
  text: string;
  bold?: boolean;
  italic?: boolean;
  align?: 'center' | 'right' | 'left';
}

/** Writes the title from the first row on; its first line is larger. */
export function addTitle(sheet: Worksheet, columns: number, lines: readonly TitleLine[]): void {
  for (const [index, { text, bold = false, italic = false, align = 'center' }] of lines.entries()) {
    sheet.mergeCells(index + 1, 1, index + 1, columns);
    const cell = sheet.getRow(index + 1).getCell(1);
    cell.value = text;
    cell.font = { ...FONT, size: index === 0 ? TITLE_SIZE : FONT.size, bold, italic };
    cell.alignment = { horizontal: align, vertical: 'middle', wrapText: true };
  }
}

/** Frames a cell of a table. */
export function frame(
  cell: Cell,
  style: { bold?: boolean; align?: 'center' | 'left' | 'right'; fill?: string; format?: string } = {},
): void {
  const { bold = false, align, fill, format } = style;
  cell.font = { ...FONT, bold };
  cell.border = BORDER;
  cell.alignment = { vertical: 'middle', wrapText: true, ...(align && { horizontal: align }) };
  if (fill !== undefined) cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: fill } };
  if (format !== undefined) cell.numFmt = format;
}

/** Makes each row as high as its texts need; to be called when the sheet is complete. */
export function fitRows(sheet: Worksheet): void {
  sheet.eachRow((row) => {
    const texts: CellText[] = [];
    row.eachCell((cell) => {
      if (typeof cell.value !== 'string' || cell.master !== cell) return;
      const width = widthOf(sheet, row.number, cell);
      texts.push({ text: cell.value, width, size: cell.font?.size, bold: cell.font?.bold });
    });
    if (texts.length > 0) row.height = rowHeight(texts);
  });
}

/** Of the cell's column and of those that are merged with it to its right. */
function widthOf(sheet: Worksheet, row: number, cell: Cell): number {
  let width = 0;
  for (let column = cell.fullAddress.col; sheet.getRow(row).getCell(column).master === cell; column += 1) {
    width += sheet.getColumn(column).width ?? 0;
  }
  return width;
}
