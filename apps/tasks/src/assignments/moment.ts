import { Injectable } from '@nestjs/common';
import { addDays, Clock, type Day, daysBetween, WorkingCalendar } from '#libs/calendar';
import { fieldProblem } from '#libs/http';
import { MAX_THRESHOLD } from '../directives/directive.requests.js';

/** When tasks are looked at. */
export interface Moment {
  /** Day (Asia/Ho_Chi_Minh) whose timeliness is computed: today, or a past day, at its end. */
  day: Day;
  /** Whether the present is asked for; then nothing of the past is read. */
  live: boolean;
  /** How long ago that day is; 0 for the present. */
  daysAgo: number;
  /** For each threshold from 0 to 60 working days: the last day that is due soon. */
  dueSoonUntil: readonly Day[];
}

/** Days whose bounds are kept. */
const CAPACITY = 1_000;

/** Makes out which day is meant. */
@Injectable()
export class Moments {
  private readonly bounds = new Map<Day, readonly Day[]>();

  constructor(
    private readonly clock: Clock,
    private readonly calendar: WorkingCalendar,
  ) {}

  /**
   * @param asOf the end of this day; undefined, or today: the present
   * @throws problem `validation-failed` for a day in the future
   */
  at(asOf: Day | undefined): Moment {
    const today = this.clock.today();
    if (asOf !== undefined && asOf > today) {
      throw fieldProblem({ field: 'asOf', code: 'too-large', parameters: { max: today } });
    }
    const day = asOf ?? today;
    return {
      day,
      live: day === today,
      daysAgo: daysBetween(day, today),
      dueSoonUntil: this.dueSoonUntil(day),
    };
  }

  private dueSoonUntil(day: Day): readonly Day[] {
    const known = this.bounds.get(day);
    if (known) return known;
    if (this.bounds.size >= CAPACITY) this.bounds.clear();
    const made = dueSoonBounds(day, this.calendar);
    this.bounds.set(day, made);
    return made;
  }
}

/** `calendar.lastDayWithin(day, threshold)` for each threshold, in one walk over the calendar. */
export function dueSoonBounds(day: Day, calendar: WorkingCalendar): Day[] {
  const bounds: Day[] = [];
  let current = day;
  while (bounds.length <= MAX_THRESHOLD) {
    const next = addDays(current, 1);
    if (calendar.isWorkingDay(next)) bounds.push(current);
    current = next;
  }
  return bounds;
}
