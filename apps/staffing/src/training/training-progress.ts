import type { TrainingPlanEventState } from '#libs/contracts';

/** Only the owner's report makes a plan finished, so that the sessions alone are never all of it. */
const MOST_BEFORE_REPORT = 99;

/** Progress of a plan, percent; null: nothing to count. The rule is told at `progressPercent` of the state. */
export function trainingProgress({
  state,
  sessions,
}: Pick<TrainingPlanEventState, 'state' | 'sessions'>): number | null {
  if (state === 'finished') return 100;
  if (state === 'cancelled' || sessions.length === 0) return null;
  const held = sessions.filter(({ heldOn }) => heldOn !== null).length;
  return Math.min(MOST_BEFORE_REPORT, Math.floor((100 * held) / sessions.length));
}
