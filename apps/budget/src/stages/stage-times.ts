import type { WorkingCalendar } from '#libs/calendar';
import type { BudgetItemKind, BudgetStage, LegalRegime, ProjectGroup } from '#libs/contracts';
import { limitOf } from './stage-machine.js';

/**
 * no-limit: the law sets none that our sources give; in-time, overdue: the item is still there; left-in-time, left-late: it
 * has gone on.
 */
export const STAGE_TIMELINESS = ['no-limit', 'in-time', 'overdue', 'left-in-time', 'left-late'] as const;
export type StageTimeliness = (typeof STAGE_TIMELINESS)[number];

/** What decides how long a stage may take. */
export interface TimedItem {
  kind: BudgetItemKind;
  legalRegime: LegalRegime | null;
  projectGroup: ProjectGroup | null;
}

/**
 * Last day (yyyy-MM-dd) on which a stage is in time; null where the law sets none. The first day is not counted (Civil
 * Code art. 147).
 */
export function lastDayOf(
  { kind, legalRegime, projectGroup }: TimedItem,
  stage: BudgetStage,
  since: string,
  calendar: WorkingCalendar,
): string | null {
  const workingDays = limitOf(kind, stage, legalRegime, projectGroup);
  return workingDays === null ? null : calendar.endOfPeriod(since, { workingDays });
}

/** @param leftOn day on which the item went on; null while it is in the stage */
export function timelinessOf(lastDay: string | null, leftOn: string | null, today: string): StageTimeliness {
  if (lastDay === null) return 'no-limit';
  if (leftOn !== null) return leftOn <= lastDay ? 'left-in-time' : 'left-late';
  return today <= lastDay ? 'in-time' : 'overdue';
}
