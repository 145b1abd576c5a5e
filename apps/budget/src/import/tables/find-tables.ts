import type { BudgetItemKind } from '#libs/contracts';
import { foldVietnamese } from '#libs/http';
import { columnName, quoted, type SheetRow } from '#libs/workbooks';
import { remark, type Remark } from '../faults.js';
import type { Grid } from '../grid.js';
import { type Field, meaningOf, MONEY_FIELDS } from './columns.js';
import { type Unit, unitOfCaption, unitOfHeader } from './unit.js';

export interface TableColumn {
  index: number;
  /** As the file writes it. */
  header: string;
  field: Field;
  /** Year of a `plan` column. */
  year: number | null;
  /** Unit that the header itself names. */
  unit: Unit | null;
}

/** A table as it lies in a sheet or text: its columns, what stands above it, and its rows, still unread. */
export interface FoundTable {
  grid: Grid;
  kind: BudgetItemKind;
  /** Row of the header. */
  row: number;
  columns: TableColumn[];
  /** Number that the table's heading has in its document ("I", "II"). */
  numeral: string | null;
  /** Unit that a line above names. */
  unit: Unit | null;
  /** Fiscal year that a line above names. */
  fiscalYear: number | null;
  rows: SheetRow[];
  remarks: Remark[];
}

interface Header {
  kind: BudgetItemKind;
  columns: TableColumn[];
  unknown: { index: number; header: string }[];
  /** Rows that it takes. */
  depth: number;
}

/** A table whose rows are still being taken, with what is known of its end. */
interface OpenTable extends FoundTable {
  /** Index of its last row of sums. */
  totalAt: number | null;
  /** Index of the first row that stands above the next table: its title, its unit. */
  captionAt: number | null;
}

/** The tables of a sheet or text, found by the words of their headers wherever they stand. */
export function findTables(grid: Grid): FoundTable[] {
  const tables: OpenTable[] = [];
  const above: SheetRow[] = [];
  for (let index = 0; index < grid.rows.length; index++) {
    const row = grid.rows[index]!;
    const header = headerAt(grid.rows, index);
    const current = tables.at(-1);
    if (header) {
      // The header is printed again on every page.
      const again = current !== undefined && current.captionAt === null && sameColumns(current, header);
      if (!again) tables.push(newTable(grid, row.row, header, current ? takeCaptions(current) : above));
      index += header.depth - 1;
    } else if (current) {
      takeRow(current, row);
    } else {
      above.push(row);
    }
  }
  return tables;
}

function sameColumns(table: FoundTable, { kind, columns }: Header): boolean {
  const key = ({ index, field, year }: TableColumn) => `${index} ${field} ${year ?? ''}`;
  return table.kind === kind && table.columns.map(key).join() === columns.map(key).join();
}

function takeRow(table: OpenTable, row: SheetRow): void {
  const index = table.rows.push(row) - 1;
  if (isTotal(row)) {
    table.totalAt = index;
    table.captionAt = null;
  } else if (row.cells.filter(Boolean).length === 1 && isCaption(textOf(row))) {
    table.captionAt ??= index;
  }
}

/** What stands below the last total of a table and above the next header belongs to the next one. */
function takeCaptions({ rows, totalAt, captionAt }: OpenTable): SheetRow[] {
  const from = captionAt ?? (totalAt === null ? rows.length : totalAt + 1);
  return rows.splice(from);
}

function isCaption(text: string): boolean {
  return NUMERAL.test(text) || unitOfCaption(text) !== null || FISCAL_YEAR.test(foldVietnamese(text));
}

const NUMERAL = /^([IVXLC]+)\s*[.)]\s+\S/;
const FISCAL_YEAR = /nam ngan sach\s*:?\s*(20\d\d)/;
/** "Tổng cộng", "TỔNG CỘNG:", "Tổng số (I+II)". */
const TOTAL = /^(tong cong|tong so|tong|cong)(?![a-z])[ivx\W\d]*$/;

/** The row of sums that ends a table: the first of its cells that is no number says so. */
export function isTotal(row: SheetRow): boolean {
  const first = row.cells.find((cell) => cell !== null && !/^[\d.,\s]*$/.test(cell.text));
  return first != null && TOTAL.test(foldVietnamese(first.text));
}

