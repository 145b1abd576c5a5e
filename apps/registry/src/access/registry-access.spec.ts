import { describe, expect, it } from '@jest/globals';
import {
  speaksFor,
  mayActForEnterprise,
  mayKeep,
  mayReportQuality,
  maySetSecurity,
  mayWriteEntry,
} from './registry-access.js';

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

describe('who keeps the lists', () => {
  it.each([
    ['SKHCN', true],
    [null, true],
    ['UBND', false],
    ['SYT', false],
  ])('%s: %s', (agency, allowed) => {
    expect(mayKeep({ agency })).toBe(allowed);
  });
});

describe('who sets a security level', () => {
  it.each([
    ['the owner', 'SYT', true],
    ['the keeper', 'SKHCN', true],
    ['the police', 'CAT', true],
    ['another agency', 'STC', false],
  ])('%s, %s: %s', (_who, agency, allowed) => {
    expect(maySetSecurity({ agency }, 'SYT')).toBe(allowed);
  });
});

describe('who tells of new data and sends results of checks', () => {
  it.each([
    ['the owner', 'SYT', 'STC', true],
    ['the operator', 'STC', 'STC', true],
    ['the keeper', 'SKHCN', 'STC', true],
    ['another agency', 'SNV', 'STC', false],
    ['an agency where the operator has no code', 'STC', null, false],
    ['a token without an agency', null, null, true],
  ])('%s: %s with the operator %s is %s', (_who, agency, operator, allowed) => {
    expect(mayReportQuality({ agency }, 'SYT', operator)).toBe(allowed);
  });
});

describe('who acts for an enterprise', () => {
  it.each([
    ['itself', 'KTCTTL', 'KTCTTL', true],
    ['another enterprise', 'KTCTTL', 'DNKHAC', false],
    ['an enterprise for one without a code', 'KTCTTL', null, false],
    ['the owner of the database', 'SYT', null, true],
    ['another agency', 'STC', null, false],
  ])('%s: %s for %s is %s', (_who, agency, enterprise, allowed) => {
    expect(mayActForEnterprise({ agency }, 'SYT', enterprise)).toBe(allowed);
  });

  it('nobody is an enterprise that has no code', () => {
    expect(speaksFor({ agency: null }, null)).toBe(false);
  });
});
