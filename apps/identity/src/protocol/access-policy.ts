import {
  type Account,
  type Client,
  errors,
  type Grant,
  type KoaContextWithOIDC,
  type ResourceServer,
} from 'oidc-provider';
import { AUDIENCE, type Scope } from '#libs/contracts';
import { DEVELOPER_CLIENT_ID } from '../clients/developer-client.js';
import { AGENCY_CODE } from '../fields.js';
import type { Person } from '../people/person.entity.js';
import { ownMetadata } from './client-metadata.js';
import { ACCESS_TOKEN_SECONDS } from './lifetimes.js';

/** The person of a login, as the library carries it along. */
export interface PersonAccount extends Account {
  person: Person;
}

export function toAccount(person: Person): PersonAccount {
  const claims = { sub: person.id, preferred_username: person.username, agency: person.agency };
  return { accountId: person.id, person, claims: () => claims };
}

export type FindPerson = (id: string) => Promise<Person | null>;

function personOf(ctx: KoaContextWithOIDC): Person | null {
  return (ctx.oidc.account as PersonAccount | undefined)?.person ?? null;
}

/** The library looks at the scopes of a login before it loads the person. */
async function personOfLogin(ctx: KoaContextWithOIDC, find: FindPerson): Promise<Person | null> {
  const id = ctx.oidc.session?.accountId;
  return personOf(ctx) ?? (id === undefined ? null : find(id));
}

/**
 * What a token for this system's services may carry: what the client may, and of that, when a person is logged in,
 * what the person may. A system that asks for more is refused; an application gets what its person has.
 */
export async function resourceServer(
  ctx: KoaContextWithOIDC,
  resource: string,
  client: Client,
  { signingKeyId, findPerson }: { signingKeyId: string; findPerson: FindPerson },
): Promise<ResourceServer> {
  if (resource !== AUDIENCE) {
    throw new errors.InvalidTarget(`the only resource is ${AUDIENCE}`);
  }
  const { scopes } = ownMetadata(client);
  const person = await personOfLogin(ctx, findPerson);
  const allowed = person ? scopes.filter((scope) => person.scopes.includes(scope)) : scopes;
  if (ctx.oidc.params?.['grant_type'] === 'client_credentials') {
    settleSystemScopes(ctx, allowed);
  }
  return {
    scope: allowed.join(' '),
    audience: AUDIENCE,
    accessTokenTTL: ACCESS_TOKEN_SECONDS,
    accessTokenFormat: 'jwt',
    jwt: { sign: { alg: 'ES256', kid: signingKeyId } },
  };
}

/** A system that names no scope gets all of its own (RFC 6749, section 3.3). */
function settleSystemScopes(ctx: KoaContextWithOIDC, allowed: readonly Scope[]): void {
  const params = ctx.oidc.params ?? {};
  const asked = typeof params['scope'] === 'string' ? params['scope'].split(' ') : [];
  const refused = asked.find((scope) => !(allowed as readonly string[]).includes(scope));
  if (refused !== undefined) {
    throw new errors.InvalidScope('this client may not ask for the scope', refused);
  }
  if (asked.length === 0) {
    params['scope'] = allowed.join(' ');
  }
}

/** The claim `agency`: the person's, or the system's own. */
export function agencyClaim(ctx: KoaContextWithOIDC): { agency: string } | undefined {
  const person = personOf(ctx);
  const { client } = ctx.oidc;
  if (!client) {
    return undefined;
  }
  const agency = person ? person.agency : (developerAgency(ctx, client) ?? ownMetadata(client).agency);
  return agency === null ? undefined : { agency };
}

/** Only the developer's client may choose for which agency it speaks. */
function developerAgency(ctx: KoaContextWithOIDC, client: Client): string | null {
  const asked = ctx.oidc.body?.['agency'];
  if (asked === undefined || client.clientId !== DEVELOPER_CLIENT_ID) {
    return null;
  }
  if (typeof asked !== 'string' || !AGENCY_CODE.test(asked)) {
    throw new errors.InvalidRequest('agency must be the code of one agency, for example SKHCN');
  }
  return asked;
}

/**
 * What a person has granted to the client. The province's own applications are granted all that they may ask for,
 * so that nobody is asked; others only what was agreed to on the consent page.
 */
export async function grantFor(ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { client, session, provider, account } = ctx.oidc;
  if (!client || !session || !account) {
    return undefined;
  }
  const id = ctx.oidc.result?.consent?.grantId ?? session.grantIdFor(client.clientId);
  const existing = id === undefined ? undefined : await provider.Grant.find(id);
  const { firstParty, scopes } = ownMetadata(client);
  if (!firstParty) {
    return existing;
  }
  const grant = existing ?? new provider.Grant({ clientId: client.clientId, accountId: account.accountId });
  grant.addOIDCScope('openid');
  grant.addResourceScope(AUDIENCE, scopes.join(' '));
  await grant.save();
  return grant;
}
