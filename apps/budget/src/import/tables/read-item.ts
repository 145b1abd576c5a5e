import type { BudgetItemKind } from '#libs/contracts';
import { columnName, type Place, type SheetRow } from '#libs/workbooks';
import { isOverAllocated, supplementOf } from '../../items/item-money.js';
import { type Remark, remark } from '../faults.js';
import { type Field, MONEY_FIELDS } from './columns.js';
import type { FoundTable } from './find-tables.js';
import type { RowReader } from './row-reader.js';
import type { Unit } from './unit.js';

/** What a row of a file says about an item. A field is undefined when the file has no column for it. */
export interface ImportedRow {
  kind: BudgetItemKind;
  place: Place;
  /** Names of the columns by what they hold, for remarks that come later. */
  columns: ReadonlyMap<Field, string>;
  fiscalYear: number;
  number: number | null;
  name: string;
  /** As the file writes it. */
  owner: string;
  code: string | null | undefined;
  group: string | null | undefined;
  years: { from: number; to: number } | null | undefined;
  totalCost: number | null | undefined;
  /** Amounts of the years that the file has columns for; null: blank. */
  planned: Record<string, number | null>;
  requested: number | null | undefined;
  allocated: number | null | undefined;
  progressPhrase: string | null | undefined;
  note: string | null | undefined;
  /** Where in its document it stands ("bảng I, dòng 3"). */
  clause: string;
}

/** What holds for all rows of a table, or for those below a heading. */
export interface RowContext {
  unit: Unit | null;
  fiscalYear: number | null;
  /** Heading that the row stands under; undefined: the table has none. */
  group: string | null | undefined;
}

export interface ReadItem {
  item: ImportedRow;
  /** Amounts by the index of their column, whole đồng. */
  amounts: Map<number, number>;
  warnings: Remark[];
}

type Money = Pick<ImportedRow, 'totalCost' | 'planned' | 'requested' | 'allocated'> & {
  supplement: number | null | undefined;
};

/** Reads a row with an item; what is wrong with it is kept by the reader. */
export function readItem(table: FoundTable, row: SheetRow, reader: RowReader, context: RowContext): ReadItem {
  const text = (field: Field) => reader.part(row, field, 'text');
  const number = reader.part(row, 'number', 'number') ?? null;
  const { money, amounts } = readMoney(table, row, reader, context.unit);
  const { supplement, ...stated } = money;
  const progressPhrase = text('progressPhrase');
  const item: ImportedRow = {
    kind: table.kind,
    place: reader.placeOf(row, null),
    columns: new Map(table.columns.map(({ field, index }) => [field, columnName(index)])),
    fiscalYear: yearOf(row, reader, context.fiscalYear),
    number,
    name: reader.required(row, 'name', 'name-missing'),
    owner: reader.required(row, 'owner', 'owner-missing'),
    code: reader.part(row, 'code', 'code'),
    group: reader.has('group') ? text('group') : context.group,
    years: reader.part(row, 'years', 'term'),
    ...stated,
    progressPhrase,
    note: noteOf(row, reader, progressPhrase),
    clause: clauseOf(table, number ?? row.row),
  };
  return { item, amounts, warnings: checkMoney(row, reader, item, supplement) };
}

function readMoney(
  table: FoundTable,
  row: SheetRow,
  reader: RowReader,
  unit: Unit | null,
): { money: Money; amounts: Map<number, number> } {
  const amounts = new Map<number, number>();
  const planned: Money['planned'] = {};
  const single = new Map<Field, number | null>();
  for (const column of table.columns.filter(({ field }) => MONEY_FIELDS.has(field))) {
    const dong = reader.amount(row, column, unit);
    if (dong === undefined) continue;
    if (dong !== null) amounts.set(column.index, dong);
    if (column.year === null) single.set(column.field, dong);
    else planned[column.year] = dong;
  }
  const money = {
    planned,
    totalCost: single.get('totalCost'),
    requested: single.get('requested'),
    allocated: single.get('allocated'),
    supplement: single.get('supplement'),
  };
  return { money, amounts };
}

function yearOf(row: SheetRow, reader: RowReader, ofTable: number | null): number {
  const before = reader.faults.length;
  const own = reader.part(row, 'fiscalYear', 'year') ?? null;
  if (own !== null && ofTable !== null && own !== ofTable) {
    reader.fault(row, 'fiscalYear', 'year-conflict', { found: own, stated: ofTable });
  }
  const year = own ?? ofTable;
  if (year === null && reader.has('fiscalYear') && reader.faults.length === before) {
    reader.fault(row, 'fiscalYear', 'year-missing');
  }
  return year ?? 0;
}

/** From a column of its own, else what a progress phrase begins with in brackets; and notes attached to cells. */
function noteOf(
  row: SheetRow,
  reader: RowReader,
  progress: string | null | undefined,
): string | null | undefined {
  const comments = row.cells.flatMap((cell) => (cell?.comment ? [cell.comment] : []));
  const written = reader.has('note') ? reader.part(row, 'note', 'text') : BRACKETED.exec(progress ?? '')?.[1];
  if (comments.length > 0) return [...(written == null ? [] : [written]), ...comments].join('\n');
  return written;
}

/** "(Kinh phí CCHC năm 2023) Đang tổ chức lựa chọn nhà thầu" */
const BRACKETED = /^\(([^()]+)\)\s*\S/;

function clauseOf({ numeral, grid }: FoundTable, number: number): string {
  if (numeral !== null) return `bảng ${numeral}, dòng ${number}`;
  return grid.sheet === null ? `dòng ${number}` : `trang tính ${grid.sheet}, dòng ${number}`;
}

function checkMoney(
  row: SheetRow,
  reader: RowReader,
  { totalCost, planned, requested, allocated }: ImportedRow,
  supplement: number | null | undefined,
): Remark[] {
  const sum = Object.values(planned).reduce<number>((total, amount) => total + (amount ?? 0), 0);
  if (totalCost != null && sum > totalCost) {
    reader.fault(row, 'plan', 'plan-over-total', { planned: sum, total: totalCost });
  }
  if (requested === undefined || allocated === undefined) return [];
  const computed = supplementOf(requested, allocated);
  if (supplement !== undefined && supplement !== computed) {
    const words = { written: supplement ?? '—', computed: computed ?? '—' };
    reader.fault(row, 'supplement', 'supplement-differs', words);
  }
  if (!isOverAllocated(requested, allocated)) return [];
  const words = { requested: requested ?? 0, allocated: allocated ?? 0 };
  return [remark(reader.placeOf(row, 'allocated'), 'over-allocated', words)];
}
