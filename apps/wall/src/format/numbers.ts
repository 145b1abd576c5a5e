const WHOLE = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 0 });
const ONE_DECIMAL = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 });

const MILLION = 1_000_000;
const BILLION = 1_000_000_000;

/** Vietnamese for a value that somebody still has to determine. */
export const NOT_DETERMINED = 'Chưa xác định';

/** 1234567 → "1.234.567". */
export function formatCount(value: number): string {
  return WHOLE.format(value);
}

/** A figure and its unit, apart so that the figure can be set larger. */
export interface Amount {
  figure: string;
  unit: string;
}

/**
 * Money (whole đồng) as leaders read it: "36,9 tỷ đồng"; below 1 tỷ "850 triệu đồng"; below 1 triệu "950.000 đồng".
 * The unit is chosen after rounding, so that 999.960.000 is "1 tỷ đồng" and not "1.000 triệu đồng".
 */
export function moneyAmount(dong: number): Amount {
  const size = Math.abs(dong);
  if (roundToTenth(size / MILLION) >= 1000)
    return { figure: ONE_DECIMAL.format(dong / BILLION), unit: 'tỷ đồng' };
  if (size >= MILLION) return { figure: ONE_DECIMAL.format(dong / MILLION), unit: 'triệu đồng' };
  return { figure: WHOLE.format(dong), unit: 'đồng' };
}

/** {@link moneyAmount} in one text. */
export function formatMoney(dong: number): string {
  const { figure, unit } = moneyAmount(dong);
  return `${figure} ${unit}`;
}

function roundToTenth(value: number): number {
  return Math.round(value * 10) / 10;
}
