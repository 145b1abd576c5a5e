import type { BudgetItemKind } from '#libs/contracts';
import { foldVietnamese } from '#libs/http';

/** What a column holds; `plan` columns are told apart by their year. */
export const FIELDS = [
  'fiscalYear',
  'number',
  'code',
  'name',
  'owner',
  'group',
  'years',
  'totalCost',
  'plan',
  'requested',
  'allocated',
  'supplement',
  'progressPhrase',
  'note',
] as const;
export type Field = (typeof FIELDS)[number];

export interface ColumnMeaning {
  field: Field;
  /** Year of a `plan` column. */
  year: number | null;
  /** Kind of table that only such a column has; null: either. */
  kind: BudgetItemKind | null;
}

/** Headers by their words, without diacritics, marks and units. */
const HEADERS: readonly [RegExp, Field, BudgetItemKind | null][] = [
  [/^nam ngan sach$/, 'fiscalYear', null],
  [/^(stt|tt|so tt|so thu tu)$/, 'number', null],
  [/^ma( so)?( (du an|nhiem vu))?$/, 'code', null],
  [/^(ten |danh muc )?du an$/, 'name', 'project'],
  [/^(ten |noi dung )?nhiem vu$/, 'name', 'activity'],
  [/^chu dau tu$/, 'owner', 'project'],
  [/^(co quan|don vi) chu tri$/, 'owner', null],
  [/^(thuoc nhom|nhom nhiem vu)$/, 'group', null],
  [/^thoi gian( thuc hien)?$/, 'years', 'project'],
  [/^tong (kinh phi|muc dau tu|von dau tu|von)$/, 'totalCost', 'project'],
  [/^nhu cau( kinh phi)?$/, 'requested', 'activity'],
  [/^(kinh phi )?da (cap|phan bo)$/, 'allocated', 'activity'],
  [/^(xem xet )?cap bo sung( kinh phi)?$/, 'supplement', 'activity'],
  [/^tien do( (thuc hien|hien nay))?$/, 'progressPhrase', null],
  [/^ghi chu$/, 'note', null],
];
const PLAN = /^(?:(?:ke hoach|kinh phi|von|du kien)\s)*(?:nam )?(20\d\d)$/;

/** Longer than any header; most cells of a file are no headers, and need not be looked at twice. */
const MAX_HEADER = 80;

/** What a header means; null: none that is known. */
export function meaningOf(header: string): ColumnMeaning | null {
  if (header === '' || header.length > MAX_HEADER) return null;
  const words = foldVietnamese(header)
    .replace(/\([^)]*\)/g, ' ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  const plan = PLAN.exec(words);
  if (plan) return { field: 'plan', year: Number(plan[1]), kind: 'project' };
  const known = HEADERS.find(([pattern]) => pattern.test(words));
  return known ? { field: known[1], year: null, kind: known[2] } : null;
}

export const MONEY_FIELDS: ReadonlySet<Field> = new Set([
  'totalCost',
  'plan',
  'requested',
  'allocated',
  'supplement',
]);
