import { describe, expect, it } from '@jest/globals';
import { mayWriteItem } from './item-access.js';

describe('who may write a budget item', () => {
  it.each([
    ['the owner its own', 'SYT', 'SYT', true],
    ['another agency', 'SGDDT', 'SYT', false],
    ['the Finance department', 'STC', 'SYT', true],
    ['the standing body', 'SKHCN', 'SYT', true],
    ['the Home Affairs department', 'SNV', 'SYT', false],
    ['an actor of no agency', null, 'SYT', false],
    ['an actor of no agency an item of no agency', null, null, false],
    ['an agency an item of no agency', 'SYT', null, false],
    ['the Finance department an item of no agency', 'STC', null, true],
  ])('%s: %s on %s', (_who, agency, owner, allowed) => {
    expect(mayWriteItem({ agency }, owner)).toBe(allowed);
  });
});
