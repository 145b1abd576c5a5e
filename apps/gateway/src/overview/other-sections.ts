import type { StaffingSection, StaffingUnitState } from '#libs/contracts';

export function staffingSection(
  units: Iterable<StaffingUnitState>,
  sourceTime: string | null,
): Omit<StaffingSection, 'training' | 'support'> {
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
