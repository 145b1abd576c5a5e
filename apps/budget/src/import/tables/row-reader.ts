import { columnName, type Place, quoted, type SheetCell, type SheetRow } from '#libs/workbooks';
import { type Remark, remark, type RemarkCode } from '../faults.js';
import { readAmount } from './amount.js';
import { type Field, MONEY_FIELDS } from './columns.js';
import type { FoundTable, TableColumn } from './find-tables.js';
import { parsePart, type Parts } from './row-parts.js';
import type { Unit } from './unit.js';

/** Parameters of a remark. */
type Parameters = Readonly<Record<string, string | number>>;

/** Reads the cells of a table's rows by what their columns hold, and keeps what is wrong with them. */
export class RowReader {
  readonly faults: Remark[] = [];

  constructor(private readonly table: FoundTable) {}

  has(field: Field): boolean {
    return this.columnOf(field) !== undefined;
  }

  cell(row: SheetRow, field: Field): SheetCell | null {
    const column = this.columnOf(field);
    return column ? (row.cells[column.index] ?? null) : null;
  }

  /** What a cell says; null: blank; undefined: the table has no such column, or the cell a fault. */
  part<Kind extends keyof Parts>(row: SheetRow, field: Field, kind: Kind): Parts[Kind] | null | undefined {
    const column = this.columnOf(field);
    if (!column) return undefined;
    const cell = row.cells[column.index] ?? null;
    if (this.isUnreadable(row, column, cell)) return undefined;
    const result = parsePart(cell?.text ?? '', kind, field);
    if ('value' in result) return result.value;
    this.faultAt(row, column, result.fault, result.parameters);
    return undefined;
  }

  required(row: SheetRow, field: Field, missing: RemarkCode): string {
    const before = this.faults.length;
    const text = this.part(row, field, 'text');
    if (text == null && this.faults.length === before) this.fault(row, field, missing);
    return text ?? '';
  }

  /** Whole đồng; null: blank; undefined: the cell has a fault. */
  amount(row: SheetRow, column: TableColumn, tableUnit: Unit | null): number | null | undefined {
    const cell = row.cells[column.index] ?? null;
    const unit = column.unit ?? tableUnit;
    // Without a unit every amount would be a guess; the table has its fault already.
    if (unit === null || this.isUnreadable(row, column, cell)) return undefined;
    const result = readAmount(cell, unit);
    if ('dong' in result) return result.dong;
    this.faultAt(row, column, result.fault, result.parameters);
    return undefined;
  }

  fault(row: SheetRow | number, field: Field | null, code: RemarkCode, parameters?: Parameters): void {
    this.faults.push(remark(this.placeOf(row, field), code, parameters));
  }

  placeOf(row: SheetRow | number, field: Field | null): Place {
    const column = field === null ? undefined : this.columnOf(field);
    return {
      sheet: this.table.grid.sheet,
      row: typeof row === 'number' ? row : row.row,
      column: column ? columnName(column.index) : null,
    };
  }

  private faultAt(row: SheetRow, { index }: TableColumn, code: RemarkCode, parameters?: Parameters): void {
    const place = { sheet: this.table.grid.sheet, row: row.row, column: columnName(index) };
    this.faults.push(remark(place, code, parameters));
  }

  private columnOf(field: Field): TableColumn | undefined {
    return this.table.columns.find((column) => column.field === field);
  }

  private isUnreadable(row: SheetRow, column: TableColumn, cell: SheetCell | null): boolean {
    if (cell?.error) {
      this.faultAt(row, column, 'cell-error', { value: quoted(cell.text) });
    } else if (cell?.formula && column.field !== 'supplement') {
      this.faultAt(row, column, 'formula-in-cell');
    } else if (cell?.covered && MONEY_FIELDS.has(column.field)) {
      this.faultAt(row, column, 'amount-merged');
    } else {
      return false;
    }
    return true;
  }
}
