import { describe, expect, it } from '@jest/globals';
import { CONNECTION_STATES, PARTNER_STATES, USE_STATES } from '#libs/contracts';
import { CONNECTION_TRANSITIONS } from '../connections/connection-transitions.js';
import { PARTNER_TRANSITIONS } from '../partners/partner-transitions.js';
import { USE_TRANSITIONS } from './use-transitions.js';

/** States reachable from one, itself included. */
function reachableFrom<State extends string>(
  table: Readonly<Record<State, readonly State[]>>,
  start: State,
): Set<State> {
  const reached = new Set<State>([start]);
  for (const state of reached) table[state].forEach((next) => reached.add(next));
  return reached;
}

function endsOf<State extends string>(table: Readonly<Record<State, readonly State[]>>): string[] {
  return Object.entries<readonly State[]>(table)
    .filter(([, next]) => next.length === 0)
    .map(([state]) => state);
}

describe('steps of use', () => {
  it('reach every state from "not determined", which is never entered again', () => {
    expect(reachableFrom(USE_TRANSITIONS, 'not-determined')).toEqual(new Set(USE_STATES));
    for (const next of Object.values(USE_TRANSITIONS)) expect(next).not.toContain('not-determined');
  });

  it('end in "no longer used" and nowhere else', () => {
    expect(endsOf(USE_TRANSITIONS)).toEqual(['no-longer-used']);
    for (const state of USE_STATES) expect(reachableFrom(USE_TRANSITIONS, state)).toContain('no-longer-used');
  });
});

describe('steps of a connection', () => {
  it('reach every state from "not connected" and end in "ended" alone', () => {
    expect(reachableFrom(CONNECTION_TRANSITIONS, 'not-connected')).toEqual(new Set(CONNECTION_STATES));
    expect(endsOf(CONNECTION_TRANSITIONS)).toEqual(['ended']);
  });
});

describe('steps of a partner registration', () => {
  it('reach every state from "registered"; only a chosen one goes on', () => {
    expect(reachableFrom(PARTNER_TRANSITIONS, 'registered')).toEqual(new Set(PARTNER_STATES));
    expect(endsOf(PARTNER_TRANSITIONS)).toEqual(['not-chosen', 'withdrawn', 'ended']);
  });
});
