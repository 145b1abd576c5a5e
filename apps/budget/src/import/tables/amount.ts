import { quoted, type SheetCell } from '#libs/workbooks';
import { MAX_MONEY } from '../../items/item-money.js';
import type { RemarkCode } from '../faults.js';
import { powerOf, type Unit, UNIT_WORDS } from './unit.js';

/** Whole đồng; null: the cell is blank, which is "not determined" and not 0. */
export type AmountResult =
  { dong: number | null } | { fault: RemarkCode; parameters: Record<string, string | number> };

/** 14.755 · 20.481,6 · 40617142156: dots between thousands, a comma before decimals. */
const VIETNAMESE = /^(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?$/;
const PLAIN = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * What a cell with an amount says, exactly: no binary fraction is ever multiplied.
 *
 * @param unit what one of the amounts stands for
 */
export function readAmount(cell: SheetCell | null, unit: Unit): AmountResult {
  const written = cell?.text.trim() ?? '';
  if (written === '') return { dong: null };
  const value = quoted(written);
  const negative = /^[-−]\s*\d/.test(written);
  if (negative) return { fault: 'amount-negative', parameters: { value } };
  const decimal = cell?.numeric ? plainDigits(written) : fromVietnamese(written);
  if (decimal === null) return { fault: 'not-an-amount', parameters: { value } };
  if (!cell?.numeric && unit !== 'dong' && /^\d{1,3},\d{3}$/.test(written)) {
    const parameters = { value, thousands: written.replace(',', '.'), decimals: `${written}0` };
    return { fault: 'amount-ambiguous', parameters };
  }
  const dong = inDong(decimal, unit);
  if (dong === null) return { fault: 'amount-not-whole', parameters: { value, unit: UNIT_WORDS[unit] } };
  if (dong > MAX_MONEY) {
    return { fault: 'amount-too-large', parameters: { value, unit: UNIT_WORDS[unit], max: MAX_MONEY } };
  }
  return { dong };
}

/** A number as the file has it, such as 20481.6 or 2.04816E4; null when it is none. */
function plainDigits(written: string): string | null {
  const value = Number(written);
  if (!Number.isFinite(value)) return null;
  // The shortest digits that mean the same number: programs write 20481.6 as 20481.599999999999.
  const shortest = String(value);
  return PLAIN.test(shortest) ? shortest : null;
}

function fromVietnamese(written: string): string | null {
  return VIETNAMESE.test(written) ? written.replaceAll('.', '').replace(',', '.') : null;
}

/** Null when it is not a whole number of đồng. */
function inDong(decimal: string, unit: Unit): number | null {
  const [whole = '', fraction = ''] = decimal.split('.');
  const power = powerOf(unit);
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > power) return null;
  // Digits beyond what a number keeps exactly are far above the greatest amount anyway.
  return Number(whole + significant.padEnd(power, '0'));
}

/** 20481600000 in million đồng → 20.481,6 */
export function writeAmount(dong: number, unit: Unit): string {
  const power = powerOf(unit);
  const digits = String(Math.abs(dong)).padStart(power + 1, '0');
  const whole = digits.slice(0, digits.length - power).replace(/\B(?=(\d{3})+$)/g, '.');
  const fraction = digits.slice(digits.length - power).replace(/0+$/, '');
  return `${dong < 0 ? '−' : ''}${whole}${fraction === '' ? '' : `,${fraction}`}`;
}
