import { describe, expect, it } from '@jest/globals';
import { mayWriteEntry } from './registry-access.js';

describe('who may write a registry entry', () => {
  it.each([
    ['the owner its own', 'SYT', 'SYT', true],
    ['another agency', 'SGDDT', 'SYT', false],
    ['the keeper of the registry', 'SKHCN', 'SYT', true],
    ['the Finance department', 'STC', 'SYT', false],
    ['the keeper an entry without an owner', 'SKHCN', null, true],
    ['an agency an entry without an owner', 'SYT', null, false],
    ['a token without an agency', null, 'SYT', true],
  ])('%s: %s on %s', (_who, agency, owner, allowed) => {
    expect(mayWriteEntry({ agency }, owner)).toBe(allowed);
  });
});
