import { type DynamicModule, Module } from '@nestjs/common';
import { SecretSealer } from '#libs/persistence';
import { readWebhookSealer } from './read-webhook-sealer.js';
import { SECRET_TABLE, SecretSealing, type SecretTable } from './secret-sealing.js';
import { SecretsReadiness } from './secrets-readiness.js';

/** Has the secrets of webhooks lie sealed in a table of the service; gives its SecretSealer. */
@Module({})
export class WebhookSecretsModule {
  static of(table: SecretTable): DynamicModule {
    return {
      module: WebhookSecretsModule,
      providers: [
        { provide: SECRET_TABLE, useValue: table },
        { provide: SecretSealer, useFactory: () => readWebhookSealer(process.env) },
        SecretSealing,
        SecretsReadiness,
      ],
      exports: [SecretSealer],
    };
  }
}
