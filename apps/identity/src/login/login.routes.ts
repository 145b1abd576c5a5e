import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { errors } from 'oidc-provider';
import { ProviderHost } from '../protocol/provider-host.js';
import { agree, showConsent } from './consent-step.js';
import { type LoginRequest, LoginVisit } from './login-visit.js';
import { pageHeaders } from './page.js';
import { PasswordSteps } from './password-steps.js';
import { errorPage } from './protocol-pages.js';

/** In bytes: three long passwords, with every character as an escape of nine. */
const FORM_LIMIT = 8_192;

type Handler = (visit: LoginVisit) => FastifyReply | Promise<FastifyReply>;

/**
 * The pages on which people log in and agree. A login under way is bound to the browser by a signed cookie that is
 * sent for its own path only and never from another site (SameSite), so a form posted from elsewhere finds no login.
 */
@Injectable()
export class LoginRoutes {
  constructor(
    private readonly host: ProviderHost,
    private readonly passwords: PasswordSteps,
  ) {}

  addTo(fastify: FastifyInstance): void {
    fastify.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: FORM_LIMIT },
      (_request, body, done) => {
        done(null, new URLSearchParams(body.toString()));
      },
    );
    const { passwords } = this;
    const show: Handler = (visit) =>
      visit.step === 'consent' ? showConsent(visit) : passwords.showLogin(visit);
    const path = '/interaction/:uid';
    fastify.get(path, this.inLogin(show));
    fastify.get(
      `${path}/password`,
      this.inLogin((visit) => passwords.showChange(visit)),
    );
    fastify.post(
      `${path}/login`,
      this.inLogin((visit) => passwords.logIn(visit)),
    );
    fastify.post(
      `${path}/password`,
      this.inLogin((visit) => passwords.change(visit)),
    );
    fastify.post(`${path}/consent`, this.inLogin(agree));
    fastify.post(`${path}/cancel`, this.inLogin(cancel));
  }

  /** Finds the login under way of this browser; without one there is only a page that says so. */
  private inLogin(handle: Handler) {
    return async (request: LoginRequest, reply: FastifyReply): Promise<FastifyReply> => {
      try {
        return await handle(await LoginVisit.find(this.host.provider, request, reply));
      } catch (error) {
        if (error instanceof errors.OIDCProviderError) {
          const body = errorPage(error.message, error.error_description ?? '');
          return reply.code(400).headers(pageHeaders()).send(body);
        }
        throw error;
      }
    };
  }
}

function cancel(visit: LoginVisit): Promise<FastifyReply> {
  return visit.finish({ error: 'access_denied', error_description: 'the person cancelled' });
}
