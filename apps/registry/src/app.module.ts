import { type DynamicModule, Module } from '@nestjs/common';
import { dataService, type ServiceConfig } from '#libs/http';
import { FirstStartTable1767225600000 } from '#libs/persistence';
import { ConnectionsModule } from './connections/connections.module.js';
import { DatabaseLifecycleStep, RegistryDatabase } from './databases/database.entity.js';
import { DatabasesModule } from './databases/databases.module.js';
import { ExportModule } from './export/export.module.js';
import { FundingModule } from './funding/funding.module.js';
import { RegistryChange } from './history/change.entity.js';
import { ListsModule } from './lists/lists.module.js';
import { Catalogue1767312000000 } from './migrations/catalogue.js';
import { RegistryAttributes1790000005000 } from './migrations/registry-attributes.js';
import { RegistryConnections1790000005200 } from './migrations/registry-connections.js';
import { RegistryWork1790000005100 } from './migrations/registry-work.js';
import { PartnersModule } from './partners/partners.module.js';
import { ProposalsModule } from './proposals/proposals.module.js';
import { ReportsModule } from './reports/reports.module.js';
import { SecurityModule } from './security/security.module.js';
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
          entities: [
            RegistryDatabase,
            DatabaseLifecycleStep,
            RegistrySystem,
            SystemLifecycleStep,
            RegistryChange,
          ],
          migrations: [
            FirstStartTable1767225600000,
            Catalogue1767312000000,
            RegistryAttributes1790000005000,
            RegistryWork1790000005100,
            RegistryConnections1790000005200,
          ],
        }),
        DatabasesModule,
        SystemsModule,
        ListsModule,
        ProposalsModule,
        PartnersModule,
        FundingModule,
        ReportsModule,
        ConnectionsModule,
        SecurityModule,
        ExportModule,
        SeedModule,
      ],
    };
  }
}
