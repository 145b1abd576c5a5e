import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FixedClock } from '#libs/calendar';
import { REDIRECT_URI, TestIssuer } from '../testing/issuer.js';

/** Only the lockout looks at this clock; the protocol library has the machine's. */
const clock = new FixedClock(new Date());

describe('passwords at login', () => {
  let issuer: TestIssuer;

  beforeAll(async () => {
    issuer = await TestIssuer.start({ clock });
    await issuer.addApplication('portal', ['tasks:read']);
    await issuer.addPerson('stc.ketoan', ['tasks:read'], 'STC');
  });

  afterAll(async () => {
    await issuer.stop();
  });

  describe('that are wrong', () => {
    const attempt = async (username: string, typed: string) => {
      const browser = issuer.browser();
      const page = await browser.open(issuer.login('portal', 'tasks:read').address);
      return browser.submit(page, { username, password: typed });
    };

    it('does not tell which part was wrong, nor whether the person is disabled', async () => {
      const { id, password: correct } = await issuer.addPerson('snv.nghi', ['tasks:read'], 'SNV');
      await issuer.api('POST', `/v1/people/${id}/disable`);
      const wrongPassword = await attempt('stc.ketoan', 'not the password');
      const wrongName = await attempt('stc.nobody', 'not the password');
      const disabled = await attempt('snv.nghi', correct);
      for (const visit of [wrongPassword, wrongName, disabled]) {
        expect(visit.status).toBe(400);
        expect(visit.html).toContain('Tên đăng nhập hoặc mật khẩu không đúng.');
      }
      const withoutNames = (html: string) => html.replaceAll(/[a-z]+\.[a-z]+|\/interaction\/[\w-]+/g, '');
      expect(withoutNames(wrongName.html)).toBe(withoutNames(wrongPassword.html));
    });

    it.each([
      ['a person', 'skhcn.truc'],
      ['nobody', 'skhcn.khongco'],
    ])(
      'locks the name of %s after 5 failures for a growing time, the right password included',
      async (_, username) => {
        const correct =
          _ === 'a person' ? (await issuer.addPerson(username, ['tasks:read'], 'SKHCN')).password : 'none';
        for (let failure = 1; failure <= 4; failure += 1) {
          expect((await attempt(username, 'wrong password')).status).toBe(400);
        }
        const fifth = await attempt(username, 'wrong password');
        expect(fifth.status).toBe(429);
        expect(fifth.html).toContain('Thử lại sau 1 phút.');
        expect(fifth.headers.get('retry-after')).toBe('60');
        expect((await attempt(username, correct)).status).toBe(429);

        clock.set(new Date(clock.now().getTime() + 61_000));
        const sixth = await attempt(username, 'wrong password');
        expect(sixth.status).toBe(429);
        expect(sixth.html).toContain('Thử lại sau 2 phút.');

        clock.set(new Date(clock.now().getTime() + 121_000));
        const afterLock = await attempt(username, correct);
        expect(afterLock.url.origin === new URL(REDIRECT_URI).origin).toBe(_ === 'a person');
      },
    );

    it('starts to count anew after a login', async () => {
      const { password: correct } = await issuer.addPerson('sxd.quantri', ['tasks:read'], 'SXD');
      for (let round = 0; round < 3; round += 1) {
        for (let failure = 1; failure <= 4; failure += 1) {
          expect((await attempt('sxd.quantri', 'wrong password')).status).toBe(400);
        }
        expect((await attempt('sxd.quantri', correct)).url.origin).toBe(new URL(REDIRECT_URI).origin);
      }
    });

    it('allows five guesses, not more, to attempts at the same moment', async () => {
      await issuer.addPerson('cat.congthong', ['tasks:read'], 'CAT');
      const statuses = await Promise.all(
        Array.from({ length: 12 }, async () => (await attempt('cat.congthong', 'wrong password')).status),
      );
      expect(statuses.filter((status) => status === 400)).toHaveLength(4);
      const [row] = await issuer.query<{ failures: number }>(
        'SELECT failures FROM login_attempts WHERE username = $1',
        ['cat.congthong'],
      );
      expect(row?.failures).toBe(5);
    });

    it('shows the lock to administrators, who lift it with a new password', async () => {
      const { id } = await issuer.addPerson('snv.tuyendung', ['tasks:read'], 'SNV');
      for (let failure = 1; failure <= 5; failure += 1) {
        await attempt('snv.tuyendung', 'wrong password');
      }
      expect((await issuer.api('GET', `/v1/people/${id}`)).body).toMatchObject({
        lockedUntil: new Date(clock.now().getTime() + 60_000).toISOString(),
      });
      const reset = await issuer.api('POST', `/v1/people/${id}/password`, { temporary: false });
      const { password: made } = reset.body as { password: string };
      expect((await attempt('snv.tuyendung', made)).url.origin).toBe(new URL(REDIRECT_URI).origin);
    });
  });

  describe('given by an administrator', () => {
    const chosen = 'một câu dài dễ nhớ';
    let names = 0;
    let username: string;
    let given: string;

    beforeEach(async () => {
      username = `moi.${String((names += 1))}`;
      const answer = await issuer.api('POST', '/v1/people', { username, scopes: ['tasks:read'] });
      expect(answer.body).toMatchObject({ passwordTemporary: true });
      given = (answer.body as { password: string }).password;
    });

    it('lets a person in only with another one of their own, which then is the only one', async () => {
      const attempt = issuer.login('portal', 'tasks:read');
      const browser = issuer.browser();
      const page = await browser.submit(await browser.open(attempt.address), { username, password: given });
      expect(page.status).toBe(200);
      expect(page.html).toContain('Chọn mật khẩu mới');
      const form = { username, password: given, 'new-password': chosen, repeated: chosen };
      expect((await attempt.exchange(await browser.submit(page, form))).status).toBe(200);

      const refused = issuer.browser();
      const login = await refused.open(issuer.login('portal', 'tasks:read').address);
      expect((await refused.submit(login, { username, password: given })).status).toBe(400);
      const again = issuer.login('portal', 'tasks:read');
      expect((await again.complete(issuer.browser(), username, chosen)).status).toBe(200);
    });

    it.each([
      ['too short', { 'new-password': 'ngắn quá', repeated: 'ngắn quá' }, 'ít nhất 12 ký tự'],
      ['not repeated', { 'new-password': chosen, repeated: 'khác hẳn câu trên' }, 'không giống nhau'],
      [
        'not proven by the present one',
        { 'new-password': chosen, repeated: chosen, password: 'wrong' },
        'không đúng',
      ],
    ])('refuses one that is %s', async (_, fields, text) => {
      const browser = issuer.browser();
      const login = await browser.open(issuer.login('portal', 'tasks:read').address);
      const page = await browser.open(`${login.url.pathname}/password`);
      const answer = await browser.submit(page, { username, password: given, ...fields });
      expect(answer.status).toBe(400);
      expect(answer.html).toContain(text);
    });

    it('refuses the present one, and one that contains the username', async () => {
      const browser = issuer.browser();
      const login = await browser.open(issuer.login('portal', 'tasks:read').address);
      const page = await browser.open(`${login.url.pathname}/password`);
      const attempt = (password: string) =>
        browser.submit(page, { username, password: given, 'new-password': password, repeated: password });
      expect((await attempt(given)).html).toContain('phải khác');
      expect((await attempt(`${username} 123456`)).html).toContain('không được chứa tên đăng nhập');
    });

    it('can be changed at any login, which ends all other sessions', async () => {
      const { password: first } = await issuer.addPerson(`cu.${username}`, ['tasks:read']);
      const old = issuer.browser();
      const tokens = await issuer.login('portal', 'tasks:read').complete(old, `cu.${username}`, first);
      const browser = issuer.browser();
      const attempt = issuer.login('portal', 'tasks:read');
      const login = await browser.open(attempt.address);
      const page = await browser.open(`${login.url.pathname}/password`);
      const form = { username: `cu.${username}`, password: first, 'new-password': chosen, repeated: chosen };
      expect((await attempt.exchange(await browser.submit(page, form))).status).toBe(200);
      const refresh = {
        grant_type: 'refresh_token',
        client_id: 'portal',
        refresh_token: tokens.refresh_token ?? '',
      };
      expect(await issuer.post('/token', refresh)).toMatchObject({ status: 400, error: 'invalid_grant' });
      expect((await old.open(issuer.login('portal', 'tasks:read').address)).html).toContain(
        'name="password"',
      );
    });

    it('can be changed within a session, which goes on', async () => {
      const { password: first } = await issuer.addPerson(`phien.${username}`, ['tasks:read']);
      const browser = issuer.browser();
      await issuer.login('portal', 'tasks:read').complete(browser, `phien.${username}`, first);
      const attempt = issuer.login('portal', 'tasks:read', { prompt: 'login' });
      const login = await browser.open(attempt.address);
      const page = await browser.open(`${login.url.pathname}/password`);
      const form = {
        username: `phien.${username}`,
        password: first,
        'new-password': chosen,
        repeated: chosen,
      };
      expect((await attempt.exchange(await browser.submit(page, form))).status).toBe(200);
      const next = issuer.login('portal', 'tasks:read');
      expect((await next.exchange(await browser.open(next.address))).status).toBe(200);
    });

    it('counts wrong present passwords like wrong logins', async () => {
      const browser = issuer.browser();
      const login = await browser.open(issuer.login('portal', 'tasks:read').address);
      const page = await browser.open(`${login.url.pathname}/password`);
      const form = { username, password: 'wrong password', 'new-password': chosen, repeated: chosen };
      for (let failure = 1; failure <= 4; failure += 1) {
        expect((await browser.submit(page, form)).status).toBe(400);
      }
      expect((await browser.submit(page, form)).status).toBe(429);
      expect((await browser.submit(page, { ...form, password: given })).status).toBe(429);
    });
  });
});
