import type { BudgetItemState } from '#libs/contracts';
import { guarded } from '#libs/workbooks';
import { CODE, type ExportColumn, tablesOf } from './table-layout.js';

/**
 * The list as CSV (RFC 4180, UTF-8 with its mark): a table for each kind and fiscal year, a blank line between them, all
 * amounts in whole đồng. Can be imported as it is.
 */
export async function itemsCsv(items: readonly BudgetItemState[]): Promise<Buffer> {
  const { stringify } = await import('csv-stringify/sync');
  const tables = tablesOf(items).map(({ columns, items: rows }) => {
    const all = [...LEADING, ...columns.filter((column) => column !== CODE)];
    const heads = all.map(({ header, role }) => (role === 'money' ? `${header} (đồng)` : header));
    const records = [heads, ...rows.map((item) => all.map(({ value }) => guarded(value(item))))];
    return stringify(records, { record_delimiter: '\r\n' });
  });
  return Buffer.from(`\ufeff${tables.join('\r\n')}`, 'utf8');
}

const LEADING: readonly ExportColumn[] = [
  { header: 'Năm ngân sách', width: 0, role: 'number', value: ({ fiscalYear }) => fiscalYear },
  CODE,
  { header: 'Thuộc nhóm', width: 0, role: 'text', value: ({ group }) => group },
];
