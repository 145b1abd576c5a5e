import type { PageSetup, Workbook } from '@cj-tech-master/excelts';
import type { Table } from './catalogue-tables.js';

const FONT = { name: 'Times New Roman', size: 12 } as const;

/** The catalogue as a workbook: a sheet for each kind of object and one for their relations. */
export async function catalogueXlsx(tables: readonly Table[]): Promise<Buffer> {
  // Large, and needed now and then: not loaded at the start of the service.
  const { PaperSize, Workbook } = await import('@cj-tech-master/excelts');
  const workbook = new Workbook();
  for (const table of tables) addSheet(workbook, PaperSize.A4, table);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function addSheet(
  workbook: Workbook,
  paperSize: PageSetup['paperSize'],
  { name, columns, rows }: Table,
): void {
  const sheet = workbook.addWorksheet(name, {
    views: [{ state: 'frozen', xSplit: 3, ySplit: 1 }],
    pageSetup: {
      paperSize,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '1:1',
    },
  });
  const line = { style: 'thin', color: { argb: 'FF000000' } } as const;
  for (const [number, cells] of [columns.map(({ head }) => head), ...rows].entries()) {
    const row = sheet.addRow(cells);
    for (const [index, value] of cells.entries()) {
      const cell = row.getCell(index + 1);
      cell.font = { ...FONT, bold: number === 0 };
      cell.border = { top: line, bottom: line, left: line, right: line };
      cell.alignment = { vertical: 'middle', wrapText: true };
      if (typeof value === 'number') cell.numFmt = '#,##0';
    }
  }
  for (const [index, { width }] of columns.entries()) sheet.getColumn(index + 1).width = width;
}
