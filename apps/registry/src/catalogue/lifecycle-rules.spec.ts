import { describe, expect, it } from '@jest/globals';
import type { Lifecycle, ProblemError } from '#libs/contracts';
import { checkStep } from './lifecycle-rules.js';

const planned = { lifecycle: 'planned' as Lifecycle, lifecycleOn: '2026-03-01' };
const TODAY = '2026-04-20';

function refusal(check: () => void): ProblemError {
  try {
    check();
  } catch (error) {
    return error as ProblemError;
  }
  throw new Error('nothing was refused');
}

describe('a life-cycle step', () => {
  it.each(['2026-03-01', '2026-04-20'])('may be on %s: from the day of the last step to today', (on) => {
    expect(() => {
      checkStep(planned, { to: 'under-construction', on }, TODAY);
    }).not.toThrow();
  });

  it('may be on any past day when the day of the last step is not known', () => {
    expect(() => {
      checkStep({ ...planned, lifecycleOn: null }, { to: 'trial', on: '1999-01-01' }, TODAY);
    }).not.toThrow();
  });

  it.each([
    ['2026-04-21', 'too-large'],
    ['2026-02-28', 'too-small'],
  ])('is refused on %s: %s', (on, code) => {
    const refused = refusal(() => {
      checkStep(planned, { to: 'under-construction', on }, TODAY);
    });
    expect(refused.extensions['errors']).toEqual([expect.objectContaining({ field: 'on', code })]);
  });

  it('is refused when the table does not have it, with what is possible', () => {
    const refused = refusal(() => {
      checkStep(planned, { to: 'merging', on: TODAY }, TODAY);
    });
    expect(refused.code).toBe('lifecycle-step-not-allowed');
    expect(refused.parameters).toEqual({
      from: 'planned',
      to: 'merging',
      allowed: 'under-construction, trial, in-operation, retired',
    });
  });

  it('has nothing after the end', () => {
    const refused = refusal(() => {
      checkStep({ lifecycle: 'retired', lifecycleOn: null }, { to: 'in-operation', on: TODAY }, TODAY);
    });
    expect(refused.parameters['allowed']).toBe('–');
  });
});
