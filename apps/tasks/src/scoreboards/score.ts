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

/** A part of a score: of some tasks, or what changes add to it and take away from it. */
export interface Tally extends Omit<Score, 'overdue'> {
  tasks: number;
  /** Days overdue of each overdue task, negative where one is taken away; null for none. */
  late: number[] | null;
}

/** The score that tallies add up to; undefined when no task is left in it. */
export function scoreOf(tallies: readonly Tally[]): Score | undefined {
  const score = { ...NO_SCORE, overdue: { ...NO_SCORE.overdue } };
  const late = new Map<number, number>();
  let tasks = 0;
  for (const tally of tallies) {
    tasks += tally.tasks;
    addCounts(score, tally);
    for (const days of tally.late ?? []) {
      late.set(Math.abs(days), (late.get(Math.abs(days)) ?? 0) + Math.sign(days));
    }
  }
  for (const [days, count] of late) {
    score.overdue.count += count;
    score.overdue.totalDays += count * days;
    if (count > 0) score.overdue.longestDays = Math.max(score.overdue.longestDays, days);
  }
  return tasks === 0 ? undefined : score;
}

/** Of several that have no task in common. */
export function sumOfScores(scores: Iterable<Score>): Score {
  const sum = { ...NO_SCORE, overdue: { ...NO_SCORE.overdue } };
  for (const score of scores) {
    addCounts(sum, score);
    sum.overdue.count += score.overdue.count;
    sum.overdue.totalDays += score.overdue.totalDays;
    sum.overdue.longestDays = Math.max(sum.overdue.longestDays, score.overdue.longestDays);
  }
  return sum;
}

function addCounts(sum: Score, added: Omit<Score, 'overdue'>): void {
  sum.given += added.given;
  sum.completedOnTime += added.completedOnTime;
  sum.completedLate += added.completedLate;
  sum.completedWithoutDate += added.completedWithoutDate;
  sum.dueSoon += added.dueSoon;
  sum.onTrack += added.onTrack;
  sum.withoutDate += added.withoutDate;
  sum.extensions += added.extensions;
}

/** The most overdue first, then the longest; equal ones in the order of their keys. */
export function worstFirst<Row extends { score: Score }>(keyOf: (row: Row) => string) {
  return (one: Row, other: Row): number =>
    other.score.overdue.count - one.score.overdue.count ||
    other.score.overdue.totalDays - one.score.overdue.totalDays ||
    (keyOf(one) < keyOf(other) ? -1 : 1);
}
