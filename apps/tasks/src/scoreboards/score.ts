import type { Day } from '#libs/calendar';

/**
 * What a scoreboard speaks of. What happened (given, completed, extended) is counted by its day in the window, both ends
 * included; what stands (overdue, due soon …) as it stood at the end of `asOf`.
 */
export interface ScoreWindow {
  /** Null: from the beginning. */
  from: Day | null;
  to: Day;
  /** Not before `to`. */
  asOf: Day;
}

/** Tasks that stood overdue, in whole calendar days from the last day to the day looked at. */
export interface OverdueScore {
  count: number;
  totalDays: number;
  longestDays: number;
}

export interface Score {
  /** Tasks given in the window: by the directive, or where its day is not known when they were entered. */
  given: number;
  /** Tasks whose confirmed evidence is of a day in the window, not later than the last day. */
  completedOnTime: number;
  /** As above, later than the last day. */
  completedLate: number;
  /** As above, of tasks without a date. */
  completedWithoutDate: number;
  overdue: OverdueScore;
  dueSoon: number;
  onTrack: number;
  /** Open ones without a date, and suspended ones. */
  withoutDate: number;
  /** Extensions granted in the window. */
  extensions: number;
}

export const NO_SCORE: Score = {
  given: 0,
  completedOnTime: 0,
  completedLate: 0,
  completedWithoutDate: 0,
  overdue: { count: 0, totalDays: 0, longestDays: 0 },
  dueSoon: 0,
  onTrack: 0,
  withoutDate: 0,
  extensions: 0,
};

/** Of several that have no task in common. */
export function sumOfScores(scores: Iterable<Score>): Score {
  const sum = { ...NO_SCORE, overdue: { ...NO_SCORE.overdue } };
  for (const score of scores) {
    sum.given += score.given;
    sum.completedOnTime += score.completedOnTime;
    sum.completedLate += score.completedLate;
    sum.completedWithoutDate += score.completedWithoutDate;
    sum.overdue.count += score.overdue.count;
    sum.overdue.totalDays += score.overdue.totalDays;
    sum.overdue.longestDays = Math.max(sum.overdue.longestDays, score.overdue.longestDays);
    sum.dueSoon += score.dueSoon;
    sum.onTrack += score.onTrack;
    sum.withoutDate += score.withoutDate;
    sum.extensions += score.extensions;
  }
  return sum;
}

/** The most overdue first, then the longest; equal ones in the order of their keys. */
export function worstFirst<Row extends { score: Score }>(keyOf: (row: Row) => string) {
  return (one: Row, other: Row): number =>
    other.score.overdue.count - one.score.overdue.count ||
    other.score.overdue.totalDays - one.score.overdue.totalDays ||
    (keyOf(one) < keyOf(other) ? -1 : 1);
}
