import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { base64url, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { CookieResolver, GuardedApps } from './testing/guarded-app.js';
import type { LocalIssuer } from './testing/issuer.js';

describe('access control', () => {
  let apps: GuardedApps;
  let issuer: LocalIssuer;

  beforeEach(async () => {
    apps = await GuardedApps.open();
    ({ issuer } = apps);
  });

  afterEach(async () => {
    await apps.close();
  });

  it('lets everybody into a public route and asks a token everywhere else', async () => {
    const get = await apps.start();
    expect((await get('/public')).status).toBe(200);
    expect(await get('/plain')).toMatchObject({
      status: 401,
      body: { code: 'unauthenticated' },
      challenge: 'Bearer',
    });
    expect(issuer.requests).toBe(0);
  });

  it('knows those who show a token on a route for everybody, and refuses one that is not good', async () => {
    const get = await apps.start();
    expect(await get('/partly')).toMatchObject({ status: 200, body: { subject: 'everybody' } });
    const known = await get('/partly', await issuer.token({ scope: 'tasks:read' }));
    expect(known).toMatchObject({ status: 200, body: { subject: 'system-1' } });
    expect((await get('/partly', 'x')).status).toBe(401);
    expect(await get('/partly', await issuer.token({ scope: 'tasks:write' }))).toMatchObject({
      status: 403,
      body: { code: 'insufficient-scope' },
    });
  });

  it('gives the actor of a good token, with the scopes this system knows', async () => {
    const get = await apps.start();
    const answer = await get('/plain', await issuer.token({ scope: 'openid tasks:read unknown:scope' }));
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      subject: 'system-1',
      clientId: 'system-1',
      agency: 'SKHCN',
      scopes: ['tasks:read'],
    });
  });

  it('gives no agency where the token has none', async () => {
    const get = await apps.start();
    expect((await get('/plain', await issuer.token({ agency: undefined }))).body.agency).toBeNull();
    expect((await get('/plain', await issuer.token({ agency: ['SKHCN'] }))).body.agency).toBeNull();
  });

  it('accepts tokens typed JWT and untyped ones, as other issuers make them', async () => {
    const get = await apps.start();
    expect((await get('/read', await issuer.token({}, { typ: 'JWT' }))).status).toBe(200);
    expect((await get('/read', await issuer.token({}, { typ: undefined }))).status).toBe(200);
  });

  describe('refuses with 401', () => {
    const now = () => Math.floor(Date.now() / 1000);

    const badTokens: Record<string, () => Promise<string>> = {
      'an expired token': () => issuer.token({ exp: now() - 6 }),
      'a token without expiry': () => issuer.token({ exp: undefined }),
      'a token not valid yet': () => issuer.token({ nbf: now() + 60 }),
      'a token for another audience': () => issuer.token({ aud: 'urn:other' }),
      'a token of another issuer': () => issuer.token({ iss: 'http://127.0.0.1:1' }),
      'a logout token': () => issuer.token({}, { typ: 'logout+jwt' }),
      'a changed payload': async () => {
        const [header, , signature] = (await issuer.token()).split('.');
        const payload = base64url.encode(
          JSON.stringify({ iss: issuer.url, aud: 'urn:ioc', sub: 'x', exp: now() + 60 }),
        );
        return [header, payload, signature].join('.');
      },
      'a token signed by a key of the same name': async () => {
        const { privateKey } = await generateKeyPair('ES256');
        return new SignJWT({ iss: issuer.url, aud: 'urn:ioc', sub: 'x', exp: now() + 60 })
          .setProtectedHeader({ alg: 'ES256', kid: 'key-1' })
          .sign(privateKey);
      },
      'a token that brings its own key': async () => {
        const { privateKey, publicKey } = await generateKeyPair('ES256');
        return new SignJWT({ iss: issuer.url, aud: 'urn:ioc', sub: 'x', exp: now() + 60 })
          .setProtectedHeader({ alg: 'ES256', jwk: await exportJWK(publicKey) })
          .sign(privateKey);
      },
      'a token without signature (alg none)': () => {
        const part = (value: object) => base64url.encode(JSON.stringify(value));
        const payload = { iss: issuer.url, aud: 'urn:ioc', sub: 'x', exp: now() + 60 };
        return Promise.resolve(`${part({ alg: 'none' })}.${part(payload)}.`);
      },
      'the public key used as an HMAC secret (HS256)': () => {
        const part = (value: object) => base64url.encode(JSON.stringify(value));
        const payload = { iss: issuer.url, aud: 'urn:ioc', sub: 'x', exp: now() + 60, scope: 'admin' };
        const signed = `${part({ alg: 'HS256', kid: 'key-1' })}.${part(payload)}`;
        const secret = JSON.stringify(issuer.publicJwk);
        return Promise.resolve(
          `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`,
        );
      },
      'something that is no token': () => Promise.resolve('nonsense'),
    };

    it.each(Object.keys(badTokens))('%s', async (name) => {
      const get = await apps.start();
      const token = await badTokens[name]?.();
      expect((await get('/read', await issuer.token())).status).toBe(200);
      const answer = await get('/read', token);
      expect(answer).toMatchObject({
        status: 401,
        body: { code: 'unauthenticated' },
        challenge: 'Bearer error="invalid_token"',
      });
      expect(apps.log.lines).toHaveLength(1);
      expect(apps.log.lines[0]).toContain('refused');
      expect(apps.log.lines[0]).not.toContain(token?.split('.').at(1) ?? token);
    });

    it('another scheme than Bearer', async () => {
      const get = await apps.start();
      const answer = await get('/read', undefined, { authorization: 'Basic c3lzdGVtLTE6c2VjcmV0' });
      expect(answer.status).toBe(401);
      expect(apps.log.lines.join()).not.toContain('c3lzdGVtLTE6c2VjcmV0');
    });
  });

  it('bears a clock that differs by up to 5 seconds', async () => {
    const get = await apps.start();
    const token = await issuer.token({ exp: Math.floor(Date.now() / 1000) - 2 });
    expect((await get('/read', token)).status).toBe(200);
  });

  it('asks every scope of RequireScopes and one of RequireAnyScope, and logs who was refused where', async () => {
    const get = await apps.start();
    const reader = await issuer.token();
    const writer = await issuer.token({ scope: 'tasks:read tasks:write' });
    const refused = await get('/both?q=private', reader);
    expect(refused).toMatchObject({
      status: 403,
      body: { code: 'insufficient-scope', parameters: { scope: 'tasks:read tasks:write' } },
      challenge: 'Bearer error="insufficient_scope", scope="tasks:read tasks:write"',
    });
    expect((await get('/both', writer)).status).toBe(200);
    expect((await get('/either', reader)).status).toBe(403);
    expect((await get('/either', writer)).status).toBe(200);
    expect(apps.log.lines[0]).toContain('"clientId":"system-1"');
    expect(apps.log.lines[0]).toContain('"path":"/both"');
    expect(apps.log.lines[0]).not.toContain('private');
  });

  it("puts a route's own rule before its controller's", async () => {
    const get = await apps.start();
    expect((await get('/open/closed')).status).toBe(401);
    expect((await get('/open/closed', await issuer.token())).status).toBe(403);
  });

  it('tries other credentials before the bearer token', async () => {
    const get = await apps.start({ resolvers: [CookieResolver] });
    const byCookie = await get('/plain', undefined, { cookie: 'display=wall-1' });
    expect(byCookie.body).toMatchObject({ subject: 'wall-1', scopes: ['ioc:display'] });
    expect((await get('/plain', undefined, { cookie: 'display=other' })).status).toBe(401);
    expect((await get('/plain', await issuer.token())).body.subject).toBe('system-1');
  });
});
