import { addDays, type Day, type WorkingCalendar } from '#libs/calendar';
import type { ReminderSettings } from './reminder-settings.js';

/** A day on which the calendar of a due date has a reminder. */
export interface ReminderStep {
  /** `before-5`: 5 working days before; `overdue-7`: 7 days after the last day. */
  name: string;
  plannedOn: Day;
  overdue: boolean;
}

/**
 * The calendar of reminders that follows from a last day alone: working days before it, then days after it at growing
 * intervals. A reminder of something overdue that falls on a day off waits for the next working day, where it may meet
 * the following one; the later of them counts.
 */
export class ReminderSchedule {
  constructor(
    private readonly settings: ReminderSettings,
    private readonly calendar: WorkingCalendar,
  ) {}

  /** Steps planned up to and including a day, in their order. */
  until(lastDay: Day, day: Day): ReminderStep[] {
    const steps: ReminderStep[] = [];
    for (const step of this.steps(lastDay)) {
      if (step.plannedOn > day) break;
      steps.push(step);
    }
    return steps;
  }

  /** Day of the first step after a day. */
  nextAfter(lastDay: Day, day: Day): Day {
    for (const { plannedOn } of this.steps(lastDay)) {
      if (plannedOn > day) return plannedOn;
    }
    throw new Error('the steps of a calendar have an end');
  }

  /** The latest last day whose calendar has begun on a day. */
  latestBegun(day: Day): Day {
    return this.calendar.lastDayWithin(day, this.settings.before[0] ?? 0);
  }

  /** Without end: the intervals double for ever. */
  private *steps(lastDay: Day): Iterable<ReminderStep> {
    for (const days of this.settings.before) {
      const plannedOn = this.calendar.addWorkingDays(lastDay, -days);
      yield { name: `before-${days}`, plannedOn, overdue: false };
    }
    for (const days of growing(this.settings.overdue)) {
      const plannedOn = this.calendar.workingDayOnOrAfter(addDays(lastDay, days));
      yield { name: `overdue-${days}`, plannedOn, overdue: true };
    }
  }
}

function* growing(days: readonly number[]): Iterable<number> {
  yield* days;
  for (let next = 2 * (days.at(-1) ?? 0.5); ; next *= 2) yield next;
}
