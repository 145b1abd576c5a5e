import type { ScoredDatabase } from './quality.queries.js';
import type { ScoreLineView, ScoreView } from './quality.view.js';
import { CRITERION_NAMES, reasonOf } from './reasons.js';

type ScoreLine = Pick<ScoreLineView, keyof ScoreLineView>;

/** A score as the list answers it. */
export function toScoreLine({
  database,
  owner,
  lifecycle,
  score,
  stale,
  lateAt,
  facts,
}: ScoredDatabase): ScoreLine {
  return {
    database,
    owner,
    lifecycle,
    attained: score.attained,
    judged: score.judged,
    stale,
    lastUpdateAt: facts.quality.lastUpdateAt,
    lateAt,
    criteria: score.criteria.map(({ criterion, state }) => ({ criterion, state })),
  };
}

/** A score with its reasons. */
export function toScore(scored: ScoredDatabase): ScoreView {
  const { facts, score, version } = scored;
  const { freshness, expectations, check } = facts.quality;
  return {
    ...toScoreLine(scored),
    version,
    freshness,
    expectations,
    check,
    criteria: score.criteria.map((standing) => ({
      ...standing,
      name: CRITERION_NAMES[standing.criterion],
      reason: reasonOf(standing, facts),
    })),
  };
}
