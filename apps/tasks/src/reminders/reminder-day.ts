import { type Day, dayOf } from '#libs/calendar';

const HOUR = 3_600_000;

/** The day whose reminders may be sent at an instant: before the hour at which they go out it is still the day before. */
export function reminderDay(now: Date, hour: number): Day {
  return dayOf(new Date(now.getTime() - hour * HOUR));
}
