import { describe, expect, it } from '@jest/globals';
import { whyDenied } from '../../../src/delivery/bus/denials/why-denied.js';
import { whyDenied as whyCallDenied } from '../../../src/sharing/denials/refused-call.js';
import { inVietnamese } from './reasons.js';

const NOW = new Date('2026-04-20T00:00:00Z');
const LATER = new Date('2026-04-21T00:00:00Z');

describe('why something was denied on the bus', () => {
  const denial = { user: 'U', kind: 'login', subject: null, at: NOW.toISOString(), count: 1 } as const;
  it.each([
    [whyDenied({ ...denial, kind: 'publish' }, null, NOW)],
    [whyDenied({ ...denial, user: null }, null, NOW)],
    [whyDenied(denial, null, NOW)],
    [whyDenied(denial, { expiresAt: LATER, revokedAt: NOW }, NOW)],
    [whyDenied(denial, { expiresAt: NOW, revokedAt: null }, NOW)],
    [whyDenied(denial, { expiresAt: LATER, revokedAt: null }, NOW)],
  ])('is told in Vietnamese: %s', (reason) => {
    expect(inVietnamese(reason)).not.toBe(reason);
  });

  it('is told as the record has it where it is not known', () => {
    expect(inVietnamese('something new')).toBe('something new');
  });
});

describe('why a call was denied over HTTP', () => {
  it.each([
    ['/v1/grants/:id', 'unauthenticated', true],
    ['/v1/grants/:id', 'unauthenticated', false],
    ['/v1/grants/:id', 'insufficient-scope', true],
    ['/v1/grants/:id', 'other-agency', true],
    ['/v1/grants/:id', 'not-found', true],
    ['/v1/packages/:id/content', 'grant-suspended', true],
    ['/v1/packages/:id/content', 'grant-withdrawn', true],
    ['/v1/packages/:id/content', 'grant-outside-its-days', true],
    ['/v1/packages/:id/content', 'grant-other-method', true],
  ])('is told in Vietnamese: %s %s, token %s', (route, code, hasToken) => {
    const reason = String(whyCallDenied({ route, code, hasToken }));
    expect(reason).not.toBe('null');
    expect(inVietnamese(reason)).not.toBe(reason);
  });
});
