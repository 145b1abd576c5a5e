import { type Client, type Configuration, interactionPolicy } from 'oidc-provider';
import { AUDIENCE } from '#libs/contracts';
import type { ClientsService } from '../clients/clients.service.js';
import type { KeyRing } from '../keys/signing-keys.js';
import { showError, showLogout, showLoggedOut } from '../login/protocol-pages.js';
import type { PeopleService } from '../people/people.service.js';
import type { ProtocolRecords } from '../records/protocol-records.js';
import { agencyClaim, grantFor, resourceServer, toAccount } from './access-policy.js';
import { adapterFactory } from './adapters.js';
import { OWN_METADATA } from './client-metadata.js';
import { LIFETIMES } from './lifetimes.js';

export interface ProviderParts {
  clients: ClientsService;
  people: PeopleService;
  records: ProtocolRecords;
}

/** The protocol library with everything turned off that this system does not use. */
export function configure(ring: KeyRing, { clients, people, records }: ProviderParts): Configuration {
  const issuing = { signingKeyId: ring.currentId, findPerson: (id: string) => people.findActive(id) };
  return {
    adapter: adapterFactory(records, clients),
    jwks: { keys: [...ring.keys] },
    cookies: {
      keys: [...ring.cookieKeys],
      names: { session: 'ioc_session', interaction: 'ioc_login', resume: 'ioc_login_resume' },
      long: { httpOnly: true, sameSite: 'lax', signed: true },
      short: { httpOnly: true, sameSite: 'lax', signed: true },
    },
    ttl: { ...LIFETIMES },
    scopes: ['openid'],
    claims: { openid: ['sub', 'preferred_username', 'agency'] },
    // Claims come in the ID token: access tokens are for the services, there is no userinfo endpoint.
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    extraClientMetadata: { properties: [...OWN_METADATA] },
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: false,
    clientBasedCORS: (_ctx, origin, client) =>
      client.clientAuthMethod === 'none' && servesOrigin(client, origin),
    findAccount: async (_ctx, id) => {
      const person = await people.findActive(id);
      return person ? toAccount(person) : undefined;
    },
    loadExistingGrant: grantFor,
    extraTokenClaims: (ctx) => agencyClaim(ctx),
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    // Logging out ends what was handed out in the session.
    expiresWithSession: () => true,
    rotateRefreshToken: true,
    interactions: { policy: policy(), url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    renderError: showError,
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      userinfo: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => client.clientId === token.clientId,
      },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => client.clientId === token.clientId,
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => AUDIENCE,
        useGrantedResource: () => true,
        getResourceServerInfo: (ctx, resource, client) => resourceServer(ctx, resource, client, issuing),
      },
      rpInitiatedLogout: { enabled: true, logoutSource: showLogout, postLogoutSuccessSource: showLoggedOut },
    },
  };
}

/** The usual checks, and: a person who was disabled or removed since the login has to log in again. */
function policy() {
  const prompts = interactionPolicy.base();
  prompts
    .get('login')
    ?.checks.add(
      new interactionPolicy.Check(
        'person_gone',
        'the person may not be logged in any more',
        'login_required',
        (ctx) =>
          ctx.oidc.session?.accountId !== undefined && !ctx.oidc.account
            ? interactionPolicy.Check.REQUEST_PROMPT
            : interactionPolicy.Check.NO_NEED_TO_PROMPT,
      ),
    );
  return prompts;
}

function servesOrigin(client: Client, origin: string): boolean {
  return (
    origin !== 'null' && (client.redirectUris ?? []).some((address) => URL.parse(address)?.origin === origin)
  );
}
