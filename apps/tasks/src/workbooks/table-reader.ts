import { foldVietnamese, isCalendarDate, kinds, normaliseText } from '#libs/http';
import { columnName, dayOfSerial, type SheetCell, type SheetRow, type WorkbookSheet } from '#libs/workbooks';
import type { Column } from './columns.js';
import { quoted, type Remark, remark, type RemarkCode } from './remarks.js';

const HEADER_WITHIN = 20;

/** A row of a table, whose cells are asked for by their columns. What is wrong with them is noted. */
export class TableRow<Key extends string> {
  private faulty = false;

  constructor(
    readonly sheet: string,
    private readonly source: SheetRow,
    private readonly places: ReadonlyMap<Key, { index: number; header: string }>,
    private readonly from1904: boolean,
    private readonly faults: Remark[],
  ) {}

  get row(): number {
    return this.source.row;
  }

  /** Whether a fault of it was noted. */
  get isFaulty(): boolean {
    return this.faulty;
  }

  /** Notes a fault of this row, or of one of its cells. */
  fault(key: Key | null, code: RemarkCode, values: Record<string, string | number> = {}): void {
    this.faulty = true;
    this.faults.push(this.remark(key, code, values));
  }

  remark(key: Key | null, code: RemarkCode, values: Record<string, string | number> = {}): Remark {
    const place = key === null ? undefined : this.places.get(key);
    const column = place ? columnName(place.index) : null;
    return remark({ sheet: this.sheet, row: this.row, column }, code, {
      header: place?.header ?? '',
      ...values,
    });
  }

  isEmpty(): boolean {
    return [...this.places.keys()].every((key) => !this.has(key));
  }

  /** Whether a cell says just this; diacritics and case make no difference. */
  is(key: Key, words: string): boolean {
    const cell = this.cell(key);
    return cell !== null && foldVietnamese(cell.text.trim()) === foldVietnamese(words);
  }

  has(key: Key): boolean {
    return this.cell(key) !== null;
  }

  /** Null for an empty cell, and for one that has a fault. */
  text(key: Key, max: number, multiline = false): string | null {
    const cell = this.cell(key);
    if (!cell || !this.isPlain(key, cell)) return null;
    const text = normaliseText(cell.numeric ? shortNumber(cell.text) : cell.text);
    if (text === '') return null;
    const fault = kinds.text({ max, multiline }).check(text);
    if (!fault) return text;
    this.fault(key, fault.code === 'too-long' ? 'too-long' : 'control-character', { max });
    return null;
  }

  /** As `text`; that it is missing is a fault. */
  requiredText(key: Key, max: number): string | null {
    if (!this.has(key)) this.fault(key, 'required');
    return this.text(key, max);
  }

  /** yyyy-MM-dd of a date cell, of 15/5/2026 or 2026-05-15; words that `none` names stand for undefined. */
  day(key: Key, none?: string): string | null | undefined {
    const cell = this.cell(key);
    if (!cell || !this.isPlain(key, cell)) return null;
    const text = cell.text.trim();
    if (none !== undefined && foldVietnamese(text) === foldVietnamese(none)) return undefined;
    const day = cell.numeric ? dayOfSerial(text, this.from1904) : writtenDay(text);
    if (day !== null && kinds.date().check(day) === undefined) return day;
    this.fault(key, 'not-a-day', { value: quoted(text) });
    return null;
  }

  private cell(key: Key): SheetCell | null {
    const place = this.places.get(key);
    return place === undefined ? null : (this.source.cells[place.index] ?? null);
  }

  private isPlain(key: Key, cell: SheetCell): boolean {
    if (cell.formula) this.fault(key, 'formula');
    else if (cell.error) this.fault(key, 'error-value', { value: quoted(cell.text) });
    return !cell.formula && !cell.error;
  }
}

/** Spreadsheets store 2.3 as 2.2999999999999998. */
function shortNumber(text: string): string {
  const number = Number(text);
  return Number.isFinite(number) ? String(Number(number.toPrecision(15))) : text;
}

function writtenDay(text: string): string | null {
  if (isCalendarDate(text)) return text;
  const [, day, month, year] = /^(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})$/.exec(text) ?? [];
  if (day === undefined || month === undefined || year === undefined) return null;
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCalendarDate(written) ? written : null;
}

/** What is expected of a table. */
export interface TableForm<Key extends string> {
  columns: readonly Column<Key>[];
  /** Without these it is no such table; the first one finds its header. */
  needed: readonly [Key, ...Key[]];
  /** Headers that are known and not read. */
  ignored: readonly string[];
  maxRows: number;
}

/** The rows of a sheet below its header, blank ones left out. */
export function readTable<Key extends string>(
  sheet: WorkbookSheet,
  form: TableForm<Key>,
  faults: Remark[],
  warnings: Remark[],
): TableRow<Key>[] {
  const headers = new Map(form.columns.map((column) => [foldVietnamese(column.header), column]));
  const main = form.columns.find(({ key }) => key === form.needed[0])?.header ?? '';
  const head = sheet.rows.find(
    ({ row, cells }) =>
      row <= HEADER_WITHIN &&
      cells.some((cell) => cell !== null && headers.get(headerKey(cell))?.header === main) &&
      cells.filter((cell) => cell !== null && headers.has(headerKey(cell))).length >= 2,
  );
  const whole = { sheet: sheet.name, row: null, column: null };
  if (!head) {
    faults.push(remark(whole, 'no-header', { header: main }));
    return [];
  }
  const places = placesOf(sheet.name, head, headers, form, faults, warnings);
  const rows = sheet.rows
    .filter(({ row }) => row > head.row)
    .map((row) => new TableRow(sheet.name, row, places, sheet.from1904, faults))
    .filter((row) => !row.isEmpty());
  if (rows.length <= form.maxRows) return rows;
  faults.push(remark(whole, 'too-many-rows', { limit: form.maxRows }));
  return [];
}

function placesOf<Key extends string>(
  sheet: string,
  { row, cells }: SheetRow,
  headers: ReadonlyMap<string, Column<Key>>,
  form: TableForm<Key>,
  faults: Remark[],
  warnings: Remark[],
): Map<Key, { index: number; header: string }> {
  const places = new Map<Key, { index: number; header: string }>();
  const ignored = new Set(form.ignored.map((header) => foldVietnamese(header)));
  for (const [index, cell] of cells.entries()) {
    if (!cell) continue;
    const place = { sheet, row, column: columnName(index) };
    const column = headers.get(headerKey(cell));
    if (!column) {
      if (!ignored.has(headerKey(cell)))
        warnings.push(remark(place, 'column-ignored', { header: quoted(cell.text) }));
    } else if (places.has(column.key)) {
      faults.push(remark(place, 'column-twice', { header: column.header }));
    } else {
      places.set(column.key, { index, header: column.header });
    }
  }
  for (const { key, header } of form.columns) {
    if (form.needed.includes(key) && !places.has(key))
      faults.push(remark({ sheet, row, column: null }, 'column-missing', { header }));
  }
  return places;
}

function headerKey({ text }: SheetCell): string {
  return foldVietnamese(text.replace(/\s+/g, ' ').trim());
}
