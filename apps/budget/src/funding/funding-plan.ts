import type { BudgetItemState, BudgetLineState, MoneyForm, MoneySource } from '#libs/contracts';
import { fieldProblem, type Texts } from '#libs/http';

/** A line as it is planned. */
export interface PlannedLine {
  source: MoneySource;
  year: number | null;
  form: MoneyForm;
  /** Whole đồng. */
  planned: number;
}

export function placeOf({ source, year, form }: Pick<PlannedLine, 'source' | 'year' | 'form'>): string {
  return [source, year, form].join(' ');
}

export function hasEntries(line: BudgetLineState): boolean {
  return [line.requested, line.appraised, line.approved, line.allocated, line.disbursed, line.settled].some(
    (amount) => amount > 0,
  );
}

/** Amounts by year of all sources together; lines without a year are left out. */
export function plannedByYear(lines: readonly PlannedLine[]): Record<string, number> {
  const years: Record<string, number> = {};
  for (const { year, planned } of lines) {
    if (year !== null) years[year] = (years[year] ?? 0) + planned;
  }
  return years;
}

/**
 * The total cost of a project that a plan stands for: the one given, else the one it has, else what the lines add up to.
 *
 * @throws problem `validation-failed` when the sources do not add up to it, or a place comes twice
 */
export function checkedTotal(
  item: BudgetItemState,
  lines: readonly PlannedLine[],
  given: number | undefined,
): number | null {
  const places = lines.map(placeOf);
  const twice = places.findIndex((place, index) => places.indexOf(place) !== index);
  if (twice >= 0) throw fieldProblem({ field: `lines[${twice}]`, code: 'duplicate' });
  if (item.kind === 'activity') {
    if (given !== undefined)
      throw fieldProblem({ field: 'totalCost', code: 'other-kind', texts: OTHER_KIND });
    return null;
  }
  const sum = lines.reduce((total, { planned }) => total + planned, 0);
  const total = given ?? item.totalCost ?? sum;
  if (lines.length > 0 && sum !== total) {
    throw fieldProblem({ field: 'lines', code: 'sources-add-up', texts: notTheTotal(sum, total) });
  }
  return total;
}

const OTHER_KIND: Texts = {
  vi: 'Nhiệm vụ không có tổng kinh phí.',
  en: 'An activity has no total cost.',
};

function notTheTotal(sum: number, total: number): Texts {
  return {
    vi: `Các nguồn cộng lại ${sum} đồng, khác tổng kinh phí ${total} đồng.`,
    en: `The sources add up to ${sum} đồng, not to the total cost of ${total} đồng.`,
  };
}
