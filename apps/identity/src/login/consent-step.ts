import type { FastifyReply } from 'fastify';
import { AUDIENCE, type Scope } from '#libs/contracts';
import { consentPage } from './login-pages.js';
import type { LoginVisit } from './login-visit.js';

/** Asks a person whether an application of others may act for them. */
export async function showConsent(visit: LoginVisit): Promise<FastifyReply> {
  return visit.show(consentPage(visit.uid, await visit.clientName(), wishesOf(visit)));
}

export async function agree(visit: LoginVisit): Promise<FastifyReply> {
  visit.expectStep('consent');
  const { Grant } = visit.provider;
  const { grantId, session } = visit.login;
  const existing = grantId === undefined ? undefined : await Grant.find(grantId);
  const grant = existing ?? new Grant({ accountId: session?.accountId, clientId: visit.clientId });
  grant.addOIDCScope('openid');
  const scopes = wishesOf(visit);
  if (scopes.length > 0) {
    grant.addResourceScope(AUDIENCE, scopes.join(' '));
  }
  return visit.finish({ consent: { grantId: await grant.save() } });
}

/** Scopes the application asks for anew, of those that the person has. */
function wishesOf(visit: LoginVisit): Scope[] {
  const missing = visit.login.prompt.details['missingResourceScopes'] as Record<string, Scope[]> | undefined;
  return missing?.[AUDIENCE] ?? [];
}