export function textOf(row: SheetRow): string {
  return row.cells
    .flatMap((cell) => (cell === null || cell.text.trim() === '' ? [] : [cell.text.trim()]))
    .join(' ');
}

function newTable(grid: Grid, row: number, header: Header, above: readonly SheetRow[]): OpenTable {
  const captions = above.map(textOf);
  const numeral = captions.map((text) => NUMERAL.exec(text)?.[1]).findLast(Boolean);
  const year = captions.map((text) => FISCAL_YEAR.exec(foldVietnamese(text))?.[1]).findLast(Boolean);
  return {
    grid,
    kind: header.kind,
    row,
    columns: header.columns,
    numeral: numeral ?? null,
    unit: captions.map(unitOfCaption).findLast((unit) => unit !== null) ?? null,
    fiscalYear: year === undefined ? null : Number(year),
    rows: [],
    remarks: remarksOn(grid, row, header),
    totalAt: null,
    captionAt: null,
  };
}

function remarksOn({ sheet }: Grid, row: number, { columns, unknown }: Header): Remark[] {
  const seen = new Set<string>();
  const twice = columns.filter(({ field, year }) => {
    const key = `${field} ${year ?? ''}`;
    return seen.has(key) || !seen.add(key);
  });
  return [
    ...twice.map(({ index, header }) =>
      remark({ sheet, row, column: columnName(index) }, 'column-twice', { header: quoted(header) }),
    ),
    ...unknown.map(({ index, header }) =>
      remark({ sheet, row, column: columnName(index) }, 'column-not-read', { header: quoted(header) }),
    ),
  ];
}

/** The header that begins at a row; null: none does. */
function headerAt(rows: readonly SheetRow[], index: number): Header | null {
  const upper = rows[index]!;
  const lower = rows[index + 1];
  // Of a header in two rows the lower one tells more: "Kinh phí" above "Tổng kinh phí" and "Năm 2023".
  const deep = lower !== undefined && belongsTo(upper, lower) ? readHeader(upper, lower) : null;
  return deep ?? readHeader(upper, null);
}

/** The lower row of a header has no name of its own: it is merged with the one above, or blank there. */
function belongsTo(upper: SheetRow, lower: SheetRow): boolean {
  const nameAt = upper.cells.findIndex((cell) => cell !== null && meaningOf(cell.text)?.field === 'name');
  if (nameAt < 0) return false;
  const below = lower.cells[nameAt];
  if (below && !below.covered) return false;
  const own = lower.cells.filter((cell) => cell !== null && !cell.covered && cell.text.trim() !== '');
  return own.length > 0 && own.every((cell) => cell !== null && meaningOf(cell.text) !== null);
}

function readHeader(upper: SheetRow, lower: SheetRow | null): Header | null {
  const columns: TableColumn[] = [];
  const unknown: Header['unknown'] = [];
  let kind: BudgetItemKind | null = null;
  for (let index = 0; index < Math.max(upper.cells.length, lower?.cells.length ?? 0); index++) {
    const texts = [lower?.cells[index]?.text, upper.cells[index]?.text].map((text) => text?.trim() ?? '');
    const header = texts.find((text) => text !== '' && meaningOf(text) !== null);
    const meaning = header === undefined ? null : meaningOf(header);
    if (header !== undefined && meaning) {
      const unit = MONEY_FIELDS.has(meaning.field) ? unitOfHeaders(texts) : null;
      columns.push({ index, header, field: meaning.field, year: meaning.year, unit });
      if (meaning.field === 'name') kind ??= meaning.kind;
    } else {
      const other = texts.find((text) => text !== '');
      if (other !== undefined) unknown.push({ index, header: other });
    }
  }
  const has = (field: Field) => columns.some((column) => column.field === field);
  if (kind === null || !has('owner')) return null;
  return { kind, columns, unknown, depth: lower ? 2 : 1 };
}

function unitOfHeaders(texts: readonly string[]): Unit | null {
  return texts.map(unitOfHeader).find((unit) => unit !== null) ?? null;
}
