import { Injectable } from '@nestjs/common';
import { addDays, Clock, type Day, dayOf } from '#libs/calendar';

/** Longest time in which another replica's change may be missing from a figure of today. */
const KEPT_MILLISECONDS = 1_000;
/** A transaction that began before midnight may enter its change of the day before a little after. */
const LATE_MILLISECONDS = 5 * 60_000;
/** Answers kept at most; the one that was not asked for longest goes first. */
const CAPACITY = 500;

interface Entry {
  day: Day;
  answer: Promise<unknown>;
  /** The day is over for good: the answer stays right. */
  isSettled: boolean;
  /** On the monotonic clock, milliseconds. */
  madeAt: number;
}

/**
 * Figures of a day, made once for all who ask at the same time. What is said of a past day is kept; what is said of today
 * is kept for a second, and dropped at once when this process changes a task.
 */
@Injectable()
export class DayCache {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly clock: Clock) {}

  /** @param key names the question; what is asked of another day, or may be seen by others, has another key */
  get<Answer>(day: Day, key: string, make: () => Promise<Answer>): Promise<Answer> {
    const name = `${day} ${key}`;
    const known = this.entries.get(name);
    if (known && (known.isSettled || performance.now() - known.madeAt < KEPT_MILLISECONDS)) {
      // Again the last one to be dropped.
      this.entries.delete(name);
      this.entries.set(name, known);
      return known.answer as Promise<Answer>;
    }
    const answer = make();
    const entry = { day, answer, isSettled: this.isSettled(day), madeAt: performance.now() };
    this.entries.set(name, entry);
    answer.catch(() => {
      if (this.entries.get(name) === entry) this.entries.delete(name);
    });
    const [oldest] = this.entries.keys();
    if (this.entries.size > CAPACITY && oldest !== undefined) this.entries.delete(oldest);
    return answer;
  }

  /** A task was changed on this day. */
  changed(on: Day): void {
    for (const [name, { day, isSettled }] of this.entries) {
      if (!isSettled || day >= on) this.entries.delete(name);
    }
  }

  /** The latest day that no change can be entered for any more. */
  get lastSettledDay(): Day {
    const lateUntil = new Date(this.clock.now().getTime() - LATE_MILLISECONDS);
    return addDays(dayOf(lateUntil), -1);
  }

  private isSettled(day: Day): boolean {
    return day <= this.lastSettledDay;
  }
}
