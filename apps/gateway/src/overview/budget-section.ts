import {
  type AgencyBudget,
  type BudgetAmounts,
  type BudgetItemState,
  type BudgetSection,
  type PartnershipPart,
} from '#libs/contracts';

/** Money of an item whose sources are not known. */
const NOT_DETERMINED = 'not-determined';

/** Money of an item in one year from one source. */
interface Money extends BudgetAmounts {
  source: string;
}

/** Figures of one fiscal year, whole đồng. An amount that is not determined adds nothing. */
export function budgetSection(
  items: Iterable<BudgetItemState>,
  year: number,
  sourceTime: string | null,
): BudgetSection {
  const all = [...items];
  const ofYear = all.filter(({ fiscalYear }) => fiscalYear === year);
  const money = all.map((item) => ({ item, money: moneyOf(item, year) }));
  return {
    year,
    years: [...new Set(all.map(({ fiscalYear }) => fiscalYear))].sort((one, other) => one - other),
    projects: projectsOf(ofYear),
    activities: activitiesOf(ofYear),
    bySource: bySource(money.flatMap((one) => one.money)),
    byStage: byStage(ofYear),
    byAgency: byAgency(money),
    disbursed: sum(money.flatMap((one) => one.money).map(({ disbursed }) => disbursed)),
    ppp: partnershipsOf(ofYear),
    sourceTime,
  };
}

function projectsOf(items: readonly BudgetItemState[]): BudgetSection['projects'] {
  const projects = items.filter(({ kind }) => kind === 'project');
  const plannedByYear: Record<string, number> = {};
  for (const [year, amount] of projects.flatMap((project) => Object.entries(project.plannedByYear))) {
    plannedByYear[year] = (plannedByYear[year] ?? 0) + amount;
  }
  return {
    count: projects.length,
    totalCost: sum(projects.map(({ totalCost }) => totalCost)),
    plannedByYear,
  };
}

function activitiesOf(items: readonly BudgetItemState[]): BudgetSection['activities'] {
  const activities = items.filter(({ kind }) => kind === 'activity');
  return {
    count: activities.length,
    requested: sum(activities.map(({ requested }) => requested)),
    allocated: sum(activities.map(({ allocated }) => allocated)),
    supplement: sum(activities.map(({ supplement }) => supplement)),
  };
}

/**
 * Money of an item in the year. Its lines, or the figures as reported while it has none; the events of before there were
 * lines do not have the field.
 */
function moneyOf(item: BudgetItemState, year: number): Money[] {
  const { lines = [] } = item as Partial<BudgetItemState>;
  if (lines.length > 0) return lines.filter((line) => line.year === year);
  const planned = item.plannedByYear[String(year)] ?? 0;
  const isOfYear = item.fiscalYear === year;
  const requested = (isOfYear ? item.requested : null) ?? 0;
  const allocated = (isOfYear ? item.allocated : null) ?? 0;
  if (planned + requested + allocated === 0) return [];
  return [{ source: NOT_DETERMINED, planned, requested, allocated, disbursed: 0 }];
}

function bySource(money: readonly Money[]): BudgetSection['bySource'] {
  const sources: Record<string, BudgetAmounts> = {};
  for (const { source, ...amounts } of money) sources[source] = plus(sources[source], amounts);
  return sources;
}

function byStage(items: readonly BudgetItemState[]): BudgetSection['byStage'] {
  const stages: Record<string, number> = {};
  for (const { stage = null } of items as readonly Partial<BudgetItemState>[]) {
    const name = stage?.stage ?? NOT_DETERMINED;
    stages[name] = (stages[name] ?? 0) + 1;
  }
  return stages;
}

function byAgency(items: readonly { item: BudgetItemState; money: Money[] }[]): AgencyBudget[] {
  const agencies = new Map<string, AgencyBudget>();
  for (const { item, money } of items) {
    if (money.length === 0) continue;
    const key = item.owner.code ?? item.owner.name;
    const known = agencies.get(key);
    const amounts = money.reduce<BudgetAmounts>(plus, known ?? NOTHING);
    agencies.set(key, { agency: item.owner, items: (known?.items ?? 0) + 1, ...amounts });
  }
  return [...agencies.values()].sort(
    (one, other) => weightOf(other) - weightOf(one) || one.agency.name.localeCompare(other.agency.name),
  );
}

function weightOf({ requested, planned }: BudgetAmounts): number {
  return requested + planned;
}

function partnershipsOf(items: readonly BudgetItemState[]): BudgetSection['ppp'] {
  const partnerships = (items as readonly Partial<BudgetItemState>[])
    .map(({ partnership = null }) => partnership)
    .filter((partnership) => partnership !== null)
    .filter(({ status }) => status !== 'terminated');
  return {
    count: partnerships.length,
    statePart: sum(partnerships.map(({ statePart }) => wholeOf(statePart))),
    enterprisePart: sum(partnerships.map(({ enterprisePart }) => wholeOf(enterprisePart))),
  };
}

function wholeOf({ cash, inKind, technology }: PartnershipPart): number {
  return cash + inKind + technology;
}

const NOTHING: BudgetAmounts = { planned: 0, requested: 0, allocated: 0, disbursed: 0 };

function plus(one: BudgetAmounts | undefined, other: BudgetAmounts): BudgetAmounts {
  const { planned, requested, allocated, disbursed } = one ?? NOTHING;
  return {
    planned: planned + other.planned,
    requested: requested + other.requested,
    allocated: allocated + other.allocated,
    disbursed: disbursed + other.disbursed,
  };
}

function sum(amounts: readonly (number | null)[]): number {
  return amounts.reduce<number>((total, amount) => total + (amount ?? 0), 0);
}
