import { describe, expect, it } from '@jest/globals';
import { whyDenied } from './why-denied.js';

const NOW = new Date('2026-04-20T00:00:00Z');
const LOGIN = { user: 'U', kind: 'login', subject: null, count: 1, at: '' } as const;
const valid = { expiresAt: new Date('2026-05-01T00:00:00Z'), revokedAt: null };

describe('whyDenied', () => {
  it.each([
    ['never issued', LOGIN, null],
    ['without a credential', { ...LOGIN, user: null }, null],
    ['revoked', LOGIN, { ...valid, revokedAt: NOW }],
    ['expired', LOGIN, { ...valid, expiresAt: NOW }],
    ['without the secret', LOGIN, valid],
    ['no permission', { ...LOGIN, kind: 'publish', subject: 'x' } as const, valid],
  ])('says: %s', (words, denial, holder) => {
    expect(whyDenied(denial, holder, NOW)).toContain(words);
  });
});
