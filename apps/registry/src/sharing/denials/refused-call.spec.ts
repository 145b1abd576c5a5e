import { describe, expect, it } from '@jest/globals';
import { whyDenied } from './refused-call.js';

describe('a refused call is a denied attempt', () => {
  it.each([
    ['/v1/feeds/:grant/changes', 'insufficient-scope', 'the token lacks the scope'],
    ['/v1/feeds/:grant/changes', 'unauthenticated', 'the token is forged, expired or of another issuer'],
    ['/v1/sharing-requests/:id/grant', 'other-agency', 'for another agency'],
    ['/v1/grants/:id', 'not-found', 'nothing that this agency may see'],
    ['/v1/grants/:id/connection', 'not-found', 'nothing that this agency may see'],
    ['/v1/packages/:id/file', 'not-found', 'nothing that this agency may see'],
    ['/v1/datasets/:id', 'other-agency', 'for another agency'],
    ['/v1/grants/:id/connection', 'grant-suspended', 'the grant is suspended'],
    ['/v1/grants/:id/connection', 'grant-withdrawn', 'the grant is withdrawn'],
    ['/v1/grants/:id/connection', 'grant-outside-its-days', 'outside the days of the grant'],
    ['/v1/grants/:id/connection', 'grant-other-method', 'the grant is for another method'],
    ['/v1/exchange-records', 'insufficient-scope', 'the token lacks the scope'],
    ['/v1/exchange-records/:sequence/text', 'not-found', 'nothing that this agency may see'],
    ['/v1/exchange-log/export', 'other-agency', 'for another agency'],
    ['/v1/exchange-statistics.csv', 'other-agency', 'for another agency'],
  ])('%s answered with %s', (route, code, why) => {
    expect(whyDenied({ route, code, hasToken: true })).toBe(why);
  });

  it('also without a token', () => {
    expect(whyDenied({ route: '/v1/grants', code: 'unauthenticated', hasToken: false })).toBe('no token');
  });

  it.each([
    ['on record already', '/v1/feeds/:grant/changes', 'other-agency'],
    ['on record already', '/v1/grants/:id/webhook', 'not-found'],
    ['on record already', '/v1/packages/:id/file', 'other-agency'],
    ['on record already', '/v1/feeds/:grant/changes', 'grant-suspended'],
    ['on record already', '/v1/grants/:id/credentials', 'grant-withdrawn'],
    ['of no agency', '/v1/datasets/:id', 'not-found'],
    ['no matter of rights', '/v1/grants/:id', 'stale-version'],
    ['no matter of sharing', '/v1/databases/:id', 'insufficient-scope'],
    ['no matter of sharing', '/v1/grants-of-old', 'insufficient-scope'],
  ])('but not when it is %s: %s, %s', (_, route, code) => {
    expect(whyDenied({ route, code, hasToken: true })).toBeNull();
  });
});
