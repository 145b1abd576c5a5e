import { Writable } from 'node:stream';
import type {
  DataValidation,
  PageSetup,
  Style,
  WorkbookWriter,
  WorksheetWriter,
} from '@cj-tech-master/excelts';
import { BORDER, FONT, HEAD_FILL, PAGE_FOOTER, pageOf } from './print-style.js';
import { type CellText, rowHeight } from './row-height.js';
import { columnName } from './sheet.js';
import type { Column } from './table-reader.js';

export type CellValue = string | number | null;
/** A row by the keys of its columns. Days are yyyy-MM-dd. */
export type RowValues<Key extends string> = Readonly<Partial<Record<Key, CellValue>>>;

/** Columns that are only there to be read. */
const INFORMATION_FILL = 'FFEDEDED';
/** Text, whatever it looks like: "=…" is no formula, and 2.10 is not 2.1. */
const TEXT_FORMAT = '@';
const DATE_FORMAT = 'dd/mm/yyyy';
/** Rows above the first one of a table: title, remark, header. */
export const HEAD_ROW = 3;
export const FIRST_ROW = HEAD_ROW + 1;

const TEXT_CELL: Partial<Style> = {
  font: FONT,
  border: BORDER,
  alignment: { vertical: 'top', wrapText: true },
  numFmt: TEXT_FORMAT,
};
const CENTRED: Partial<Style> = {
  ...TEXT_CELL,
  alignment: { vertical: 'top', wrapText: true, horizontal: 'center' },
};
/** Made once: the library knows a style again that is the same object. A column of dates has words where it has no date. */
const STYLES = {
  text: TEXT_CELL,
  date: CENTRED,
  day: { ...CENTRED, numFmt: DATE_FORMAT },
  number: { ...CENTRED, numFmt: '0' },
  money: { ...TEXT_CELL, numFmt: '#,##0' },
} as const;

/** A workbook whose rows leave memory as they are written. */
export interface Book {
  workbook: WorkbookWriter;
  /** Of all its pages: A4. */
  paperSize: PageSetup['paperSize'];
  /** Ends it. The file is made of the packed rows. */
  finish: () => Promise<Buffer>;
}

export async function beginWorkbook(now: Date): Promise<Book> {
  // Large, and needed now and then: not loaded at the start of the service.
  const library = await import('@cj-tech-master/excelts');
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  const workbook = new library.WorkbookWriter({
    stream,
    useStyles: true,
    useSharedStrings: false,
    created: now,
    modified: now,
    creator: 'IOC',
  });
  const finish = async (): Promise<Buffer> => {
    await workbook.commit();
    return Buffer.concat(chunks);
  };
  return { workbook, paperSize: library.PaperSize.A4, finish };
}

/** As wide as a page, in characters. */
const LINES_WIDTH = 80;

