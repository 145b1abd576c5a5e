import type { Overview, ServiceHealth } from '#libs/contracts';
import { instantOf } from '../format/times.js';

export type ServiceName = ServiceHealth['service'];

/**
 * Up to when the picture of each service is known to be complete (ms); null while that is not known.
 * A service with nothing new is complete up to now: quiet data is not old data.
 */
export type CompleteUntil = Readonly<Partial<Record<ServiceName, number | null>>>;

/** A service not complete for longer than this turns grey; shorter gaps are restarts and bursts. */
export const STALE_AFTER_MS = 60_000;

/**
 * Carries the picture forward to a sign of life of the gateway at `heardAt`: services that are well are complete up
 * to it, the others stay where they were. One that was never seen well is complete up to its last event.
 */
export function advance(before: CompleteUntil, overview: Overview, heardAt: number): CompleteUntil {
  const after: Partial<Record<ServiceName, number | null>> = {};
  for (const health of overview.health.services) {
    after[health.service] =
      health.state === 'ok' ? heardAt : (before[health.service] ?? instantOf(health.lastEventAt));
  }
  return after;
}

export type Staleness = { stale: false } | { stale: true; since: number | null };

const FRESH: Staleness = { stale: false };

/** Whether what is shown of a service is old, and since when (null: not known). */
export function stalenessOf(complete: CompleteUntil, service: ServiceName, now: number): Staleness {
  const until = complete[service] ?? null;
  if (until !== null && now - until <= STALE_AFTER_MS) return FRESH;
  return { stale: true, since: until };
}

/** Up to when everything on the wall is complete: the oldest of the services; null when one is not known. */
export function completeUntil(complete: CompleteUntil): number | null {
  const all = Object.values(complete);
  if (all.length === 0 || all.some((until) => until === null)) return null;
  return Math.min(...all.filter((until) => until !== null));
}
