import { describe, expect, it } from '@jest/globals';
import type { ProblemError } from '#libs/contracts';
import { checkAsOf, counts } from './head-count-rules.js';

describe('which report counts', () => {
  it.each([
    ['the first one', null, true],
    ['one of a later day', '2026-04-19', true],
    ['a correction of the same day', '2026-04-20', true],
    ['a late answer about the past', '2026-04-21', false],
  ])('%s: after one of %s', (_which, asOf, expected) => {
    expect(counts({ asOf: '2026-04-20' }, asOf === null ? null : { asOf })).toBe(expected);
  });
});

describe('the day of a head count', () => {
  it('may be today', () => {
    expect(() => {
      checkAsOf('2026-04-20', '2026-04-20');
    }).not.toThrow();
  });

  it('may not be tomorrow', () => {
    let refusal: ProblemError | undefined;
    try {
      checkAsOf('2026-04-21', '2026-04-20');
    } catch (error) {
      refusal = error as ProblemError;
    }
    expect(refusal?.extensions['errors']).toEqual([
      { field: 'asOf', code: 'too-large', parameters: { max: '2026-04-20' } },
    ]);
  });
});
