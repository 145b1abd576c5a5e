import type { Scope } from '#libs/contracts';
import {
  BooleanField,
  CodeField,
  CursorQuery,
  EnumField,
  InstantField,
  IntegerField,
  kinds,
  ListField,
  TextField,
} from '#libs/http';
import { AgencyField, make, ScopesField } from '../fields.js';
import { type Client, CLIENT_KINDS, type ClientKind } from './client.entity.js';
import type { ClientWithSecret } from './clients.service.js';

export const CLIENT_ID = /^[a-z][a-z0-9-]{2,62}$/;

const NAME = { description: 'Name shown to people who log in through it', max: 200 };
const AGENCY = { description: 'Code of the agency that a system belongs to; null for applications' };
const SCOPES = { description: 'All that its tokens may carry' };
const REDIRECT_URIS = {
  description:
    'Addresses to which people come back after login; none for a system, at least one for an application',
  max: 20,
  unique: true,
};
const POST_LOGOUT_REDIRECT_URIS = {
  description: 'Addresses to which people may come back after logout',
  max: 20,
  unique: true,
};
const FIRST_PARTY = {
  description: "The province's own application: people are not asked whether it may act for them",
};

/** Client to register. */
export class NewClient {
  @CodeField(CLIENT_ID, {
    description: 'Identifier (client_id), for example the agency and the program',
    example: 'stc-ketoan',
  })
  id: string;

  @TextField(NAME)
  name: string;

  @EnumField(CLIENT_KINDS, {
    description:
      'system: a program acting for itself, with a secret; web: a site with a server that keeps a secret; ' +
      "browser: a page without one; native: a program on a person's machine",
  })
  kind: ClientKind;

  @AgencyField({ ...AGENCY, optional: true, default: null })
  agency: string | null = null;

  @ScopesField(SCOPES)
  scopes: Scope[];

  @ListField(kinds.url(), { ...REDIRECT_URIS, optional: true, default: [] })
  redirectUris: string[] = [];

  @ListField(kinds.url(), { ...POST_LOGOUT_REDIRECT_URIS, optional: true, default: [] })
  postLogoutRedirectUris: string[] = [];

  @BooleanField({ ...FIRST_PARTY, optional: true, default: false })
  firstParty = false;
}

/** Changes to a client; fields left out stay as they are. */
export class ClientChanges {
  @TextField({ ...NAME, optional: true })
  name?: string;

  @AgencyField({ ...AGENCY, optional: true })
  agency?: string | null;

  @ScopesField({ ...SCOPES, optional: true })
  scopes?: Scope[];

  @ListField(kinds.url(), { ...REDIRECT_URIS, optional: true })
  redirectUris?: string[];

  @ListField(kinds.url(), { ...POST_LOGOUT_REDIRECT_URIS, optional: true })
  postLogoutRedirectUris?: string[];

  @BooleanField({ ...FIRST_PARTY, optional: true })
  firstParty?: boolean;
}

export class ClientQuery extends CursorQuery {}

/** Client as its administrators see it; never its secret. */
export class ClientView {
  @CodeField(CLIENT_ID, { description: 'Identifier (client_id)' })
  id: string;

  @TextField(NAME)
  name: string;

  @EnumField(CLIENT_KINDS, { description: 'Kind of program' })
  kind: ClientKind;

  @AgencyField(AGENCY)
  agency: string | null;

  @ScopesField(SCOPES)
  scopes: Scope[];

  @ListField(kinds.url(), REDIRECT_URIS)
  redirectUris: string[];

  @ListField(kinds.url(), POST_LOGOUT_REDIRECT_URIS)
  postLogoutRedirectUris: string[];

  @BooleanField(FIRST_PARTY)
  firstParty: boolean;

  @InstantField({ description: 'Since when it gets no tokens; null while it does', nullable: true })
  disabledAt: string | null;

  @InstantField({ description: 'When it was registered' })
  createdAt: string;

  @InstantField({ description: 'When it was last changed' })
  updatedAt: string;

  @IntegerField({ description: 'Version, 1 more at each change' })
  version: number;

  static of(client: Client): ClientView {
    return make(ClientView, fieldsOf(client));
  }
}

function fieldsOf(client: Client) {
  return {
    id: client.id,
    name: client.name,
    kind: client.kind,
    agency: client.agency,
    scopes: client.scopes,
    redirectUris: client.redirectUris,
    postLogoutRedirectUris: client.postLogoutRedirectUris,
    firstParty: client.firstParty,
    disabledAt: client.disabledAt?.toISOString() ?? null,
    createdAt: client.createdAt.toISOString(),
    updatedAt: client.updatedAt.toISOString(),
    version: client.version,
  };
}

/** A client with the secret that is shown this once. */
export class ClientWithSecretView extends ClientView {
  @TextField({
    description: 'Secret (client_secret); keep it now, it cannot be asked for again',
    max: 100,
    nullable: true,
  })
  secret: string | null;

  static ofNew({ client, secret }: ClientWithSecret): ClientWithSecretView {
    return make(ClientWithSecretView, { ...fieldsOf(client), secret });
  }
}
