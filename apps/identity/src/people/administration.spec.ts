import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DEVELOPER_SECRET, REDIRECT_URI, TestIssuer } from '../testing/issuer.js';

describe('administration of people and clients', () => {
  let issuer: TestIssuer;

  beforeAll(async () => {
    issuer = await TestIssuer.start();
  });

  afterAll(async () => {
    await issuer.stop();
  });

  it('is for administrators only', async () => {
    const token = await issuer.developerToken('tasks:assign budget:approve');
    for (const path of ['/v1/people', '/v1/clients', '/v1/keys']) {
      expect(await issuer.api('GET', path, undefined, { token })).toMatchObject({
        status: 403,
        body: { code: 'insufficient-scope' },
      });
      expect((await fetch(issuer.url + path)).status).toBe(401);
    }
  });

  it('shows a secret once, and nothing of secrets and passwords later', async () => {
    const created = await issuer.api('POST', '/v1/clients', {
      id: 'vpubnd-giaoviec',
      name: 'Giao việc',
      kind: 'system',
      scopes: ['tasks:assign'],
      agency: 'VPUBND',
    });
    expect(created.status).toBe(201);
    expect(created.headers.get('location')).toBe('/v1/clients/vpubnd-giaoviec');
    expect((created.body as { secret: string }).secret).toMatch(/^[\w-]{43}$/);
    const read = await issuer.api('GET', '/v1/clients/vpubnd-giaoviec');
    expect(read.body).toEqual({
      id: 'vpubnd-giaoviec',
      name: 'Giao việc',
      kind: 'system',
      agency: 'VPUBND',
      scopes: ['tasks:assign'],
      redirectUris: [],
      postLogoutRedirectUris: [],
      firstParty: false,
      disabledAt: null,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
      version: 1,
    });
    expect(read.headers.get('etag')).toBe('"1"');

    const person = await issuer.api('POST', '/v1/people', {
      username: 'vpubnd.truc',
      scopes: ['tasks:read'],
    });
    expect((person.body as { password: string }).password).toMatch(/^[\w-]{20}$/);
    const listed = JSON.stringify((await issuer.api('GET', '/v1/people')).body);
    expect(listed).toContain('vpubnd.truc');
    expect(listed).not.toMatch(/password"|argon2/);
    const [row] = await issuer.query<{ password_hash: string }>('SELECT password_hash FROM people');
    expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it.each([
    ['unknown field', { id: 'abc-def', name: 'x', kind: 'system', scopes: [], secret: 'chosen' }, 'secret'],
    ['unknown scope', { id: 'abc-def', name: 'x', kind: 'system', scopes: ['root'] }, 'scopes[0]'],
    ['wrong kind', { id: 'abc-def', name: 'x', kind: 'robot', scopes: [] }, 'kind'],
    ['bad identifier', { id: 'A B', name: 'x', kind: 'system', scopes: [] }, 'id'],
    ['no address', { id: 'abc-def', name: 'x', kind: 'web', scopes: [] }, 'redirectUris'],
    [
      'address for a system',
      { id: 'abc-def', name: 'x', kind: 'system', scopes: [], redirectUris: [REDIRECT_URI] },
      'redirectUris',
    ],
    [
      'plain http',
      { id: 'abc-def', name: 'x', kind: 'web', scopes: [], redirectUris: ['http://app.example.vn/'] },
      'redirectUris[0]',
    ],
    [
      'fragment',
      { id: 'abc-def', name: 'x', kind: 'web', scopes: [], redirectUris: ['https://app.example.vn/#a'] },
      'redirectUris[0]',
    ],
    [
      'native beyond the machine',
      { id: 'abc-def', name: 'x', kind: 'native', scopes: [], redirectUris: [REDIRECT_URI] },
      'redirectUris[0]',
    ],
  ])('refuses a client with %s', async (_, input, field) => {
    const answer = await issuer.api('POST', '/v1/clients', input);
    expect(answer).toMatchObject({ status: 400, body: { code: 'validation-failed', errors: [{ field }] } });
    expect((await issuer.api('GET', '/v1/clients/abc-def')).status).toBe(404);
  });

  it.each([
    ['short password', { username: 'abc.def', scopes: [], password: 'short' }, 'password'],
    ['bad username', { username: 'Ông A', scopes: [] }, 'username'],
    ['bad agency', { username: 'abc.def', scopes: [], agency: 'sở' }, 'agency'],
  ])('refuses a person with a %s', async (_, input, field) => {
    const answer = await issuer.api('POST', '/v1/people', input);
    expect(answer).toMatchObject({ status: 400, body: { code: 'validation-failed', errors: [{ field }] } });
  });

  it('refuses names that are taken', async () => {
    await issuer.addSystem('taken-id', []);
    const client = { id: 'taken-id', name: 'x', kind: 'system', scopes: ['admin'] };
    expect(await issuer.api('POST', '/v1/clients', client)).toMatchObject({
      status: 409,
      body: { code: 'client-id-taken' },
    });
    await issuer.addPerson('taken.name', []);
    expect(
      await issuer.api('POST', '/v1/people', { username: 'taken.name', scopes: ['admin'] }),
    ).toMatchObject({
      status: 409,
      body: { code: 'username-taken' },
    });
  });

  it('changes what it is told, from the version it was told of', async () => {
    await issuer.addApplication('changing', ['tasks:read']);
    const path = '/v1/clients/changing';
    const changed = await issuer.api(
      'PATCH',
      path,
      { scopes: ['tasks:write'] },
      { headers: { 'if-match': '"1"' } },
    );
    expect(changed).toMatchObject({
      status: 200,
      body: { scopes: ['tasks:write'], redirectUris: [REDIRECT_URI], version: 2 },
    });
    const stale = await issuer.api('PATCH', path, { scopes: ['admin'] }, { headers: { 'if-match': '"1"' } });
    expect(stale).toMatchObject({ status: 412, body: { code: 'stale-version' } });
    expect((await issuer.api('PATCH', path, { redirectUris: [] })).status).toBe(400);
    expect((await issuer.api('PATCH', path, { kind: 'system' })).status).toBe(400);
    expect((await issuer.api('GET', path)).body).toMatchObject({ scopes: ['tasks:write'], version: 2 });
    expect((await issuer.api('POST', `${path}/secret`)).body).toMatchObject({ code: 'client-has-no-secret' });
  });

  it('lists page by page, each once, in order', async () => {
    for (let index = 0; index < 5; index += 1) {
      await issuer.addSystem(`page-${String(index)}`, []);
      await issuer.addPerson(`page.${String(index)}`, []);
    }
    for (const path of ['/v1/clients', '/v1/people']) {
      const all = (await issuer.api('GET', path)).body as { items: { id: string }[]; nextCursor: null };
      expect(all.nextCursor).toBeNull();
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const query = cursor === '' ? '' : `&cursor=${cursor}`;
        const answer = await issuer.api('GET', `${path}?limit=2${query}`);
        const page = answer.body as { items: { id: string }[]; nextCursor: string | null };
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect(seen).toEqual(all.items.map(({ id }) => id));
      expect((await issuer.api('GET', `${path}?cursor=forged`)).body).toMatchObject({
        code: 'invalid-cursor',
      });
    }
  });

  it('keeps one administrator, whoever goes at the same moment', async () => {
    const first = await issuer.addPerson('admin.one', ['admin']);
    const second = await issuer.addPerson('admin.two', ['admin']);
    const answers = await Promise.all([
      issuer.api('POST', `/v1/people/${first.id}/disable`),
      issuer.api('PATCH', `/v1/people/${second.id}`, { scopes: [] }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body).toMatchObject({ code: 'last-administrator' });
  });

  it('keeps no answer with a secret for a repeated request', async () => {
    const input = { id: 'repeated', name: 'x', kind: 'system', scopes: [] };
    const answer = await issuer.api('POST', '/v1/clients', input, {
      headers: { 'idempotency-key': 'key-1' },
    });
    expect(answer.status).toBe(400);
    expect((await issuer.api('GET', '/v1/clients/repeated')).status).toBe(404);
  });
});

describe('first start', () => {
  let issuer: TestIssuer;

  afterEach(async () => {
    await issuer.stop();
  });

  it('lets the first administrator in through a program on the own machine, and nobody else later', async () => {
    const administratorPassword = 'the very first password';
    issuer = await TestIssuer.start({ administratorPassword, developerClientSecret: null });
    const redirect_uri = 'http://127.0.0.1:53123/callback';
    const attempt = issuer.login('administration', 'openid admin', { redirect_uri });
    const browser = issuer.browser();
    const change = await browser.submit(await browser.open(attempt.address), {
      username: 'admin',
      password: administratorPassword,
    });
    // Whoever installed the system knows this password.
    const consent = await browser.submit(change, {
      username: 'admin',
      password: administratorPassword,
      'new-password': 'a password of my own',
      repeated: 'a password of my own',
    });
    // Any program of the machine could call itself this one, so the person is asked.
    expect(consent.html).toContain('Quản trị danh tính');
    const tokens = await attempt.exchange(await browser.submit(consent, {}), { redirect_uri });
    expect(tokens.scope).toBe('admin');
    const people = await issuer.api('GET', '/v1/people', undefined, { token: tokens.access_token });
    expect((people.body as { items: object[] }).items).toHaveLength(1);

    await issuer.restart({
      administratorPassword: 'another password altogether',
      developerClientSecret: null,
    });
    const again = issuer.browser();
    const page = await again.open(issuer.login('administration', 'openid admin', { redirect_uri }).address);
    expect(
      (await again.submit(page, { username: 'admin', password: 'another password altogether' })).status,
    ).toBe(400);
  });

  it('refuses a first password that is too short', async () => {
    issuer = await TestIssuer.start();
    await expect(issuer.restart({ administratorPassword: 'admin' })).rejects.toThrow(
      'ADMIN_INITIAL_PASSWORD must have 12',
    );
    await issuer.restart({});
  });

  it('writes no secret, password, code or token to the log, but who did what', async () => {
    const written: string[] = [];
    // Replaced before the logger is made, which then writes through it instead of to the file descriptor.
    const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written.push(text.toString());
      return true;
    });
    const secrets: (string | undefined)[] = [DEVELOPER_SECRET];
    try {
      issuer = await TestIssuer.start({ logLevel: 'trace' });
      const system = await issuer.addSystem('logged-system', ['tasks:read']);
      await issuer.addApplication('logged-app', ['tasks:read']);
      const person = await issuer.addPerson('logged.person', ['tasks:read']);
      const attempt = issuer.login('logged-app', 'openid tasks:read');
      const browser = issuer.browser();
      await browser.submit(await browser.open(attempt.address), {
        username: 'logged.person',
        password: 'mistyped password',
      });
      const back = await browser.submit(await browser.open(attempt.address), {
        username: 'logged.person',
        password: person.password,
      });
      const tokens = await attempt.exchange(back);
      await attempt.exchange(back);
      const systemToken = await issuer.token('logged-system', system);
      await issuer.token('logged-system', `${system}-wrong`);
      await issuer.api('GET', '/v1/keys', undefined, { token: systemToken.access_token });
      secrets.push(
        system,
        person.password,
        'mistyped password',
        back.url.searchParams.get('code') ?? undefined,
      );
      secrets.push(tokens.access_token, tokens.refresh_token, tokens.id_token, systemToken.access_token);
      secrets.push(browser.cookie('ioc_session'));
    } finally {
      write.mockRestore();
    }
    const log = written.join('');
    expect(log).toContain('token issued');
    expect(log).toContain('login refused: wrong');
    expect(log).toContain('"by":"developer"');
    expect(log).toContain('lacks scope admin');
    for (const secret of secrets) {
      expect(secret?.length).toBeGreaterThan(10);
      expect(log).not.toContain(secret);
    }
  });
});
