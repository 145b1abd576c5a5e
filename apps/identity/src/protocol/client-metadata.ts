import type { AdapterPayload } from 'oidc-provider';
import type { Scope } from '#libs/contracts';
import type { Client, ClientKind } from '../clients/client.entity.js';

/** Members that this system adds to a client's metadata. */
export const OWN_METADATA = ['ioc_scopes', 'ioc_agency', 'ioc_first_party'] as const;

type Metadata = Pick<
  AdapterPayload,
  'application_type' | 'grant_types' | 'response_types' | 'token_endpoint_auth_method'
>;

const LOGIN: Metadata = { grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] };

const BY_KIND: Readonly<Record<ClientKind, Metadata>> = {
  system: {
    application_type: 'web',
    grant_types: ['client_credentials'],
    response_types: [],
    token_endpoint_auth_method: 'client_secret_basic',
  },
  web: { ...LOGIN, application_type: 'web', token_endpoint_auth_method: 'client_secret_basic' },
  browser: { ...LOGIN, application_type: 'web', token_endpoint_auth_method: 'none' },
  native: { ...LOGIN, application_type: 'native', token_endpoint_auth_method: 'none' },
};

/** A client in the words of RFC 7591. Its `client_secret` is the hash, which only our own comparison understands. */
export function toMetadata(client: Client): AdapterPayload {
  return {
    ...BY_KIND[client.kind],
    client_id: client.id,
    client_name: client.name,
    redirect_uris: client.redirectUris,
    post_logout_redirect_uris: client.postLogoutRedirectUris,
    ...(client.secretHash !== null && { client_secret: client.secretHash }),
    ioc_scopes: client.scopes,
    ioc_agency: client.agency,
    ioc_first_party: client.firstParty,
  };
}

/** What the library hands back of the members that {@link toMetadata} added. */
export interface OwnMetadata {
  scopes: readonly Scope[];
  agency: string | null;
  firstParty: boolean;
}

export function ownMetadata(client: object): OwnMetadata {
  const members = client as Partial<Record<(typeof OWN_METADATA)[number], unknown>>;
  return {
    scopes: (members.ioc_scopes ?? []) as Scope[],
    agency: (members.ioc_agency ?? null) as string | null,
    firstParty: members.ioc_first_party === true,
  };
}
