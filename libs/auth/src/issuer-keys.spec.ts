import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Actor } from './actor.js';
import { GuardedApps } from './testing/guarded-app.js';
import type { LocalIssuer } from './testing/issuer.js';
import { VerifiedTokens } from './verified-tokens.js';

describe('keys of the issuer', () => {
  let apps: GuardedApps;
  let issuer: LocalIssuer;

  beforeEach(async () => {
    apps = await GuardedApps.open();
    ({ issuer } = apps);
  });

  afterEach(async () => {
    await apps.close();
  });

  it('stops to bear a token that expires while it is in use', async () => {
    const get = await apps.start();
    // Good for one or two seconds more, within the tolerance.
    const token = await issuer.token({ exp: Math.floor(Date.now() / 1000) - 3 });
    expect((await get('/read', token)).status).toBe(200);
    const statuses = new Set<number>();
    const end = performance.now() + 5_000;
    while (!statuses.has(401) && performance.now() < end) {
      statuses.add((await get('/read', token)).status);
    }
    expect([...statuses]).toEqual([200, 401]);
  });

  it('forgets the longest known of many tokens, and asks its signature again', () => {
    const tokens = new VerifiedTokens();
    const actor = new Actor('x', 'x', null, new Set());
    for (let index = 0; index <= 1_000; index += 1) {
      tokens.add(`token-${String(index)}`, actor, 60_000);
    }
    expect(tokens.get('token-0')).toBeUndefined();
    expect(tokens.get('token-1')).toBe(actor);
    tokens.add('token-expired', actor, 0);
    expect(tokens.get('token-expired')).toBeUndefined();
  });

  it('learns a new key while running, and still takes tokens of the old one', async () => {
    const get = await apps.start({ keys: { cooldown: 0 } });
    const old = await issuer.token();
    expect((await get('/read', old)).status).toBe(200);
    await issuer.rotate();
    expect((await get('/read', await issuer.token())).status).toBe(200);
    expect((await get('/read', old)).status).toBe(200);
  });

  it('does not ask the issuer again for every made-up key', async () => {
    const get = await apps.start();
    await get('/read', await issuer.token());
    const asked = issuer.requests;
    for (let index = 0; index < 20; index += 1) {
      const token = await issuer.token({}, { kid: `made-up-${String(index)}` });
      expect((await get('/read', token)).status).toBe(401);
    }
    expect(issuer.requests).toBe(asked);
  });

  it('works with known keys while the issuer is away, even when they are due for renewal', async () => {
    const get = await apps.start({ keys: { refreshAfter: 0, cooldown: 0, retryAfter: 0 } });
    const token = await issuer.token();
    expect((await get('/read', token)).status).toBe(200);
    await issuer.stop();
    expect((await get('/read', token)).status).toBe(200);
    expect((await get('/read', token)).status).toBe(200);
    // A key it does not know may be a new one: nobody can tell now, so the caller should retry, not log in again.
    await issuer.rotate();
    expect((await get('/read', await issuer.token())).status).toBe(503);
    await issuer.restart();
    expect((await get('/read', await issuer.token())).status).toBe(200);
  });

  it('answers 503, not 401, while it never had the keys, and recovers by itself', async () => {
    const get = await apps.start({ keys: { retryAfter: 0 } });
    const token = await issuer.token();
    await issuer.stop();
    const answer = await get('/read', token);
    expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' }, challenge: undefined });
    expect((await get('/public')).status).toBe(200);
    await issuer.restart();
    expect((await get('/read', token)).status).toBe(200);
  });

  it('does not trust a discovery document of another issuer', async () => {
    const get = await apps.start({ issuer: `${issuer.url}/` });
    expect((await get('/read', await issuer.token({ iss: `${issuer.url}/` }))).status).toBe(503);
  });

  it('takes the keys from an address given, without discovery', async () => {
    const get = await apps.start({ jwksUrl: `${issuer.url}/keys` });
    expect((await get('/read', await issuer.token())).status).toBe(200);
    expect(issuer.requests).toBe(1);
  });
});
