import { addDays, addMonths, type Day } from '#libs/calendar';

export const PERIOD_UNITS = ['month', 'quarter', 'year'] as const;
export type PeriodUnit = (typeof PERIOD_UNITS)[number];

/** A whole month, quarter or year. */
export interface Period {
  /** "2026-04", "2026-Q2", "2026". */
  name: string;
  from: Day;
  to: Day;
}

const MONTHS: Readonly<Record<PeriodUnit, number>> = { month: 1, quarter: 3, year: 12 };
/** More than that are no comparison any more; the latest are kept. */
const MOST = 60;

/**
 * The periods that a time touches, whole, the earliest first and at most 60.
 *
 * @param from null: from the beginning of the year in which the time ends; for years, four years before
 */
export function periodsBetween(unit: PeriodUnit, from: Day | null, to: Day): Period[] {
  const months = MONTHS[unit];
  const yearsBefore = unit === 'year' ? 4 : 0;
  const start = from ?? `${String(Number(to.slice(0, 4)) - yearsBefore).padStart(4, '0')}-01-01`;
  const month = Math.floor((Number(start.slice(5, 7)) - 1) / months) * months + 1;
  const first = `${start.slice(0, 4)}-${String(month).padStart(2, '0')}-01`;
  const periods: Period[] = [];
  for (let day = first; day <= to; day = addMonths(day, months)) {
    periods.push({ name: nameOf(unit, day), from: day, to: addDays(addMonths(day, months), -1) });
  }
  return periods.slice(-MOST);
}

function nameOf(unit: PeriodUnit, first: Day): string {
  if (unit === 'month') return first.slice(0, 7);
  if (unit === 'year') return first.slice(0, 4);
  return `${first.slice(0, 4)}-Q${Math.ceil(Number(first.slice(5, 7)) / 3)}`;
}
