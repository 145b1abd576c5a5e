import { type DynamicModule, Module } from '@nestjs/common';
import { dataService, type ServiceConfig } from '#libs/http';
import { FirstStartTable1767225600000 } from '#libs/persistence';
import { DatabaseLifecycleStep, RegistryDatabase } from './databases/database.entity.js';
import { DatabasesModule } from './databases/databases.module.js';
import { Catalogue1767312000000 } from './migrations/catalogue.js';
import { SeedModule } from './seed/seed.module.js';
import { RegistrySystem, SystemLifecycleStep } from './systems/system.entity.js';
import { SystemsModule } from './systems/systems.module.js';

/** The registry: databases and information systems. */
@Module({})
export class AppModule {
  static of(config: ServiceConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ...dataService({
          process: 'registry',
          config,
          entities: [RegistryDatabase, DatabaseLifecycleStep, RegistrySystem, SystemLifecycleStep],
          migrations: [FirstStartTable1767225600000, Catalogue1767312000000],
        }),
        DatabasesModule,
        SystemsModule,
        SeedModule,
      ],
    };
  }
}
