import { foldVietnamese } from '#libs/http';

/** What an amount of 1 in a table stands for. */
export const UNITS = ['dong', 'thousand-dong', 'million-dong', 'billion-dong'] as const;
export type Unit = (typeof UNITS)[number];

export const UNIT_WORDS: Readonly<Record<Unit, string>> = {
  dong: 'đồng',
  'thousand-dong': 'nghìn đồng',
  'million-dong': 'triệu đồng',
  'billion-dong': 'tỷ đồng',
};

const BY_WORD: Readonly<Record<string, Unit>> = {
  '': 'dong',
  nghin: 'thousand-dong',
  ngan: 'thousand-dong',
  '1000': 'thousand-dong',
  '1.000': 'thousand-dong',
  trieu: 'million-dong',
  ty: 'billion-dong',
  ti: 'billion-dong',
};

const WORD = String.raw`(nghin|ngan|1\.?000|trieu|t[yi])?\s*dong\b`;
const CAPTION = new RegExp(String.raw`\b(?:dvt|don vi tinh|don vi)\s*:?\s*${WORD}`);
const HEADER = new RegExp(String.raw`\(\s*(?:dvt\s*:?\s*)?${WORD}\s*\)`);

/** Zeros that the unit stands for. */
export function powerOf(unit: Unit): number {
  return 3 * UNITS.indexOf(unit);
}

/** The unit that a line above a table names ("ĐVT: Triệu đồng", "DVT: Đồng"); null: it names none. */
export function unitOfCaption(text: string): Unit | null {
  return matched(CAPTION, text);
}

/** The unit that a column's header names in brackets ("Tổng kinh phí (triệu đồng)"). */
export function unitOfHeader(text: string): Unit | null {
  return matched(HEADER, text);
}

function matched(pattern: RegExp, text: string): Unit | null {
  const found = pattern.exec(foldVietnamese(text));
  return found ? (BY_WORD[found[1] ?? ''] ?? null) : null;
}
