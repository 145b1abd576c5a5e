import { numberSetting, optionalSetting } from '#libs/http';

/** When reminders are sent; see the README for the variables. */
export class ReminderSettings {
  constructor(
    /** Working days before the last day, descending. */
    readonly before: readonly number[],
    /** Days after the last day, ascending; after the last of them the interval doubles again and again. */
    readonly overdue: readonly number[],
    /** Hour (Asia/Ho_Chi_Minh) from which the reminders of a day go out. */
    readonly hour: number,
  ) {}

  /** The same, with other days before the last one. */
  withBefore(before: readonly number[]): ReminderSettings {
    return new ReminderSettings(before, this.overdue, this.hour);
  }
}

export const DEFAULT_REMINDERS = new ReminderSettings([5, 3, 1], [1, 3, 7, 14, 30, 60], 7);

const MOST_STEPS = 20;
const LONGEST = 365;

/** @throws Error naming the variable and what it should be */
export function readReminderSettings(environment: NodeJS.ProcessEnv): ReminderSettings {
  const { before, overdue, hour } = DEFAULT_REMINDERS;
  return new ReminderSettings(
    (readDays(environment, 'REMINDER_WORKING_DAYS_BEFORE') ?? [...before]).sort((a, b) => b - a),
    (readDays(environment, 'REMINDER_DAYS_OVERDUE') ?? [...overdue]).sort((a, b) => a - b),
    numberSetting(environment, 'REMINDER_HOUR', { min: 0, max: 23, otherwise: hour }),
  );
}

function readDays(environment: NodeJS.ProcessEnv, name: string): number[] | undefined {
  const text = optionalSetting(environment, name);
  if (text === undefined) return undefined;
  const days = text.split(',').map((part) => Number(part.trim() || Number.NaN));
  const good = days.every((day) => Number.isInteger(day) && day >= 1 && day <= LONGEST);
  if (good && new Set(days).size === days.length && days.length <= MOST_STEPS) return days;
  throw new Error(`${name} is "${text}"; set it to different whole numbers of days like "5,3,1".`);
}
