import type { Lifecycle, UseState } from '#libs/contracts';
import { fieldProblem } from '#libs/http';
import { registryProblem } from '../problems.js';
import { LIFECYCLE_TRANSITIONS, mayFollow } from './lifecycle-transitions.js';
import { USE_TRANSITIONS } from './use-transitions.js';

/**
 * Refuses a first state that lies in the future.
 *
 * @param today yyyy-MM-dd
 * @throws problem `validation-failed` on `lifecycleOn`
 */
export function checkFirstState({ lifecycleOn }: { lifecycleOn: string | null }, today: string): void {
  if (lifecycleOn !== null && lifecycleOn > today) {
    throw fieldProblem({ field: 'lifecycleOn', code: 'too-large', parameters: { max: today } });
  }
}

/**
 * Refuses a step that the table does not have, that lies in the future, or before the step it follows.
 *
 * @param today yyyy-MM-dd
 * @throws problem `lifecycle-step-not-allowed`, `validation-failed` on `on`
 */
export function checkStep(
  current: { lifecycle: Lifecycle; lifecycleOn: string | null },
  next: { to: Lifecycle; on: string },
  today: string,
): void {
  const { lifecycle: from, lifecycleOn: since } = current;
  if (!mayFollow(from, next.to)) {
    const allowed = LIFECYCLE_TRANSITIONS[from].join(', ') || '–';
    throw registryProblem('lifecycle-step-not-allowed', { from, to: next.to, allowed });
  }
  checkDay(next.on, since, today);
}

/**
 * The same for the use of an entry.
 *
 * @throws problem `use-step-not-allowed`, `validation-failed` on `on`
 */
export function checkUse(
  current: { use: UseState; useOn: string | null },
  next: { to: UseState; on: string },
  today: string,
): void {
  const { use: from, useOn: since } = current;
  if (!USE_TRANSITIONS[from].includes(next.to)) {
    const allowed = USE_TRANSITIONS[from].join(', ') || '–';
    throw registryProblem('use-step-not-allowed', { from, to: next.to, allowed });
  }
  checkDay(next.on, since, today);
}

/**
 * Refuses a day of the future, and one before the step that it follows.
 *
 * @throws problem `validation-failed` on `on`
 */
export function checkDay(on: string, since: string | null, today: string): void {
  if (on > today) throw fieldProblem({ field: 'on', code: 'too-large', parameters: { max: today } });
  if (since !== null && on < since) {
    throw fieldProblem({ field: 'on', code: 'too-small', parameters: { min: since } });
  }
}
