import type { Day } from '#libs/calendar';
import { type ExplanationCounts, type ExplanationEventState, explanationStanding } from '#libs/contracts';

/**
 * Requests for explanation that wait for an answer; the same as the tasks service lists by `standing`.
 * @param today day in Asia/Ho_Chi_Minh: a request is late from the day after its last day
 */
export function explanationCounts(
  explanations: Iterable<Pick<ExplanationEventState, 'state' | 'lastDay'>>,
  today: Day,
): ExplanationCounts {
  const counts: ExplanationCounts = { open: 0, late: 0 };
  for (const explanation of explanations) {
    const standing = explanationStanding(explanation, today);
    if (standing === 'open' || standing === 'late') counts[standing] += 1;
  }
  return counts;
}
