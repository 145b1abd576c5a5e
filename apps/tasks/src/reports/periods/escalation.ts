import { dayOf, type WorkingCalendar } from '#libs/calendar';
import type { EscalationLevel } from '#libs/contracts';
import { instantAt } from '../duties/due-periods.js';
import type { Period } from './period.entity.js';

/** Steps are taken from this time of their day on (Asia/Ho_Chi_Minh): nobody is written to in the night. */
const OFFICE_OPENS = '08:00';

/** A step that a missing report leads to, and when. */
export interface DueStep {
  /** 0: the reminder of the agency; from 1 on: the escalation. */
  step: number;
  level: 'agency' | EscalationLevel;
  dueAt: Date;
}

/**
 * When a report that stays missing is reminded of, and when each level is told. Counted in working days from the last
 * day, or from the day on which the service opened the period when that is later: nobody is accused before a period was
 * there to be answered as long as the grace is.
 */
export function stepsOf(
  period: Pick<Period, 'lastDay' | 'openedAt' | 'graceWorkingDays' | 'escalation'>,
  calendar: WorkingCalendar,
): DueStep[] {
  const openedOn = dayOf(period.openedAt);
  let day = period.lastDay < openedOn ? openedOn : period.lastDay;
  const levels = [
    { level: 'agency' as const, graceWorkingDays: period.graceWorkingDays },
    ...period.escalation,
  ];
  return levels.map(({ level, graceWorkingDays }, step) => {
    day = calendar.addWorkingDays(day, graceWorkingDays);
    return { step, level, dueAt: instantAt(day, OFFICE_OPENS) };
  });
}
