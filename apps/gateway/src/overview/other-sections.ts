import type {
  BudgetItemState,
  BudgetSection,
  RegistryEntryState,
  RegistrySection,
  StaffingSection,
  StaffingUnitState,
} from '#libs/contracts';

/** Figures of one fiscal year, whole đồng. An amount that is not determined adds nothing. */
export function budgetSection(
  items: Iterable<BudgetItemState>,
  year: number,
  sourceTime: string | null,
): BudgetSection {
  const projects = { count: 0, totalCost: 0, plannedByYear: {} as Record<string, number> };
  const activities = { count: 0, requested: 0, allocated: 0, supplement: 0 };
  for (const item of items) {
    if (item.fiscalYear !== year) continue;
    if (item.kind === 'project') {
      projects.count += 1;
      projects.totalCost += item.totalCost ?? 0;
      for (const [plannedYear, amount] of Object.entries(item.plannedByYear)) {
        projects.plannedByYear[plannedYear] = (projects.plannedByYear[plannedYear] ?? 0) + amount;
      }
    } else {
      activities.count += 1;
      activities.requested += item.requested ?? 0;
      activities.allocated += item.allocated ?? 0;
      activities.supplement += item.supplement ?? 0;
    }
  }
  return { year, projects, activities, sourceTime };
}

export function registrySection(
  databases: Iterable<RegistryEntryState<string>>,
  systems: Iterable<RegistryEntryState<string>>,
  sourceTime: string | null,
): RegistrySection {
  return { databases: byLifecycle(databases), systems: byLifecycle(systems), sourceTime };
}

function byLifecycle(entries: Iterable<RegistryEntryState<string>>): RegistrySection['databases'] {
  const counts: Record<string, number> = {};
  let total = 0;
  for (const { lifecycle } of entries) {
    total += 1;
    counts[lifecycle] = (counts[lifecycle] ?? 0) + 1;
  }
  return { total, byLifecycle: counts };
}

export function staffingSection(
  units: Iterable<StaffingUnitState>,
  sourceTime: string | null,
): StaffingSection {
  const byUnit = [...units]
    .sort((one, other) => one.code.localeCompare(other.code))
    .map(({ code, name, kind, headCount }) => ({
      code,
      name,
      kind,
      headCount: headCount?.itStaff ?? null,
      reportedAt: headCount?.reportedAt ?? null,
    }));
  const reported = byUnit.filter((unit) => unit.headCount !== null);
  return {
    units: { total: byUnit.length, answered: reported.length },
    // Nobody has answered: that is "not determined", not zero.
    itStaff: reported.length === 0 ? null : reported.reduce((sum, unit) => sum + (unit.headCount ?? 0), 0),
    byUnit,
    sourceTime,
  };
}
