import { describe, expect, it } from '@jest/globals';
import { mayReport, visibleUnit } from './staffing-access.js';

describe('who may report a head count', () => {
  it.each([
    ['the unit itself', '22333', true],
    ['another unit', '22366', false],
    ['the Home Affairs department', 'SNV', true],
    ['the standing body, which only looks', 'SKHCN', false],
    ['the Finance department', 'STC', false],
    ['a token without an agency', null, true],
  ])('%s: %s', (_who, agency, allowed) => {
    expect(mayReport({ agency }, '22333')).toBe(allowed);
  });
});

describe('who sees which units', () => {
  it.each(['SNV', 'SKHCN', 'UBND', 'VPUBND', null])('%s sees every unit', (agency) => {
    expect(visibleUnit({ agency })).toBeNull();
  });

  it.each(['22333', 'STC'])('%s sees at most itself', (agency) => {
    expect(visibleUnit({ agency })).toBe(agency);
  });
});
