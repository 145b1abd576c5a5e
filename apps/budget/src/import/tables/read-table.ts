import type { BudgetItemKind } from '#libs/contracts';
import { quoted, type SheetCell, type SheetRow } from '#libs/workbooks';
import { type Remark, remark } from '../faults.js';
import { MONEY_FIELDS } from './columns.js';
import { type FoundTable, isTotal, textOf } from './find-tables.js';
import { type ImportedRow, readItem } from './read-item.js';
import { RowReader } from './row-reader.js';
import { checkTotals, type ColumnTotal } from './totals.js';
import type { Unit } from './unit.js';

/** A table of a file, read. */
export interface ReadTable {
  kind: BudgetItemKind;
  sheet: string | null;
  /** Row of its header. */
  row: number;
  unit: Unit | null;
  /** Rows without a fault. */
  rows: ImportedRow[];
  totals: ColumnTotal[];
  faults: Remark[];
  warnings: Remark[];
}

/** What the importer states about the whole file. */
export interface Stated {
  fiscalYear?: number;
  unit?: Unit;
}

/** With that many a table is hopeless; further ones are not looked for. */
const MAX_FAULTS = 500;

/** Reads a table that was found: every row with all its faults, and the totals against the rows. */
export function readTable(table: FoundTable, stated: Stated): ReadTable {
  const reader = new RowReader(table);
  const context = { unit: unitOf(table, reader, stated), fiscalYear: yearOf(table, reader, stated) };
  const rows: ImportedRow[] = [];
  const amounts: ReadonlyMap<number, number>[] = [];
  const warnings = table.remarks.filter(({ code }) => code === 'column-not-read');
  let group: string | undefined;
  let total: SheetRow | null = null;
  let last: number | null = null;
  for (const row of joined(table)) {
    if (reader.faults.length >= MAX_FAULTS) break;
    if (total !== null) {
      // Signatures and remarks stand below a table, too.
      if (looksLikeItem(reader, row)) reader.fault(row, null, 'row-after-total');
    } else if (isTotal(row)) {
      total = row;
    } else if (isHeading(table, reader, row)) {
      group = reader.part(row, 'name', 'text') ?? group;
    } else if (row.cells.filter(Boolean).length < 2) {
      reader.fault(row, null, 'row-not-understood', { value: quoted(textOf(row)) });
    } else {
      const before = reader.faults.length;
      const read = readItem(table, row, reader, { ...context, group });
      amounts.push(read.amounts);
      warnings.push(...read.warnings);
      if (reader.faults.length === before) rows.push(read.item);
      const { number } = read.item;
      if (last !== null && number !== null && number > last + 1) {
        warnings.push(remark(reader.placeOf(row, 'number'), 'number-skipped', { from: last, to: number }));
      }
      last = number ?? last;
    }
  }
  // Of a table that was not read to its end no total can be right.
  const whole = reader.faults.length < MAX_FAULTS;
  const totals = checkTotals(
    whole ? table : { ...table, columns: [] },
    total,
    amounts,
    (column) => column.unit ?? context.unit,
  );
  return {
    kind: table.kind,
    sheet: table.grid.sheet,
    row: table.row,
    unit: context.unit,
    rows,
    totals: totals.columns,
    faults: [
      ...table.remarks.filter(({ code }) => code !== 'column-not-read'),
      ...reader.faults,
      ...totals.faults,
    ],
    warnings: [...warnings, ...totals.warnings],
  };
}

function unitOf(
  { row, unit: found, columns }: FoundTable,
  reader: RowReader,
  { unit: stated }: Stated,
): Unit | null {
  if (found !== null && stated !== undefined && found !== stated) {
    reader.fault(row, null, 'unit-conflict', { found, stated });
  }
  const unit = found ?? stated ?? null;
  const needed = columns.some((column) => MONEY_FIELDS.has(column.field) && column.unit === null);
  if (needed && unit === null) reader.fault(row, null, 'unit-missing');
  return unit;
}

function yearOf(
  { row, fiscalYear: found }: FoundTable,
  reader: RowReader,
  { fiscalYear: stated }: Stated,
): number | null {
  if (found !== null && stated !== undefined && found !== stated) {
    reader.fault(row, null, 'year-conflict', { found, stated });
  }
  const year = found ?? stated ?? null;
  if (year === null && !reader.has('fiscalYear')) reader.fault(row, null, 'year-missing');
  return year;
}

function looksLikeItem(reader: RowReader, row: SheetRow): boolean {
  const number = reader.cell(row, 'number')?.text.trim() ?? '';
  return /^\d+\.?$/.test(number) && row.cells.filter(Boolean).length > 1;
}

/** "I | NHIỆM VỤ …": a Roman number or a letter, or none, and a name alone. */
function isHeading({ columns }: FoundTable, reader: RowReader, row: SheetRow): boolean {
  const number = reader.cell(row, 'number')?.text.trim() ?? '';
  const others = columns.filter(({ field }) => field !== 'number' && field !== 'name');
  return (
    reader.cell(row, 'name') !== null &&
    /^([IVXLC]+|[A-Z])\.?$/.test(number) &&
    others.every(({ index }) => !row.cells[index])
  );
}

/** In a text of a document a line without a number goes on with the row above, which a page break cut in two. */
function joined(table: FoundTable): SheetRow[] {
  const numberAt = table.columns.find(({ field }) => field === 'number')?.index;
  if (!table.grid.continues || numberAt === undefined) return table.rows;
  const money = table.columns.filter(({ field }) => MONEY_FIELDS.has(field)).map(({ index }) => index);
  const rows: SheetRow[] = [];
  for (const row of table.rows) {
    const above = rows.at(-1);
    const goesOn = !row.cells[numberAt] && !isTotal(row) && money.every((index) => !row.cells[index]);
    if (above && goesOn && above.cells[numberAt] && !isTotal(above))
      above.cells = append(above.cells, row.cells);
    else rows.push({ ...row });
  }
  return rows;
}

function append(
  above: readonly (SheetCell | null)[],
  below: readonly (SheetCell | null)[],
): (SheetCell | null)[] {
  return Array.from({ length: Math.max(above.length, below.length) }, (_, index) => {
    const [upper, lower] = [above[index] ?? null, below[index] ?? null];
    return upper && lower ? { ...upper, text: `${upper.text} ${lower.text}` } : (upper ?? lower);
  });
}
