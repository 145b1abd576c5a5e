import { type DynamicModule, Module } from '@nestjs/common';
import { PersistenceModule } from '#libs/persistence';
import { Client } from './clients/client.entity.js';
import { ClientsModule } from './clients/clients.module.js';
import { IDENTITY_CONFIG, type IdentityConfig } from './config.js';
import { ClientsPeopleKeys1767312000000 } from './migrations/clients-people-keys.js';
import { CookieKey, SigningKey } from './keys/key.entities.js';
import { KeysModule } from './keys/keys.module.js';
import { LoginAttempt } from './people/login-attempts.js';
import { PeopleModule } from './people/people.module.js';
import { Person } from './people/person.entity.js';
import { ProtocolModule } from './protocol/protocol.module.js';
import { ProtocolRecord } from './records/record.entity.js';

/** Settings, for every module. */
@Module({})
class SettingsModule {
  static forRoot(config: IdentityConfig): DynamicModule {
    const providers = [{ provide: IDENTITY_CONFIG, useValue: config }];
    return { module: SettingsModule, global: true, providers, exports: providers };
  }
}

/** OAuth2 and OpenID Connect issuer with its own clients, people and keys. */
@Module({})
export class AppModule {
  static of(config: IdentityConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        SettingsModule.forRoot(config),
        PersistenceModule.forRoot({
          url: config.databaseUrl,
          entities: [Client, Person, LoginAttempt, SigningKey, CookieKey, ProtocolRecord],
          migrations: [ClientsPeopleKeys1767312000000],
          applicationName: 'identity',
        }),
        ClientsModule,
        KeysModule,
        PeopleModule,
        ProtocolModule,
      ],
    };
  }
}
