import { describe, expect, it } from '@jest/globals';
import { type Lifecycle, LIFECYCLES } from '#libs/contracts';
import { LIFECYCLE_TRANSITIONS, mayFollow } from './lifecycle-transitions.js';

/** States reachable from one, itself included. */
function reachableFrom(start: Lifecycle): Set<Lifecycle> {
  const reached = new Set<Lifecycle>([start]);
  for (const state of reached) LIFECYCLE_TRANSITIONS[state].forEach((next) => reached.add(next));
  return reached;
}

describe('life-cycle transitions', () => {
  it.each([
    ['planned', 'under-construction', true],
    ['under-construction', 'trial', true],
    ['trial', 'in-operation', true],
    ['trial', 'under-construction', true],
    ['in-operation', 'upgrading', true],
    ['upgrading', 'in-operation', true],
    ['in-operation', 'replaced', true],
    ['replaced', 'retired', true],
    ['planned', 'upgrading', false],
    ['planned', 'replaced', false],
    ['in-operation', 'planned', false],
    ['in-operation', 'in-operation', false],
    ['replaced', 'in-operation', false],
    ['retired', 'in-operation', false],
    ['planned', 'not-determined', false],
  ] as const)('%s → %s: %s', (from, to, allowed) => {
    expect(mayFollow(from, to)).toBe(allowed);
  });

  it('leaves a state that was not determined for any other, and never returns to it', () => {
    expect(new Set(LIFECYCLE_TRANSITIONS['not-determined'])).toEqual(new Set(LIFECYCLES.slice(1)));
    expect(LIFECYCLES.filter((state) => mayFollow(state, 'not-determined'))).toEqual([]);
  });

  it('ends in "retired" and nowhere else', () => {
    expect(LIFECYCLES.filter((state) => LIFECYCLE_TRANSITIONS[state].length === 0)).toEqual(['retired']);
    for (const state of LIFECYCLES) expect(reachableFrom(state)).toContain('retired');
  });

  it('reaches every state from a plan', () => {
    expect(reachableFrom('planned')).toEqual(new Set(LIFECYCLES.slice(1)));
  });
});
