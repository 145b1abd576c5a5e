import { type DynamicModule, Module } from '@nestjs/common';
import { httpMigrations } from '#libs/http';
import { MessagingModule, MessagingTables1767225600000 } from '#libs/messaging';
import { PersistenceModule } from '#libs/persistence';
import { ReferenceModule } from '#libs/reference';
import type { RegistryConfig } from './config.js';
import { DatabaseLifecycleStep, RegistryDatabase } from './databases/database.entity.js';
import { DatabasesModule } from './databases/databases.module.js';
import { Catalogue1767312000000 } from './migrations/catalogue.js';
import { SeedModule } from './seed/seed.module.js';
import { RegistrySystem, SystemLifecycleStep } from './systems/system.entity.js';
import { SystemsModule } from './systems/systems.module.js';

/** The registry: databases and information systems. */
@Module({})
export class AppModule {
  static of(config: RegistryConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ReferenceModule.forRoot({ directory: config.referenceDirectory }),
        PersistenceModule.forRoot({
          url: config.databaseUrl,
          entities: [RegistryDatabase, DatabaseLifecycleStep, RegistrySystem, SystemLifecycleStep],
          migrations: [MessagingTables1767225600000, ...httpMigrations, Catalogue1767312000000],
          applicationName: 'registry',
        }),
        MessagingModule.forRoot({
          process: 'registry',
          nats: { url: config.natsUrl, credentialsFile: config.natsCredentials },
          databaseUrl: config.databaseUrl,
        }),
        DatabasesModule,
        SystemsModule,
        SeedModule,
      ],
    };
  }
}
