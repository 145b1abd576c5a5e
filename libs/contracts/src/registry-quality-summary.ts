import type { QualitySummary } from './overview.js';
import { lateAt, livenessOf, ENDED_LIFECYCLES, type QualityFacts, qualityScore } from './registry-quality.js';
import type { RegistryQualityState } from './registry-quality-events.js';

/**
 * The quality of all databases together; replaced and retired ones are left out.
 *
 * @param now ISO 8601 UTC
 */
export function qualitySummary(databases: Iterable<QualityFacts>, now: string): QualitySummary {
  const current = [...databases].filter(({ lifecycle }) => !ENDED_LIFECYCLES.has(lifecycle));
  const scores = current.map((facts) => qualityScore(facts, now)).filter(({ judged }) => judged > 0);
  const liveness = current.map((facts) => ({ facts, state: livenessOf(facts, now) }));
  const late = liveness.filter(({ state }) => state === 'not-attained');
  return {
    average: meanOf(scores.map(({ attained }) => attained)),
    averageJudged: meanOf(scores.map(({ judged }) => judged)),
    judged: scores.length,
    stale: late.length,
    tracked: liveness.filter(({ state }) => state !== 'not-determined').length,
    staleSince: late.map(({ facts }) => lateAt(facts.quality) ?? now).sort()[0] ?? null,
  };
}

/**
 * Whether the data of a database became late after the first instant, up to and with the second: the picture differs
 * without any event.
 */
export function becameLateBetween(
  qualities: Iterable<Pick<RegistryQualityState, 'freshness' | 'lastUpdateAt'>>,
  after: string,
  until: string,
): boolean {
  for (const quality of qualities) {
    const late = lateAt(quality);
    if (late !== null && after <= late && late < until) return true;
  }
  return false;
}

/** Rounded to hundredths. */
function meanOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return Math.round((values.reduce((sum, value) => sum + value, 0) / values.length) * 100) / 100;
}
