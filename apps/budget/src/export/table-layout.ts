import type { BudgetItemKind, BudgetItemState } from '#libs/contracts';
import type { Unit } from '../import/tables/unit.js';

/** What a cell of an exported row holds: a text, whole đồng, a row number, or nothing. */
export type CellValue = string | number | null;

export interface ExportColumn {
  header: string;
  /** Words above the header, for columns that belong together. */
  above?: string;
  /** Width in characters. */
  width: number;
  role: 'number' | 'text' | 'centred' | 'money';
  value: (item: BudgetItemState) => CellValue;
}

/** One table: the items of a kind and fiscal year, in the order of their numbers. */
export interface ExportTable {
  kind: BudgetItemKind;
  fiscalYear: number;
  items: BudgetItemState[];
  columns: ExportColumn[];
}

/** Projects are printed in million đồng, activities in đồng, as the province's reports do. */
export const PRINTED_UNIT: Readonly<Record<BudgetItemKind, Unit>> = {
  project: 'million-dong',
  activity: 'dong',
};

/** Items by kind and fiscal year: each group is a table; projects first, as reports have them. */
export function tablesOf(items: readonly BudgetItemState[]): ExportTable[] {
  const lists = Map.groupBy(items, ({ kind, fiscalYear }) => `${fiscalYear} ${kind === 'project' ? 0 : 1}`);
  return [...lists]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, list]) => {
      const { kind, fiscalYear } = list[0]!;
      const ordered = inGroups(list.toSorted(byNumber));
      return {
        kind,
        fiscalYear,
        items: ordered,
        columns: withCodes(ordered, kind === 'project' ? projectColumns(ordered) : ACTIVITY_COLUMNS),
      };
    });
}

/** Items without a number come last, in the order of entry. */
function byNumber(one: BudgetItemState, other: BudgetItemState): number {
  return (one.number ?? Infinity) - (other.number ?? Infinity) || (one.id < other.id ? -1 : 1);
}

/** Items under one heading stand together, where the first of them would stand. */
function inGroups(items: readonly BudgetItemState[]): BudgetItemState[] {
  return [...Map.groupBy(items, ({ group }) => group).values()].flat();
}

const NUMBER: ExportColumn = {
  header: 'STT',
  width: 6,
  role: 'number',
  value: ({ number }) => number,
};
/** Tells items with equal names apart, also when the file is imported again. */
export const CODE: ExportColumn = { header: 'Mã', width: 14, role: 'text', value: ({ code }) => code };
const NOTE: ExportColumn = { header: 'Ghi chú', width: 24, role: 'text', value: ({ note }) => note };

/** The reports' tables have no codes: a table has the column, behind the name, when an item in it has a code. */
function withCodes(items: readonly BudgetItemState[], columns: readonly ExportColumn[]): ExportColumn[] {
  const isCoded = items.some(({ code }) => code !== null);
  return isCoded ? columns.toSpliced(2, 0, CODE) : [...columns];
}

/** The columns of a table that is still to be filled in. */
export function emptyColumns(kind: BudgetItemKind): readonly ExportColumn[] {
  return kind === 'project' ? projectColumns([]) : ACTIVITY_COLUMNS;
}

function projectColumns(items: readonly BudgetItemState[]): ExportColumn[] {
  const years = [...new Set(items.flatMap(({ plannedByYear }) => Object.keys(plannedByYear)))].sort();
  return [
    NUMBER,
    { header: 'Tên dự án', width: 44, role: 'text', value: ({ name }) => name },
    { header: 'Chủ đầu tư', width: 24, role: 'text', value: ({ owner }) => owner.name },
    {
      header: 'Thời gian thực hiện',
      width: 13,
      role: 'centred',
      value: ({ years: term }) => (term === null ? null : `${term.from} - ${term.to}`),
    },
    {
      header: 'Tổng kinh phí',
      above: 'Kinh phí',
      width: 14,
      role: 'money',
      value: ({ totalCost }) => totalCost,
    },
    ...years.map((year): ExportColumn => ({
      header: `Năm ${year}`,
      above: 'Kinh phí',
      width: 14,
      role: 'money',
      value: ({ plannedByYear }) => plannedByYear[year] ?? null,
    })),
    { header: 'Tiến độ thực hiện', width: 44, role: 'text', value: ({ progressPhrase }) => progressPhrase },
    NOTE,
  ];
}

const ACTIVITY_COLUMNS: ExportColumn[] = [
  NUMBER,
  { header: 'Tên nhiệm vụ', width: 40, role: 'text', value: ({ name }) => name },
  { header: 'Cơ quan chủ trì', width: 22, role: 'text', value: ({ owner }) => owner.name },
  {
    header: 'Nhu cầu kinh phí',
    above: 'Kinh phí',
    width: 17,
    role: 'money',
    value: ({ requested }) => requested,
  },
  {
    header: 'Kinh phí đã cấp',
    above: 'Kinh phí',
    width: 17,
    role: 'money',
    value: ({ allocated }) => allocated,
  },
  {
    header: 'Xem xét cấp bổ sung kinh phí',
    above: 'Kinh phí',
    width: 17,
    role: 'money',
    value: ({ supplement }) => supplement,
  },
  { header: 'Tiến độ hiện nay', width: 44, role: 'text', value: ({ progressPhrase }) => progressPhrase },
  NOTE,
];
