import type { ServiceOptions } from '#libs/http';
import { AppModule } from './app.module.js';
import type { IdentityConfig } from './config.js';
import { KeysModule } from './keys/keys.module.js';
import { SigningKeys } from './keys/signing-keys.js';

/** What makes the issuer out of its settings; the same for the process and its tests. */
export function identityService(config: IdentityConfig): ServiceOptions {
  return {
    name: 'identity',
    module: AppModule.of(config),
    // Its own keys it need not ask over the network, so that a rotation is known at once.
    auth: { issuer: config.issuerUrl, imports: [KeysModule], keySource: SigningKeys, keys: { cooldown: 0 } },
    title: 'IOC identity',
    description:
      'Clients, people and keys of the OAuth2 issuer. The protocol itself: /.well-known/openid-configuration',
  };
}
