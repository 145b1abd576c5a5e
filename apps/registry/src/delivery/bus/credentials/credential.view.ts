import { CodeField, InstantField, kinds, ListField, TextField } from '#libs/http';

const PUBLIC_KEY = /^U[A-Z2-7]{55}$/;

export class IssueCredentialBody {
  @CodeField(PUBLIC_KEY, {
    description: 'Public nkey of a user whose secret the agency keeps; left out: a key pair is made here',
    max: 56,
    optional: true,
    nullable: true,
  })
  publicKey?: string | null;
}

export class CredentialView {
  @TextField({ description: 'Public nkey', max: 56 })
  publicKey: string;

  @InstantField({ description: 'When it was issued last' })
  issuedAt: string;

  @InstantField({ description: 'When the broker ends it by itself' })
  expiresAt: string;

  @InstantField({ description: 'When it was replaced or its grant ended; null: neither', nullable: true })
  revokedAt: string | null;

  @TextField({ description: 'Client that asked for it', max: 200 })
  issuedTo: string;
}

export class CredentialsView {
  @ListField(kinds.object(() => CredentialView), { description: 'Newest first', max: 100 })
  items: CredentialView[];
}

export class IssuedCredentialView {
  @TextField({ description: 'Public nkey', max: 56 })
  publicKey: string;

  @TextField({ description: 'Name of the user on the bus, and of the consumer of a grant', max: 100 })
  user: string;

  @TextField({
    description: 'What the addresses for answers must begin with (inboxPrefix of the client)',
    max: 120,
  })
  inboxPrefix: string;

  @TextField({ description: "JetStream's API as agencies reach it (apiPrefix of the client)", max: 100 })
  apiPrefix: string;

  @InstantField({ description: 'When the broker ends it by itself; send the publicKey again before' })
  expiresAt: string;

  @ListField(kinds.text({ max: 100 }), { description: 'Own datasets that it may publish', max: 500 })
  datasets: string[];

  @TextField({ description: 'JWT of the user; to be used with the secret key', max: 4_000 })
  jwt: string;

  @TextField({
    description:
      'Credentials file (.creds) with JWT and secret key; null when the agency sent its own public key',
    max: 8_000,
    nullable: true,
  })
  credentials: string | null;
}
