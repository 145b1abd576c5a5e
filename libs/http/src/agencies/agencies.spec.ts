import { describe, expect, it } from '@jest/globals';
import { loadReferenceData } from '#libs/reference';
import { Agencies } from './agencies.js';

const agencies = new Agencies(loadReferenceData());
const refused = expect.objectContaining({ code: 'validation-failed' }) as unknown as Error;

describe('the agencies that a request names', () => {
  it('are known by code, a commune unit by its statistical code', () => {
    expect(agencies.requireOwner('STC', 'owner').code).toBe('STC');
    expect(agencies.requirePresent('22333', 'leads[0]').code).toBe('22333');
    expect(() => agencies.requireOwner('XYZ', 'owner')).toThrow(refused);
    expect(() => agencies.requirePresent('XYZ', 'leads[0]')).toThrow(refused);
  });

  it('own things also when they are former ones, but are given no new duties', () => {
    expect(agencies.requireOwner('STTTT', 'owner').name).toBe('Sở Thông tin và Truyền thông');
    expect(() => agencies.requirePresent('STTTT', 'leads[0]')).toThrow(refused);
  });

  it('are given duties also as a group, which owns nothing', () => {
    expect(agencies.requireAllPresent(['CSBN', 'STC'], 'leads').map(({ code }) => code)).toEqual([
      'CSBN',
      'STC',
    ]);
    expect(() => agencies.requireOwner('CSBN', 'owner')).toThrow(refused);
  });
});
