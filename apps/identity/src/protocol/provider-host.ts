import type { EventEmitter } from 'node:events';
import { Inject, Injectable, Logger } from '@nestjs/common';
import Provider, { type errors, type KoaContextWithOIDC } from 'oidc-provider';
import { isClientSecret } from '../clients/client-secret.js';
import { ClientsService } from '../clients/clients.service.js';
import { IDENTITY_CONFIG, type IdentityConfig } from '../config.js';
import { type KeyRing, SigningKeys } from '../keys/signing-keys.js';
import { PAGE_POLICY } from '../login/page.js';
import { PeopleService } from '../people/people.service.js';
import { ProtocolRecords } from '../records/protocol-records.js';
import { configure, type ProviderParts } from './configuration.js';

/** The protocol library at work. Made anew when keys are rotated: all that it remembers is in the database. */
@Injectable()
export class ProviderHost {
  private readonly logger = new Logger('OAuth2');
  private readonly parts: ProviderParts;
  private built: { ring: KeyRing; provider: Provider } | undefined;

  constructor(
    @Inject(IDENTITY_CONFIG) private readonly config: IdentityConfig,
    private readonly keys: SigningKeys,
    clients: ClientsService,
    people: PeopleService,
    records: ProtocolRecords,
  ) {
    this.parts = { clients, people, records };
  }

  get provider(): Provider {
    const { ring } = this.keys;
    if (this.built?.ring !== ring) {
      this.built = { ring, provider: this.build(ring) };
    }
    return this.built.provider;
  }

  private build(ring: KeyRing): Provider {
    const provider = new Provider(this.config.issuerUrl, configure(ring, this.parts));
    // What a proxy said has been checked, and written into the headers again, before a request gets here.
    provider.proxy = true;
    provider.Client.prototype.compareClientSecret = function compareClientSecret(secret: string): boolean {
      return isClientSecret(secret, this.clientSecret ?? '');
    };
    provider.use(async (ctx, next) => {
      ctx.set(PAGE_POLICY);
      await next();
    });
    this.listen(provider);
    return provider;
  }

  /** Refusals and failures go to the log; requests, tokens and secrets do not. */
  private listen(provider: Provider): void {
    const refused = (ctx: KoaContextWithOIDC, error: errors.OIDCProviderError) => {
      this.logger.warn({
        message: `refused: ${error.message}`,
        reason: error.error_detail ?? error.error_description,
        clientId: ctx.oidc.client?.clientId ?? null,
        path: ctx.path,
      });
    };
    provider.on('grant.error', refused);
    provider.on('authorization.error', refused);
    provider.on('introspection.error', refused);
    provider.on('revocation.error', refused);
    provider.on('end_session.error', refused);
    provider.on('server_error', (ctx, error) => {
      this.logger.error({ message: `${ctx.method} ${ctx.path} failed`, err: error });
    });
    // Failures outside the protocol, for example of a socket; Koa would write them to the console.
    (provider as EventEmitter).on('error', (error: Error) => {
      this.logger.error({ message: 'request failed', err: error });
    });
    provider.on('grant.success', (ctx) => {
      this.logger.log({
        message: 'token issued',
        clientId: ctx.oidc.client?.clientId,
        subject: ctx.oidc.account?.accountId ?? ctx.oidc.client?.clientId,
        scope: ctx.oidc.entities.AccessToken?.scope ?? ctx.oidc.entities.ClientCredentials?.scope,
      });
    });
  }
}
