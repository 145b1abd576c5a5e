import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { claimsOf, DEVELOPER_SECRET, headerOf, TestIssuer } from '../testing/issuer.js';

describe('tokens for systems (client credentials)', () => {
  let issuer: TestIssuer;
  let secret: string;

  beforeAll(async () => {
    issuer = await TestIssuer.start();
    secret = await issuer.addSystem('stc-ketoan', ['budget:read', 'budget:write'], 'STC');
  });

  afterAll(async () => {
    await issuer.stop();
  });

  it('carries the scopes asked for, the agency of the system and an hour of life', async () => {
    const answer = await issuer.token('stc-ketoan', secret, { scope: 'budget:read' });
    expect(answer).toMatchObject({
      status: 200,
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'budget:read',
    });
    const claims = claimsOf(answer.access_token);
    expect(claims).toMatchObject({
      iss: issuer.url,
      aud: 'urn:ioc',
      sub: 'stc-ketoan',
      client_id: 'stc-ketoan',
      agency: 'STC',
      scope: 'budget:read',
    });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(3600);
    expect(headerOf(answer.access_token)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
  });

  it('gives all of its scopes to a system that names none', async () => {
    expect((await issuer.token('stc-ketoan', secret)).scope).toBe('budget:read budget:write');
  });

  it('refuses a scope that the system may not have, the permitted ones beside it included', async () => {
    const answer = await issuer.token('stc-ketoan', secret, { scope: 'budget:read admin' });
    expect(answer).toMatchObject({ status: 400, error: 'invalid_scope' });
    expect(answer.access_token).toBeUndefined();
    expect(await issuer.token('stc-ketoan', secret, { scope: 'made:up' })).toMatchObject({
      error: 'invalid_scope',
    });
  });

  it('does not let a system choose its agency', async () => {
    const answer = await issuer.token('stc-ketoan', secret, { agency: 'SKHCN' });
    expect(claimsOf(answer.access_token)['agency']).toBe('STC');
  });

  it('refuses another resource than this system', async () => {
    const answer = await issuer.token('stc-ketoan', secret, { resource: 'urn:other' });
    expect(answer).toMatchObject({ status: 400, error: 'invalid_target' });
  });

  it('refuses a wrong secret, the stored hash as secret and an unknown client with the same answer', async () => {
    const [row] = await issuer.query<{ secret_hash: string }>(
      'SELECT secret_hash FROM clients WHERE id = $1',
      ['stc-ketoan'],
    );
    expect(row?.secret_hash).not.toContain(secret);
    const answers = await Promise.all([
      issuer.token('stc-ketoan', 'wrong'),
      issuer.token('stc-ketoan', row?.secret_hash ?? ''),
      issuer.token('nobody', secret),
    ]);
    const refusal = {
      status: 401,
      error: 'invalid_client',
      error_description: 'client authentication failed',
    };
    expect(answers).toEqual([refusal, refusal, refusal]);
  });

  it('takes the secret in the form as well', async () => {
    const form = { grant_type: 'client_credentials', client_id: 'stc-ketoan', client_secret: secret };
    expect((await issuer.post('/token', form)).status).toBe(200);
  });

  it('lets an application log people in, not act for itself', async () => {
    await issuer.addApplication('portal', ['tasks:read']);
    const answer = await issuer.post('/token', { grant_type: 'client_credentials', client_id: 'portal' });
    expect(answer).toMatchObject({ status: 400, error: 'invalid_request' });
  });

  it('is refused a token as soon as the client is disabled, and gets one again when enabled', async () => {
    const own = await issuer.addSystem('snv-nhanluc', ['staffing:read'], 'SNV');
    expect((await issuer.token('snv-nhanluc', own)).status).toBe(200);
    expect((await issuer.api('POST', '/v1/clients/snv-nhanluc/disable')).body).toMatchObject({ version: 2 });
    expect(await issuer.token('snv-nhanluc', own)).toMatchObject({ status: 401, error: 'invalid_client' });
    await issuer.api('POST', '/v1/clients/snv-nhanluc/enable');
    expect((await issuer.token('snv-nhanluc', own)).status).toBe(200);
  });

  it('voids the old secret when a new one is made', async () => {
    const old = await issuer.addSystem('sxd-caphep', ['registry:read'], 'SXD');
    const renewed = await issuer.api('POST', '/v1/clients/sxd-caphep/secret');
    expect((await issuer.token('sxd-caphep', old)).status).toBe(401);
    expect((await issuer.token('sxd-caphep', (renewed.body as { secret: string }).secret)).status).toBe(200);
  });

  it('is not asked of the issuer through strange bodies', async () => {
    const json = await fetch(`${issuer.url}/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"grant_type":"client_credentials"}',
    });
    expect(json.status).toBe(400);
    expect(await json.json()).toMatchObject({ error: 'invalid_request' });
    const huge = await fetch(`${issuer.url}/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'x'.repeat(10_000_000) }),
    });
    expect(huge.status).toBe(400);
    const wrongMethod = await fetch(`${issuer.url}/token`);
    expect(wrongMethod.status).toBe(405);
  });

  describe('of the developer', () => {
    it('may carry any scope and any agency', async () => {
      const answer = await issuer.token('developer', DEVELOPER_SECRET, {
        scope: 'tasks:assign admin',
        agency: '22333',
      });
      expect(claimsOf(answer.access_token)).toMatchObject({
        scope: 'tasks:assign admin',
        agency: '22333',
        sub: 'developer',
      });
      const without = await issuer.token('developer', DEVELOPER_SECRET, { scope: 'tasks:read' });
      expect(claimsOf(without.access_token)).not.toHaveProperty('agency');
    });

    it.each(['', 'sở', "x' OR 1=1", 'A'.repeat(36)])('refuses the agency code "%s"', async (agency) => {
      const answer = await issuer.token('developer', DEVELOPER_SECRET, { scope: 'tasks:read', agency });
      expect(answer).toMatchObject(
        agency === '' ? { status: 400 } : { status: 400, error: 'invalid_request' },
      );
    });

    it('cannot be taken over by registering the name', async () => {
      const answer = await issuer.api('POST', '/v1/clients', {
        id: 'developer',
        name: 'x',
        kind: 'system',
        scopes: [],
      });
      expect(answer).toMatchObject({ status: 409, body: { code: 'client-id-taken' } });
    });

    it('does not exist where its secret is not set', async () => {
      await issuer.restart({ developerClientSecret: null });
      expect(await issuer.token('developer', DEVELOPER_SECRET)).toMatchObject({
        status: 401,
        error: 'invalid_client',
      });
      await issuer.restart({});
    });
  });
});
