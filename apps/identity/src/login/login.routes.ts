import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errors } from 'oidc-provider';
import { Clock } from '#libs/calendar';
import { AUDIENCE, type Scope } from '#libs/contracts';
import { Authentication } from '../people/authentication.js';
import { ProviderHost } from '../protocol/provider-host.js';
import { consentPage, locked, loginPage, WRONG } from './login-pages.js';
import { pageHeaders } from './page.js';
import { errorPage } from './protocol-pages.js';

type Interaction = Awaited<ReturnType<ProviderHost['provider']['interactionDetails']>>;
type LoginRequest = FastifyRequest<{ Params: { uid: string }; Body: URLSearchParams | undefined }>;
type Handler = (login: Interaction, request: LoginRequest, reply: FastifyReply) => Promise<unknown>;

/**
 * The pages on which people log in and agree. A login under way is bound to the browser by a signed cookie that is
 * sent for its own path only and never from another site (SameSite), so a form posted from elsewhere finds no login.
 */
@Injectable()
export class LoginRoutes {
  constructor(
    private readonly host: ProviderHost,
    private readonly authentication: Authentication,
    private readonly clock: Clock,
  ) {}

  addTo(fastify: FastifyInstance): void {
    fastify.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 4_096 },
      (_request, body, done) => {
        done(null, new URLSearchParams(body.toString()));
      },
    );
    const path = '/interaction/:uid';
    fastify.get(
      path,
      this.inLogin((login, _request, reply) => this.show(login, reply)),
    );
    fastify.post(
      `${path}/login`,
      this.inLogin((login, request, reply) => this.logIn(login, request, reply)),
    );
    fastify.post(
      `${path}/consent`,
      this.inLogin((login, request, reply) => this.consent(login, request, reply)),
    );
    fastify.post(
      `${path}/cancel`,
      this.inLogin((_login, request, reply) => this.cancel(request, reply)),
    );
  }

  /** Finds the login under way of this browser; without one there is only a page that says so. */
  private inLogin(handle: Handler) {
    return async (request: LoginRequest, reply: FastifyReply): Promise<unknown> => {
      try {
        if (isFromElsewhere(request)) {
          throw new errors.SessionNotFound('sent from another site');
        }
        const login = await this.host.provider.interactionDetails(request.raw, reply.raw);
        if (login.uid !== request.params.uid) {
          throw new errors.SessionNotFound('another login is under way');
        }
        return await handle(login, request, reply);
      } catch (error) {
        if (error instanceof errors.OIDCProviderError) {
          const body = errorPage(error.message, error.error_description ?? '');
          return reply.code(400).headers(pageHeaders()).send(body);
        }
        throw error;
      }
    };
  }

  private async show(login: Interaction, reply: FastifyReply): Promise<unknown> {
    const body =
      login.prompt.name === 'consent' ? await this.consentBody(login) : await this.loginBody(login, '', null);
    return reply.headers(headersOf(login)).send(body);
  }

  private async logIn(login: Interaction, request: LoginRequest, reply: FastifyReply): Promise<unknown> {
    expectPrompt(login, 'login');
    const username = request.body?.get('username') ?? '';
    const outcome = await this.authentication.login(username, request.body?.get('password') ?? '');
    switch (outcome.kind) {
      case 'in':
        return this.finish(request, reply, { login: { accountId: outcome.person.id, amr: ['pwd'] } });
      case 'wrong':
        return reply
          .code(400)
          .headers(headersOf(login))
          .send(await this.loginBody(login, username, WRONG));
      case 'locked': {
        const seconds = Math.max(1, Math.ceil((outcome.until.getTime() - this.clock.now().getTime()) / 1000));
        const body = await this.loginBody(login, username, locked(Math.ceil(seconds / 60)));
        return reply.code(429).headers(headersOf(login)).header('retry-after', String(seconds)).send(body);
      }
    }
  }

  private async consent(login: Interaction, request: LoginRequest, reply: FastifyReply): Promise<unknown> {
    expectPrompt(login, 'consent');
    const { Grant } = this.host.provider;
    const accountId = login.session?.accountId;
    const clientId = String(login.params['client_id']);
    const existing = login.grantId === undefined ? undefined : await Grant.find(login.grantId);
    const grant = existing ?? new Grant({ accountId, clientId });
    grant.addOIDCScope('openid');
    const scopes = wishesOf(login);
    if (scopes.length > 0) {
      grant.addResourceScope(AUDIENCE, scopes.join(' '));
    }
    return this.finish(request, reply, { consent: { grantId: await grant.save() } });
  }

  private async cancel(request: LoginRequest, reply: FastifyReply): Promise<unknown> {
    return this.finish(request, reply, {
      error: 'access_denied',
      error_description: 'the person cancelled',
    });
  }

  /** Hands the outcome to the protocol library, which answers with a redirect. */
  private async finish(
    request: LoginRequest,
    reply: FastifyReply,
    result: Parameters<ProviderHost['provider']['interactionResult']>[2],
  ): Promise<unknown> {
    const goOnTo = await this.host.provider.interactionResult(request.raw, reply.raw, result);
    return reply.code(303).header('location', goOnTo).header('cache-control', 'no-store').send();
  }

  private async loginBody(
    login: Interaction,
    username: string,
    error: Parameters<typeof loginPage>[0]['error'],
  ): Promise<string> {
    return loginPage({ uid: login.uid, clientName: await this.clientName(login), username, error });
  }

  private async consentBody(login: Interaction): Promise<string> {
    return consentPage(login.uid, await this.clientName(login), wishesOf(login));
  }

  private async clientName(login: Interaction): Promise<string> {
    const client = await this.host.provider.Client.find(String(login.params['client_id']));
    return client?.clientName ?? String(login.params['client_id']);
  }
}

/** Scopes the application asks for anew, of those that the person has. */
function wishesOf(login: Interaction): Scope[] {
  const missing = login.prompt.details['missingResourceScopes'] as Record<string, Scope[]> | undefined;
  return missing?.[AUDIENCE] ?? [];
}

function expectPrompt(login: Interaction, name: string): void {
  if (login.prompt.name !== name) {
    throw new errors.SessionNotFound('this step is over');
  }
}

/** Browsers say where a request comes from; the cookie protects those that do not. */
function isFromElsewhere(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  return request.method === 'POST' && site !== undefined && site !== 'same-origin';
}

function headersOf(login: Interaction): Record<string, string> {
  const redirectUri = login.params['redirect_uri'];
  return pageHeaders(typeof redirectUri === 'string' ? redirectUri : undefined);
}
