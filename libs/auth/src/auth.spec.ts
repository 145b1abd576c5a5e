import { createHmac } from 'node:crypto';
import {
  type ArgumentsHost,
  Catch,
  Controller,
  type ExceptionFilter,
  Get,
  Injectable,
  Logger,
  type LoggerService,
  Module,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { base64url, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { ProblemError } from '#libs/contracts';
import {
  Actor,
  type ActorResolver,
  AuthModule,
  type AuthOptions,
  CurrentActor,
  Public,
  RequireAnyScope,
  RequireScopes,
  type RequestCredentials,
} from './index.js';
import { LocalIssuer } from './testing/issuer.js';

@Controller()
class Routes {
  @Get('public')
  @Public()
  everybody(): string {
    return 'everybody';
  }

  @Get('plain')
  anybodyKnown(@CurrentActor() actor: Actor): object {
    const { subject, clientId, agency, scopes } = actor;
    return { subject, clientId, agency, scopes: [...scopes] };
  }

  @Get('read')
  @RequireScopes('tasks:read')
  read(): string {
    return 'read';
  }

  @Get('both')
  @RequireScopes('tasks:read', 'tasks:write')
  both(): string {
    return 'both';
  }

  @Get('either')
  @RequireAnyScope('tasks:write', 'admin')
  either(): string {
    return 'either';
  }
}

@Controller('open')
@Public()
class OpenRoutes {
  @Get('closed')
  @RequireScopes('admin')
  closed(): string {
    return 'closed';
  }
}

@Injectable()
class CookieResolver implements ActorResolver {
  resolve(request: RequestCredentials): Promise<Actor | null> {
    const known = request.headers['cookie'] === 'display=wall-1';
    return Promise.resolve(known ? new Actor('wall-1', 'wall', null, new Set(['ioc:display'])) : null);
  }
}

/** Stands in for libs/http, which libs/auth must not import. */
@Catch(ProblemError)
class ProblemFilter implements ExceptionFilter<ProblemError> {
  catch(error: ProblemError, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<{ code(status: number): { send(body: object): void } }>();
    reply.code(error.definition.status).send({ code: error.code, parameters: error.parameters });
  }
}

class CollectedLog implements LoggerService {
  readonly lines: string[] = [];
  log = (): void => undefined;
  error = (...parts: unknown[]): void => void this.lines.push(JSON.stringify(parts));
  warn = (...parts: unknown[]): void => void this.lines.push(JSON.stringify(parts));
}

interface Answer {
  status: number;
  body: { code?: string; parameters?: object; agency?: string | null; scopes?: string[]; subject?: string };
  challenge: string | undefined;
}

describe('access control', () => {
  let issuer: LocalIssuer;
  let log: CollectedLog;
  const apps: NestFastifyApplication[] = [];

  async function start(options: Partial<AuthOptions> = {}): Promise<NestFastifyApplication> {
    @Module({
      imports: [AuthModule.forRoot({ issuer: issuer.url, ...options })],
      controllers: [Routes, OpenRoutes],
    })
    class TestModule {}
    const app = await NestFactory.create<NestFastifyApplication>(TestModule, new FastifyAdapter());
    app.useGlobalFilters(new ProblemFilter());
    await app.init();
    apps.push(app);
    return app;
  }

  async function get(
    app: NestFastifyApplication,
    url: string,
    token?: string,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await app.inject({
      url,
      headers: token === undefined ? headers : { ...headers, authorization: `Bearer ${token}` },
    });
    const text = response.body;
    return {
      status: response.statusCode,
      body: text.startsWith('{') ? (JSON.parse(text) as Answer['body']) : {},
      challenge: response.headers['www-authenticate'] as string | undefined,
    };
  }

  beforeEach(async () => {
    issuer = await LocalIssuer.start();
    log = new CollectedLog();
    Logger.overrideLogger(log);
  });

  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.close()));
    await issuer.stop();
  });

  it('lets everybody into a public route and asks a token everywhere else', async () => {
    const app = await start();
    expect((await get(app, '/public')).status).toBe(200);
    expect(await get(app, '/plain')).toMatchObject({
      status: 401,
      body: { code: 'unauthenticated' },
      challenge: 'Bearer',
    });
    expect(issuer.requests).toBe(0);
  });

  it('gives the actor of a good token, with the scopes this system knows', async () => {
    const app = await start();
    const answer = await get(app, '/plain', await issuer.token({ scope: 'openid tasks:read unknown:scope' }));
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      subject: 'system-1',
      clientId: 'system-1',
      agency: 'SKHCN',
      scopes: ['tasks:read'],
    });
  });

  it('gives no agency where the token has none', async () => {
    const app = await start();
    expect((await get(app, '/plain', await issuer.token({ agency: undefined }))).body.agency).toBeNull();
    expect((await get(app, '/plain', await issuer.token({ agency: ['SKHCN'] }))).body.agency).toBeNull();
  });

  it('accepts tokens typed JWT and untyped ones, as other issuers make them', async () => {
    const app = await start();
    expect((await get(app, '/read', await issuer.token({}, { typ: 'JWT' }))).status).toBe(200);
    expect((await get(app, '/read', await issuer.token({}, { typ: undefined }))).status).toBe(200);
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
      const app = await start();
      const token = await badTokens[name]?.();
      expect((await get(app, '/read', await issuer.token())).status).toBe(200);
      const answer = await get(app, '/read', token);
      expect(answer).toMatchObject({
        status: 401,
        body: { code: 'unauthenticated' },
        challenge: 'Bearer error="invalid_token"',
      });
      expect(log.lines).toHaveLength(1);
      expect(log.lines[0]).toContain('refused');
      expect(log.lines[0]).not.toContain(token?.split('.').at(1) ?? token);
    });

    it('another scheme than Bearer', async () => {
      const app = await start();
      const answer = await get(app, '/read', undefined, { authorization: 'Basic c3lzdGVtLTE6c2VjcmV0' });
      expect(answer.status).toBe(401);
      expect(log.lines.join()).not.toContain('c3lzdGVtLTE6c2VjcmV0');
    });
  });

  it('bears a clock that differs by up to 5 seconds', async () => {
    const app = await start();
    const token = await issuer.token({ exp: Math.floor(Date.now() / 1000) - 2 });
    expect((await get(app, '/read', token)).status).toBe(200);
  });

  it('asks every scope of RequireScopes and one of RequireAnyScope, and logs who was refused where', async () => {
    const app = await start();
    const reader = await issuer.token();
    const writer = await issuer.token({ scope: 'tasks:read tasks:write' });
    const refused = await get(app, '/both?q=private', reader);
    expect(refused).toMatchObject({
      status: 403,
      body: { code: 'insufficient-scope', parameters: { scope: 'tasks:read tasks:write' } },
      challenge: 'Bearer error="insufficient_scope", scope="tasks:read tasks:write"',
    });
    expect((await get(app, '/both', writer)).status).toBe(200);
    expect((await get(app, '/either', reader)).status).toBe(403);
    expect((await get(app, '/either', writer)).status).toBe(200);
    expect(log.lines[0]).toContain('"clientId":"system-1"');
    expect(log.lines[0]).toContain('"path":"/both"');
    expect(log.lines[0]).not.toContain('private');
  });

  it("puts a route's own rule before its controller's", async () => {
    const app = await start();
    expect((await get(app, '/open/closed')).status).toBe(401);
    expect((await get(app, '/open/closed', await issuer.token())).status).toBe(403);
  });

  it('tries other credentials before the bearer token', async () => {
    const app = await start({ resolvers: [CookieResolver] });
    const byCookie = await get(app, '/plain', undefined, { cookie: 'display=wall-1' });
    expect(byCookie.body).toMatchObject({ subject: 'wall-1', scopes: ['ioc:display'] });
    expect((await get(app, '/plain', undefined, { cookie: 'display=other' })).status).toBe(401);
    expect((await get(app, '/plain', await issuer.token())).body.subject).toBe('system-1');
  });

  it('learns a new key while running, and still takes tokens of the old one', async () => {
    const app = await start({ keys: { cooldown: 0 } });
    const old = await issuer.token();
    expect((await get(app, '/read', old)).status).toBe(200);
    await issuer.rotate();
    expect((await get(app, '/read', await issuer.token())).status).toBe(200);
    expect((await get(app, '/read', old)).status).toBe(200);
  });

  it('does not ask the issuer again for every made-up key', async () => {
    const app = await start();
    await get(app, '/read', await issuer.token());
    const asked = issuer.requests;
    for (let index = 0; index < 20; index += 1) {
      const token = await issuer.token({}, { kid: `made-up-${String(index)}` });
      expect((await get(app, '/read', token)).status).toBe(401);
    }
    expect(issuer.requests).toBe(asked);
  });

  it('works with known keys while the issuer is away, even when they are due for renewal', async () => {
    const app = await start({ keys: { refreshAfter: 0, cooldown: 0, retryAfter: 0 } });
    const token = await issuer.token();
    expect((await get(app, '/read', token)).status).toBe(200);
    await issuer.stop();
    expect((await get(app, '/read', token)).status).toBe(200);
    expect((await get(app, '/read', token)).status).toBe(200);
    // A key it does not know may be a new one: nobody can tell now, so the caller should retry, not log in again.
    await issuer.rotate();
    expect((await get(app, '/read', await issuer.token())).status).toBe(503);
    await issuer.restart();
    expect((await get(app, '/read', await issuer.token())).status).toBe(200);
  });

  it('answers 503, not 401, while it never had the keys, and recovers by itself', async () => {
    const app = await start({ keys: { retryAfter: 0 } });
    const token = await issuer.token();
    await issuer.stop();
    const answer = await get(app, '/read', token);
    expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' }, challenge: undefined });
    expect((await get(app, '/public')).status).toBe(200);
    await issuer.restart();
    expect((await get(app, '/read', token)).status).toBe(200);
  });

  it('does not trust a discovery document of another issuer', async () => {
    const app = await start({ issuer: `${issuer.url}/` });
    expect((await get(app, '/read', await issuer.token({ iss: `${issuer.url}/` }))).status).toBe(503);
  });

  it('takes the keys from an address given, without discovery', async () => {
    const app = await start({ jwksUrl: `${issuer.url}/keys` });
    expect((await get(app, '/read', await issuer.token())).status).toBe(200);
    expect(issuer.requests).toBe(1);
  });
});
