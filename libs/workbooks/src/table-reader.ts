import type { ProblemError } from '#libs/contracts';
import { foldVietnamese, isCalendarDate, kinds, normaliseText, refusalsOf } from '#libs/http';
import { quoted, type Remark, type RemarkMaker, type RemarkValues, type TableCode } from './remarks.js';
import { dayOfSerial } from './serial-day.js';
import { columnName, type SheetCell, type SheetRow, type WorkbookSheet } from './sheet.js';

const HEADER_WITHIN = 20;

/** A column of a table, found again by its header. */
export interface Column<Key extends string = string> {
  key: Key;
  header: string;
  /** In characters. */
  width: number;
  kind?: 'date' | 'number' | 'money';
}

/** Where what is noted about a file goes, with the texts of its import. */
export interface Notes<Code extends string> {
  remark: RemarkMaker<Code | TableCode>;
  faults: Remark<Code | TableCode>[];
  warnings: Remark<Code | TableCode>[];
}

/** A row of a table, whose cells are asked for by their columns. What is wrong with them is noted. */
export class TableRow<Key extends string, Code extends string = TableCode> {
  private faulty = false;

  constructor(
    readonly sheet: string,
    private readonly source: SheetRow,
    private readonly places: ReadonlyMap<Key, { index: number; header: string }>,
    private readonly from1904: boolean,
    private readonly notes: Notes<Code>,
  ) {}

  get row(): number {
    return this.source.row;
  }

  /** Whether a fault of it was noted. */
  get isFaulty(): boolean {
    return this.faulty;
  }

  /** Notes a fault of this row, or of one of its cells. */
  fault(key: Key | null, code: Code | TableCode, values: RemarkValues = {}): void {
    this.faulty = true;
    this.notes.faults.push(this.remark(key, code, values));
  }

  /**
   * Notes what a rule of the service said to this row.
   *
   * @param columns the column that it is about, or columns by the codes of problems and the paths of fields
   */
  refuse(columns: Key | Readonly<Record<string, Key>> | null, error: ProblemError): void {
    const columnOf = (name: string) => (typeof columns === 'string' ? columns : (columns?.[name] ?? null));
    for (const { field, texts } of refusalsOf(error))
      this.fault(columnOf(field ?? error.code), 'refused', { ...texts });
  }

  remark(key: Key | null, code: Code | TableCode, values: RemarkValues = {}): Remark<Code | TableCode> {
    const place = key === null ? undefined : this.places.get(key);
    const column = place ? columnName(place.index) : null;
    const header = place?.header ?? '';
    return this.notes.remark({ sheet: this.sheet, row: this.row, column }, code, { header, ...values });
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

  /** The one of some words that the cell says; diacritics and case make no difference. Anything else is a fault. */
  word<Word extends string>(key: Key, words: Readonly<Record<Word, string>>): Word | null {
    const text = this.text(key, 500);
    if (text === null) return null;
    const known = (Object.keys(words) as Word[]).find(
      (word) => foldVietnamese(words[word]) === foldVietnamese(text),
    );
    if (known === undefined) {
      const values = Object.values<string>(words).join('; ');
      this.fault(key, 'not-one-of', { value: quoted(text), values });
    }
    return known ?? null;
  }

  /** yyyy-MM-dd of a date cell, of 15/5/2026 or 2026-05-15; words that `none` names stand for undefined. */
  day(key: Key, none?: string): string | null | undefined {
    const cell = this.cell(key);
    if (!cell || !this.isPlain(key, cell)) return null;
    const text = cell.text.trim();
    if (none !== undefined && foldVietnamese(text) === foldVietnamese(none)) return undefined;
    const day = cell.numeric ? dayOfSerial(text, this.from1904) : dayOfText(text);
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

/** yyyy-MM-dd of 15/5/2026, 15.5.2026, 15-5-2026 or 2026-05-15; null for what is no real day. */
export function dayOfText(text: string): string | null {
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
export function readTable<Key extends string, Code extends string = TableCode>(
  sheet: WorkbookSheet,
  form: TableForm<Key>,
  notes: Notes<Code>,
): TableRow<Key, Code>[] {
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
    notes.faults.push(notes.remark(whole, 'no-header', { header: main }));
    return [];
  }
  const places = placesOf(sheet.name, head, headers, form, notes);
  const rows = sheet.rows
    .filter(({ row }) => row > head.row)
    .map((row) => new TableRow<Key, Code>(sheet.name, row, places, sheet.from1904, notes))
    .filter((row) => !row.isEmpty());
  if (rows.length <= form.maxRows) return rows;
  notes.faults.push(notes.remark(whole, 'too-many-rows', { limit: form.maxRows }));
  return [];
}

function placesOf<Key extends string, Code extends string>(
  sheet: string,
  { row, cells }: SheetRow,
  headers: ReadonlyMap<string, Column<Key>>,
  form: TableForm<Key>,
  { remark, faults, warnings }: Notes<Code>,
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
