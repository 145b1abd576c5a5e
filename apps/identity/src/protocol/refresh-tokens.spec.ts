import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { claimsOf, REDIRECT_URI, TestIssuer, type TokenAnswer } from '../testing/issuer.js';
import type { Browser } from '../testing/browser.js';

const REFUSED = { status: 400, error: 'invalid_grant' };

describe('refresh tokens and sessions', () => {
  let issuer: TestIssuer;
  let person: { id: string; password: string };
  let names = 0;
  let browser: Browser;
  let tokens: TokenAnswer;
  let username: string;

  const refresh = (token: string | undefined, more: Record<string, string> = {}) =>
    issuer.post('/token', {
      grant_type: 'refresh_token',
      client_id: 'portal',
      refresh_token: token ?? '',
      ...more,
    });
  const logIn = (scope = 'openid tasks:read budget:read', by = browser) =>
    issuer.login('portal', scope).complete(by, username, person.password);

  beforeAll(async () => {
    issuer = await TestIssuer.start();
    await issuer.addApplication('portal', ['tasks:read', 'budget:read'], {
      postLogoutRedirectUris: ['https://app.example.vn/bye'],
    });
    await issuer.addApplication('other', ['tasks:read']);
  });

  beforeEach(async () => {
    username = `person-${String((names += 1))}`;
    person = await issuer.addPerson(username, ['tasks:read', 'budget:read']);
    browser = issuer.browser();
    tokens = await logIn();
  });

  afterAll(async () => {
    await issuer.stop();
  });

  it('are changed for a new one at each use', async () => {
    const second = await refresh(tokens.refresh_token);
    expect(second).toMatchObject({ status: 200, scope: 'tasks:read budget:read' });
    expect(second.refresh_token).not.toBe(tokens.refresh_token);
    expect(claimsOf(second.access_token)).toMatchObject({
      sub: person.id,
      agency: 'STC',
      client_id: 'portal',
    });
    expect((await refresh(second.refresh_token)).status).toBe(200);
  });

  it('end with everything that came of them when one is used twice', async () => {
    const second = await refresh(tokens.refresh_token);
    expect(await refresh(tokens.refresh_token)).toMatchObject(REFUSED);
    expect(await refresh(second.refresh_token)).toMatchObject(REFUSED);
  });

  it('serve one of several requests at the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => refresh(tokens.refresh_token)));
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  });

  it('may be narrowed, not widened', async () => {
    expect((await refresh(tokens.refresh_token, { scope: 'tasks:read' })).scope).toBe('tasks:read');
    const narrow = await logIn('tasks:read', issuer.browser());
    expect(await refresh(narrow.refresh_token, { scope: 'tasks:read budget:read' })).toMatchObject({
      status: 400,
      error: 'invalid_scope',
    });
  });

  it('work for no other client', async () => {
    expect(await refresh(tokens.refresh_token, { client_id: 'other' })).toMatchObject(REFUSED);
  });

  it('are void once revoked, and introspection says so', async () => {
    const form = { client_id: 'portal', token: tokens.refresh_token ?? '' };
    expect(await issuer.post('/token/introspection', form)).toMatchObject({ active: true, sub: person.id });
    const stranger = await issuer.post('/token/introspection', { ...form, client_id: 'other' });
    expect(stranger).toMatchObject({ active: false });
    expect((await issuer.post('/token/revocation', form)).status).toBe(200);
    expect(await issuer.post('/token/introspection', form)).toMatchObject({ active: false });
    expect(await refresh(tokens.refresh_token)).toMatchObject(REFUSED);
  });

  it('cannot be revoked by another client', async () => {
    await issuer.post('/token/revocation', { client_id: 'other', token: tokens.refresh_token ?? '' });
    expect((await refresh(tokens.refresh_token)).status).toBe(200);
  });

  it('follow the rights of the person at each use', async () => {
    await issuer.api('PATCH', `/v1/people/${person.id}`, { scopes: ['tasks:read'], agency: 'SNV' });
    const second = await refresh(tokens.refresh_token);
    expect(claimsOf(second.access_token)).toMatchObject({ scope: 'tasks:read', agency: 'SNV' });
  });

  it('end when the person is disabled, and the session with them', async () => {
    await issuer.api('POST', `/v1/people/${person.id}/disable`);
    expect(await refresh(tokens.refresh_token)).toMatchObject(REFUSED);
    expect((await browser.open(issuer.login('portal', 'tasks:read').address)).html).toContain(
      'name="password"',
    );
    await issuer.api('POST', `/v1/people/${person.id}/enable`);
    expect(await refresh(tokens.refresh_token)).toMatchObject(REFUSED);
    expect((await logIn()).status).toBe(200);
  });

  it('end when the password is set anew', async () => {
    await issuer.api('POST', `/v1/people/${person.id}/password`, {});
    expect(await refresh(tokens.refresh_token)).toMatchObject(REFUSED);
  });

  it('end when the client is disabled', async () => {
    await issuer.addApplication(`app-${username}`, ['tasks:read']);
    const attempt = issuer.login(`app-${username}`, 'tasks:read');
    const own = await attempt.exchange(await browser.open(attempt.address));
    expect(own.status).toBe(200);
    await issuer.api('POST', `/v1/clients/app-${username}/disable`);
    const form = {
      grant_type: 'refresh_token',
      client_id: `app-${username}`,
      refresh_token: own.refresh_token ?? '',
    };
    expect(await issuer.post('/token', form)).toMatchObject({ status: 401, error: 'invalid_client' });
    await issuer.api('POST', `/v1/clients/app-${username}/enable`);
    expect(await issuer.post('/token', form)).toMatchObject(REFUSED);
  });

  it('end when the person logs out, who is asked first and led back to the application', async () => {
    const query = new URLSearchParams({
      id_token_hint: tokens.id_token ?? '',
      post_logout_redirect_uri: 'https://app.example.vn/bye',
      state: 's',
    });
    const question = await browser.open(`/session/end?${query.toString()}`);
    expect(question.html).toContain('Đăng xuất?');
    expect(question.headers.get('content-security-policy')).toContain(
      "form-action 'self' https://app.example.vn",
    );
    const back = await browser.submit(question, { logout: 'yes' });
    expect(back.url.href).toBe('https://app.example.vn/bye?state=s');
    expect(await refresh(tokens.refresh_token)).toMatchObject(REFUSED);
    expect((await browser.open(issuer.login('portal', 'tasks:read').address)).html).toContain(
      'name="password"',
    );
  });

  it('logs out nobody for a form from elsewhere', async () => {
    await browser.open('/session/end');
    const visit = await browser.open('/session/end/confirm', { logout: 'yes', xsrf: 'guessed' });
    expect(visit.status).toBe(400);
    expect((await refresh(tokens.refresh_token)).status).toBe(200);
  });

  it('leads nowhere but to registered addresses after logout', async () => {
    const query = new URLSearchParams({
      client_id: 'portal',
      post_logout_redirect_uri: 'https://evil.example/',
    });
    const visit = await browser.open(`/session/end?${query.toString()}`);
    expect(visit.status).toBe(400);
  });

  it('outlive a restart, with the session', async () => {
    await issuer.restart();
    const again = issuer.login('portal', 'tasks:read');
    const back = await browser.open(again.address);
    expect(`${back.url.origin}${back.url.pathname}`).toBe(REDIRECT_URI);
    expect((await again.exchange(back)).status).toBe(200);
    expect((await refresh(tokens.refresh_token)).status).toBe(200);
  });

  it('are not found in the database, nor are sessions', async () => {
    const rows = await issuer.query<{ line: string }>(
      'SELECT record::text AS line FROM protocol_records record',
    );
    const all = rows.map(({ line }) => line).join('\n');
    expect(all).toContain(person.id);
    for (const credential of [tokens.refresh_token ?? '', browser.cookie('ioc_session') ?? '']) {
      expect(credential.length).toBeGreaterThan(20);
      expect(all).not.toContain(credential);
      // Columns of bytes are shown in hexadecimal digits.
      expect(all).not.toContain(Buffer.from(credential).toString('hex'));
    }
  });
});
