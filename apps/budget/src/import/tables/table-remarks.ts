import type { BudgetItemKind } from '#libs/contracts';
import type { Texts } from '#libs/http';
import { isOverAllocated } from '../../items/item-money.js';
import { writeAmount } from './amount.js';
import type { ImportedRow } from './read-item.js';
import type { ColumnTotal } from './totals.js';

/** Why the totals of a table are what they are, where that is not plain to see. */
export function tableRemarks(
  kind: BudgetItemKind,
  rows: readonly ImportedRow[],
  totals: readonly ColumnTotal[],
): Texts[] {
  if (kind === 'project' || totals.length === 0) return [];
  const over = rows.filter(({ requested, allocated }) =>
    isOverAllocated(requested ?? null, allocated ?? null),
  );
  if (over.length === 0) return [];
  const excess = over.reduce((sum, row) => sum + (row.allocated ?? 0) - (row.requested ?? 0), 0);
  const amount = writeAmount(excess, 'dong');
  return [
    {
      vi: `${over.length} dòng đã cấp nhiều hơn nhu cầu, cộng ${amount} đồng: tổng cấp bổ sung vì thế lớn hơn nhu cầu trừ đã cấp đúng bằng số đó.`,
      en: `${over.length} row(s) were allocated more than requested, together ${amount} đồng: the total supplement is greater than requested − allocated by just that.`,
    },
  ];
}
