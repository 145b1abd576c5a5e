import { describe, expect, it } from '@jest/globals';
import type { TrainingPlanState } from '#libs/contracts';
import { trainingProgress } from './training-progress.js';

const sessions = (...heldOn: (string | null)[]) =>
  heldOn.map((day) => ({ id: 'x', title: 'Buổi', plannedOn: null, heldOn: day, attendance: [] }));

describe('progress of a training plan', () => {
  it.each<[string, TrainingPlanState, (string | null)[], number | null]>([
    ['without sessions', 'under-way', [], null],
    ['with no session held', 'planned', [null, null], 0],
    ['with one of three held', 'under-way', ['2026-04-20', null, null], 33],
    ['with all held, but not reported as finished', 'under-way', ['2026-04-20'], 99],
    ['that is finished', 'finished', ['2026-04-20', null], 100],
    ['that is finished without sessions', 'finished', [], 100],
    ['that is cancelled', 'cancelled', ['2026-04-20'], null],
  ])('%s', (_which, state, heldOn, percent) => {
    expect(trainingProgress({ state, sessions: sessions(...heldOn) })).toBe(percent);
  });
});
