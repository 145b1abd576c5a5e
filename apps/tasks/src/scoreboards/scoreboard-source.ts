import type { ScoreWindow } from './score.js';

/** What an agency can also have missed. */
export const OMISSIONS = ['reportsMissed', 'explanationsUnanswered'] as const;
export type Omission = (typeof OMISSIONS)[number];

/**
 * Brings a figure of another part of the service onto the scoreboard of agencies. Any provider that extends this class is
 * found and asked.
 */
export abstract class ScoreboardSource {
  abstract readonly omission: Omission;

  /**
   * How often each agency missed it: what fell due in the window and was still missing at the end of `asOf`.
   *
   * @returns by agency code; agencies without any may be left out
   */
  abstract count(window: ScoreWindow): Promise<ReadonlyMap<string, number>>;
}
