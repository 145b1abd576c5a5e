import { describe, expect, it } from '@jest/globals';
import { mayWriteItem, visibleOwner } from './budget-access.js';

describe('who may write a budget item', () => {
  it.each([
    ['the owner its own', 'SYT', 'SYT', true],
    ['another agency', 'SGDDT', 'SYT', false],
    ['the Finance department', 'STC', 'SYT', true],
    ['the standing body', 'SKHCN', 'SYT', true],
    ['the Home Affairs department', 'SNV', 'SYT', false],
    ['the Provincial Office, which only looks', 'VPUBND', 'SYT', false],
    ['a token without an agency', null, 'SYT', true],
    ['an agency an item of no agency', 'SYT', null, false],
    ['the Finance department an item of no agency', 'STC', null, true],
  ])('%s: %s on %s', (_who, agency, owner, allowed) => {
    expect(mayWriteItem({ agency }, owner)).toBe(allowed);
  });
});

describe('who sees which budget items', () => {
  it.each(['STC', 'SKHCN', 'UBND', 'VPUBND', null])('%s sees every item', (agency) => {
    expect(visibleOwner({ agency })).toBeNull();
  });

  it.each(['SYT', 'SNV', '22333'])('%s sees its own', (agency) => {
    expect(visibleOwner({ agency })).toBe(agency);
  });
});
