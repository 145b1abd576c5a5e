import type { Texts } from '#libs/http';
import { columnName, quoted, type SheetCell, type SheetRow } from '#libs/workbooks';
import { type Remark, remark } from '../faults.js';
import { readAmount, writeAmount } from './amount.js';
import { MONEY_FIELDS } from './columns.js';
import type { FoundTable, TableColumn } from './find-tables.js';
import { powerOf, type Unit, UNIT_WORDS } from './unit.js';

/** exact: the same; rounded: the print leaves out digits; different: a fault; not-printed: nothing to compare with. */
export const AGREEMENTS = ['exact', 'rounded', 'different', 'not-printed'] as const;
export type Agreement = (typeof AGREEMENTS)[number];

/** A printed total beside what the rows add up to; whole đồng. */
export interface ColumnTotal {
  /** As a spreadsheet names it. */
  column: string;
  header: string;
  printed: number | null;
  computed: number;
  /** printed − computed. */
  difference: number | null;
  agreement: Agreement;
  explanation: Texts;
}

export interface Totals {
  columns: ColumnTotal[];
  faults: Remark[];
  warnings: Remark[];
}

/**
 * Compares the totals of a table with what its rows add up to.
 *
 * @param amounts of the rows, by the index of their column
 */
export function checkTotals(
  table: FoundTable,
  total: SheetRow | null,
  amounts: readonly ReadonlyMap<number, number>[],
  unitOf: (column: TableColumn) => Unit | null,
): Totals {
  const { sheet } = table.grid;
  const totals: Totals = { columns: [], faults: [], warnings: [] };
  for (const column of table.columns.filter(({ field }) => MONEY_FIELDS.has(field))) {
    const unit = unitOf(column);
    if (unit === null) continue;
    const computed = amounts.reduce((sum, row) => sum + (row.get(column.index) ?? 0), 0);
    const cell = total?.cells[column.index] ?? null;
    const place = { sheet, row: total?.row ?? null, column: columnName(column.index) };
    const printed = cell?.error ? null : readAmount(cell, unit);
    if (printed === null || 'fault' in printed) {
      const fault = printed ?? {
        fault: 'cell-error' as const,
        parameters: { value: quoted(cell?.text ?? '') },
      };
      totals.faults.push(remark(place, fault.fault, fault.parameters));
      continue;
    }
    const compared = compare(column, printed.dong, computed, unit, cell);
    totals.columns.push(compared);
    if (compared.agreement === 'different') {
      const words = (dong: number) => `${writeAmount(dong, unit)} ${UNIT_WORDS[unit]}`;
      totals.faults.push(
        remark(place, 'total-differs', {
          header: quoted(column.header),
          written: words(compared.printed ?? 0),
          computed: words(computed),
          difference: words(compared.difference ?? 0),
        }),
      );
    }
  }
  if (total === null && totals.columns.length > 0) {
    totals.warnings.push(remark({ sheet, row: table.row, column: null }, 'total-missing'));
  }
  return totals;
}

function compare(
  { header, index }: TableColumn,
  printed: number | null,
  computed: number,
  unit: Unit,
  cell: SheetCell | null,
): ColumnTotal {
  const column = columnName(index);
  if (printed === null) {
    const explanation = { vi: 'Không in tổng.', en: 'No total is printed.' };
    return { column, header, printed, computed, difference: null, agreement: 'not-printed', explanation };
  }
  const difference = printed - computed;
  const rounded = difference !== 0 && Math.abs(difference) < lastDigit(cell, unit);
  const agreement = difference === 0 ? 'exact' : rounded ? 'rounded' : 'different';
  return {
    column,
    header,
    printed,
    computed,
    difference,
    agreement,
    explanation: explain(agreement, printed, computed, unit),
  };
}

/** What the last printed digit stands for, đồng: a total may leave out less than that. A total in đồng leaves out nothing. */
function lastDigit(cell: SheetCell | null, unit: Unit): number {
  const decimals = /[.,](\d+)$/.exec(cell?.text.trim() ?? '')?.[1] ?? '';
  const printed = cell?.numeric || (cell?.text ?? '').includes(',') ? decimals.length : 0;
  return 10 ** Math.max(powerOf(unit) - printed, 0);
}

function explain(agreement: Agreement, printed: number, computed: number, unit: Unit): Texts {
  const vi = (dong: number) => `${writeAmount(dong, unit)} ${UNIT_WORDS[unit]}`;
  const difference = vi(printed - computed);
  switch (agreement) {
    case 'exact':
      return { vi: `Khớp: ${vi(printed)}.`, en: `The same: ${vi(printed)}.` };
    case 'rounded':
      return {
        vi: `In ${vi(printed)}, tính được ${vi(computed)}: lệch ${difference} do bản in làm tròn.`,
        en: `Printed ${vi(printed)}, computed ${vi(computed)}: ${difference}, since the print is rounded.`,
      };
    default:
      return {
        vi: `In ${vi(printed)}, tính được ${vi(computed)}: lệch ${difference}, không phải do làm tròn.`,
        en: `Printed ${vi(printed)}, computed ${vi(computed)}: ${difference}, which rounding does not explain.`,
      };
  }
}