/** A page of plain lines, the first one as its title. */
export function addLines({ workbook, paperSize }: Book, name: string, lines: readonly string[]): void {
  const sheet = workbook.addWorksheet(name, {
    pageSetup: { paperSize, fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  sheet.getColumn(1).width = LINES_WIDTH;
  for (const [index, text] of lines.entries()) {
    const row = sheet.getRow(index + 1);
    row.height = rowHeight([{ text, width: LINES_WIDTH, bold: index === 0 }]);
    const cell = row.getCell(1);
    cell.value = text;
    cell.font = { ...FONT, bold: index === 0 };
    cell.alignment = { wrapText: true, vertical: 'middle' };
    row.commit();
  }
  sheet.commit();
}

/** A hidden sheet of words to choose from, one list in each column. */
export function addLists({ workbook }: Book, name: string, lists: readonly (readonly string[])[]): void {
  const sheet = workbook.addWorksheet(name, { state: 'hidden' });
  const longest = Math.max(...lists.map((list) => list.length));
  for (let index = 0; index < longest; index += 1) {
    sheet.addRow(lists.map((list) => list[index] ?? null)).commit();
  }
  sheet.commit();
}

/** A table of a sheet of its own: ready to print, its header again on each page. */
export class SheetTable<Key extends string> {
  private readonly sheet: WorksheetWriter;
  private next = FIRST_ROW;

  constructor(
    { workbook, paperSize }: Book,
    name: string,
    private readonly columns: readonly Column<Key>[],
    head: { title: string; remark: string; information?: ReadonlySet<string> },
  ) {
    this.sheet = workbook.addWorksheet(name, {
      views: [{ state: 'frozen', xSplit: 2, ySplit: HEAD_ROW }],
      pageSetup: { ...pageOf(`${HEAD_ROW}:${HEAD_ROW}`), paperSize },
      headerFooter: PAGE_FOOTER,
    });
    this.addHead(head.title, head.remark, head.information ?? new Set());
  }

  add(values: RowValues<Key>): void {
    const row = this.sheet.getRow(this.next);
    const texts: CellText[] = [];
    for (const [index, column] of this.columns.entries()) {
      const cell = row.getCell(index + 1);
      const value = values[column.key] ?? null;
      if (typeof value === 'string') texts.push({ text: value, width: column.width });
      const isDay = column.kind === 'date' && typeof value === 'string' && /^\d{4}-/.test(value);
      cell.value = isDay ? new Date(`${value}T00:00:00Z`) : value;
      cell.style = isDay ? STYLES.day : STYLES[column.kind ?? 'text'];
    }
    if (texts.length > 0) row.height = rowHeight(texts);
    row.commit();
    this.next += 1;
  }

  /** Frames rows to fill in. */
  addBlank(rows: number): void {
    for (let count = 0; count < rows; count += 1) this.add({} as RowValues<Key>);
  }

  /** What may be chosen in a column, from its first row to the last one so far. */
  offer(key: Key, validation: DataValidation): void {
    const letter = columnName(this.columns.findIndex((column) => column.key === key));
    const last = Math.max(this.next - 1, FIRST_ROW);
    this.sheet.dataValidations.add(`${letter}${FIRST_ROW}:${letter}${last}`, validation);
  }

  /** @returns the number of its last row */
  end(): number {
    this.sheet.commit();
    return this.next - 1;
  }

  private addHead(title: string, remark: string, information: ReadonlySet<string>): void {
    // Before the first row: what is written of a sheet cannot be changed.
    for (const [index, { width }] of this.columns.entries()) this.sheet.getColumn(index + 1).width = width;
    const width = this.columns.reduce((sum, column) => sum + column.width, 0);
    for (const [index, text] of [title, remark].entries()) {
      const row = this.sheet.getRow(index + 1);
      row.height = rowHeight([{ text, width, size: index === 0 ? 14 : 12, bold: index === 0 }]);
      this.sheet.mergeCells(index + 1, 1, index + 1, this.columns.length);
      const cell = row.getCell(1);
      cell.value = text;
      cell.font = { ...FONT, size: index === 0 ? 14 : 12, bold: index === 0, italic: index > 0 };
      cell.alignment = { horizontal: 'center', vertical: 'middle', wrapText: true };
      row.commit();
    }
    const row = this.sheet.getRow(HEAD_ROW);
    for (const [index, { key, header }] of this.columns.entries()) {
      const cell = row.getCell(index + 1);
      cell.value = header;
      cell.font = { ...FONT, bold: true, italic: information.has(key) };
      cell.border = BORDER;
      cell.alignment = { horizontal: 'center', vertical: 'middle', wrapText: true };
      const argb = information.has(key) ? INFORMATION_FILL : HEAD_FILL;
      cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb } };
    }
    row.height = rowHeight(this.columns.map(({ header, width }) => ({ text: header, width, bold: true })));
    row.commit();
  }
}

/** A drop-down of the first words in a column of another sheet; other words are allowed, and checked when imported. */
export function choiceOf(sheet: string, column: string, first: number, last: number): DataValidation {
  return {
    type: 'list',
    formulae: [`'${sheet}'!$${column}$${first}:$${column}$${Math.max(last, first)}`],
    allowBlank: true,
    showErrorMessage: false,
  };
}
