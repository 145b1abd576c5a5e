import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { claimsOf, headerOf, REDIRECT_URI, TestIssuer } from '../testing/issuer.js';

describe('login of people (authorization code with PKCE)', () => {
  let issuer: TestIssuer;
  let password: string;

  beforeAll(async () => {
    issuer = await TestIssuer.start();
    await issuer.addApplication('portal', ['tasks:read', 'tasks:write', 'budget:read']);
    ({ password } = await issuer.addPerson(
      'stc.ketoan',
      ['tasks:read', 'budget:read', 'budget:write'],
      'STC',
    ));
  });

  afterAll(async () => {
    await issuer.stop();
  });

  it('leads through one page to tokens with the rights that both the person and the application have', async () => {
    const attempt = issuer.login('portal', 'openid tasks:read tasks:write budget:write', { nonce: 'n-1' });
    const browser = issuer.browser();
    const page = await browser.open(attempt.address);
    expect(page.status).toBe(200);
    const back = await browser.submit(page, { username: 'stc.ketoan', password });
    expect(`${back.url.origin}${back.url.pathname}`).toBe(REDIRECT_URI);
    expect(back.url.searchParams.get('state')).toBe('state-1');
    expect(back.url.searchParams.get('iss')).toBe(issuer.url);

    const tokens = await attempt.exchange(back);
    expect(tokens).toMatchObject({
      status: 200,
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'tasks:read',
    });
    expect(headerOf(tokens.access_token)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
    expect(claimsOf(tokens.access_token)).toMatchObject({
      aud: 'urn:ioc',
      client_id: 'portal',
      agency: 'STC',
      scope: 'tasks:read',
    });
    expect(claimsOf(tokens.id_token ?? '')).toMatchObject({
      aud: 'portal',
      nonce: 'n-1',
      preferred_username: 'stc.ketoan',
      agency: 'STC',
      sub: claimsOf(tokens.access_token).sub,
    });
  });

  it('asks no password again while the session lasts, and asks it again when the application wants so', async () => {
    const browser = issuer.browser();
    await issuer.login('portal', 'tasks:read').complete(browser, 'stc.ketoan', password);
    const again = issuer.login('portal', 'tasks:read');
    const back = await browser.open(again.address);
    expect((await again.exchange(back)).status).toBe(200);
    const forced = await browser.open(issuer.login('portal', 'tasks:read', { prompt: 'login' }).address);
    expect(forced.html).toContain('name="password"');
  });

  it('takes the username in any case, and a password typed in another Unicode form', async () => {
    const typed = 'Mật khẩu của đơn vị';
    await issuer.api('POST', '/v1/people', {
      username: 'sxd.vanthu',
      password: typed.normalize('NFC'),
      scopes: ['tasks:read'],
      temporary: false,
    });
    const tokens = await issuer
      .login('portal', 'tasks:read')
      .complete(issuer.browser(), ' SXD.VanThu ', typed.normalize('NFD'));
    expect(tokens.status).toBe(200);
  });

  describe('refuses', () => {
    const authorizationError = async (more: Record<string, string>) => {
      const visit = await issuer.browser().open(issuer.login('portal', 'openid tasks:read', more).address);
      const { searchParams, hash } = visit.url;
      const error = searchParams.get('error') ?? new URLSearchParams(hash.slice(1)).get('error');
      return visit.url.origin === new URL(REDIRECT_URI).origin ? error : visit.status;
    };

    it('a login without PKCE, or with its plain form', async () => {
      expect(await authorizationError({ code_challenge: '', code_challenge_method: '' })).toBe(
        'invalid_request',
      );
      expect(await authorizationError({ code_challenge_method: 'plain' })).toBe('invalid_request');
    });

    it('an address to return to that is not registered, and does not go there', async () => {
      expect(await authorizationError({ redirect_uri: 'https://evil.example/callback' })).toBe(400);
      expect(await authorizationError({ redirect_uri: `${REDIRECT_URI}/../other` })).toBe(400);
    });

    it('tokens in the address (implicit flow)', async () => {
      expect(await authorizationError({ response_type: 'token' })).toBe('unsupported_response_type');
    });

    it('an unknown application with a page that says so in both languages', async () => {
      const visit = await issuer.browser().open(issuer.login('nobody', 'openid').address);
      expect(visit.status).toBe(400);
      expect(visit.html).toContain('Không đăng nhập được');
      expect(visit.html).toContain('Login is not possible');
    });

    it('a code without its verifier, with another one, or used twice; the second use voids the first tokens', async () => {
      const browser = issuer.browser();
      const attempt = issuer.login('portal', 'tasks:read');
      const back = await browser.submit(await browser.open(attempt.address), {
        username: 'stc.ketoan',
        password,
      });
      const invalid = { status: 400, error: 'invalid_grant' };
      expect(await attempt.exchange(back, { code_verifier: 'x'.repeat(43) })).toMatchObject(invalid);
      expect(await attempt.exchange(back, { code_verifier: '' })).toMatchObject(invalid);
      const tokens = await attempt.exchange(back);
      expect(tokens.status).toBe(200);
      expect(await attempt.exchange(back)).toMatchObject(invalid);
      const refresh = {
        grant_type: 'refresh_token',
        client_id: 'portal',
        refresh_token: tokens.refresh_token ?? '',
      };
      expect(await issuer.post('/token', refresh)).toMatchObject(invalid);
    });

    it('a code to two requests at the same moment', async () => {
      const browser = issuer.browser();
      const attempt = issuer.login('portal', 'tasks:read');
      const back = await browser.submit(await browser.open(attempt.address), {
        username: 'stc.ketoan',
        password,
      });
      const answers = await Promise.all(Array.from({ length: 5 }, () => attempt.exchange(back)));
      expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
      expect(answers.every(({ status }) => status === 200 || status === 400)).toBe(true);
    });
  });

  describe('page', () => {
    it('loads nothing, runs nothing, is not framed, and lets its form lead only to the application', async () => {
      const page = await issuer.browser().open(issuer.login('portal', 'tasks:read').address);
      const policy = page.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain(`form-action 'self' ${new URL(REDIRECT_URI).origin}`);
      expect(policy).not.toContain('unsafe');
      expect(page.headers.get('cache-control')).toBe('no-store');
      expect(page.html).not.toMatch(/<script|<link|<img|src=|url\(/);
      expect(page.html).not.toContain('App <portal>');
      expect(page.html).toContain('App &#60;portal&#62;');
    });

    it('says what each field is to people who hear it, and what went wrong', async () => {
      const browser = issuer.browser();
      const page = await browser.open(issuer.login('portal', 'tasks:read').address);
      expect(page.html).toContain('<html lang="vi">');
      for (const name of ['username', 'password']) {
        expect(page.html).toContain(`<label for="${name}">`);
        expect(page.html).toContain(`id="${name}"`);
      }
      const failed = await browser.submit(page, { username: '"><b>x', password: 'wrong password' });
      expect(failed.html).toContain('role="alert"');
      expect(failed.html).toContain('aria-describedby="error"');
      expect(failed.html).not.toContain('"><b>x');
    });

    it('does nothing for a form sent by another site, from another browser, or late', async () => {
      const browser = issuer.browser();
      const page = await browser.open(issuer.login('portal', 'tasks:read').address);
      const form = { username: 'stc.ketoan', password };
      const elsewhere = await browser.open(`${page.url.pathname}/login`, form, {
        'sec-fetch-site': 'cross-site',
      });
      expect(elsewhere.status).toBe(400);
      const otherBrowser = await issuer.browser().open(`${page.url.pathname}/login`, form);
      expect(otherBrowser.status).toBe(400);
      expect(otherBrowser.html).toContain('Không đăng nhập được');
      await browser.submit(page, form);
      const late = await browser.open(`${page.url.pathname}/login`, form, {
        'sec-fetch-site': 'same-origin',
      });
      expect(late.status).toBe(400);
    });

    it('refuses bodies that are too large or of another kind', async () => {
      const post = (body: string, type: string) =>
        fetch(`${issuer.url}/interaction/x/login`, {
          method: 'POST',
          body,
          headers: { 'content-type': type },
        });
      expect((await post('x'.repeat(10_000), 'application/x-www-form-urlencoded')).status).toBe(413);
      expect((await post('{}', 'application/json')).status).toBe(415);
    });

    it('returns to the application when the person cancels', async () => {
      const browser = issuer.browser();
      const back = await browser.submit(
        await browser.open(issuer.login('portal', 'tasks:read').address),
        {},
        1,
      );
      expect(back.url.searchParams.get('error')).toBe('access_denied');
    });
  });

  describe('through an application of others', () => {
    it('asks the person once, names what it wants, and gives it no more', async () => {
      await issuer.addApplication('partner', ['tasks:read', 'budget:write', 'admin'], { firstParty: false });
      const browser = issuer.browser();
      const attempt = issuer.login('partner', 'openid tasks:read budget:write admin');
      const consent = await browser.submit(await browser.open(attempt.address), {
        username: 'stc.ketoan',
        password,
      });
      expect(consent.html).toContain('Xem nhiệm vụ');
      expect(consent.html).toContain('Cập nhật kinh phí, dự án');
      // The person is no administrator: there is nothing to give.
      expect(consent.html).not.toContain('Quản trị hệ thống');
      const tokens = await attempt.exchange(await browser.submit(consent, {}));
      expect(tokens.scope).toBe('tasks:read budget:write');

      const again = issuer.login('partner', 'openid tasks:read');
      expect((await again.exchange(await browser.open(again.address))).scope).toBe('tasks:read');
    });

    it('gives it nothing when the person refuses', async () => {
      await issuer.addApplication('stranger', ['tasks:read'], { firstParty: false });
      const browser = issuer.browser();
      const page = await browser.open(issuer.login('stranger', 'tasks:read').address);
      const consent = await browser.submit(page, { username: 'stc.ketoan', password });
      const back = await browser.submit(consent, {}, 1);
      expect(back.url.searchParams.get('error')).toBe('access_denied');
      expect(back.url.searchParams.has('code')).toBe(false);
    });
  });
});
