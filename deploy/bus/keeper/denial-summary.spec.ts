import { describe, expect, it } from '@jest/globals';
import type { BusDenial } from '#libs/contracts';
import { DenialSummary, OTHER_SUBJECTS } from './denial-summary.js';

function denial(subject: string, count = 1): BusDenial {
  return { user: 'U', kind: 'publish', subject, count, at: '2026-04-20T01:00:00.000Z' };
}

describe('DenialSummary', () => {
  it('tells equal attempts as one with their number', () => {
    const summary = new DenialSummary();
    summary.add(denial('a'));
    summary.add(denial('b'));
    summary.add(denial('a', 3));
    expect(summary.all).toEqual([denial('a', 4), denial('b')]);
  });

  it('tells of a user that tries very many subjects without naming them all', () => {
    const summary = new DenialSummary();
    for (let index = 0; index < 1_000; index += 1) summary.add(denial(`subject.${index}`));
    expect(summary.all).toHaveLength(51);
    expect(summary.all.find(({ subject }) => subject === OTHER_SUBJECTS)?.count).toBe(950);
  });
});
