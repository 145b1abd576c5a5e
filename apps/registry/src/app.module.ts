import { type DynamicModule, Module } from '@nestjs/common';
import { HistoryModule } from '#libs/history';
import { dataService, RoundsModule } from '#libs/http';
import { FirstStartTable1767225600000 } from '#libs/persistence';
import type { RegistryConfig } from './config.js';
import { ConnectionsModule } from './connections/connections.module.js';
import { DatabaseLifecycleStep, RegistryDatabase } from './databases/database.entity.js';
import { DatabasesModule } from './databases/databases.module.js';
import { DcatModule } from './dcat/dcat.module.js';
import { BusModule } from './delivery/bus/bus.module.js';
import { DeliveryModule } from './delivery/delivery.module.js';
import { DictionaryModule } from './dictionary/dictionary.module.js';
import { ExchangeLogModule } from './exchange-log/exchange-log.module.js';
import { ExportModule } from './export/export.module.js';
import { FundingModule } from './funding/funding.module.js';
import { ImportModule } from './import/import.module.js';
import { ListsModule } from './lists/lists.module.js';
import { Catalogue1767312000000 } from './migrations/catalogue.js';
import { RegistryBus1790000006100 } from './migrations/registry-bus.js';
import { RegistryAttributes1790000005000 } from './migrations/registry-attributes.js';
import { RegistryConnections1790000005200 } from './migrations/registry-connections.js';
import { RegistryConnectionSides1790000005510 } from './migrations/registry-connection-sides.js';
import { RegistryImport1790000005500 } from './migrations/registry-import.js';
import { RegistryDictionary1790000005400 } from './migrations/registry-dictionary.js';
import { RegistryQuality1790000005300 } from './migrations/registry-quality.js';
import { RegistryDelivery1790000006300 } from './migrations/registry-delivery.js';
import { RegistryExchangeLog1790000006200 } from './migrations/registry-exchange-log.js';
import { RegistryExchangePairs1790000007000 } from './migrations/registry-exchange-pairs.js';
import { RegistrySharing1790000006000 } from './migrations/registry-sharing.js';
import { RegistrySharingLimits1790000007400 } from './migrations/registry-sharing-limits.js';
import { RegistryWebhookSecrets1790000007300 } from './migrations/registry-webhook-secrets.js';
import { RegistryWork1790000005100 } from './migrations/registry-work.js';
import { PartnersModule } from './partners/partners.module.js';
import { ProposalsModule } from './proposals/proposals.module.js';
import { QualityModule } from './quality/quality.module.js';
import { ReportsModule } from './reports/reports.module.js';
import { SecurityModule } from './security/security.module.js';
import { SeedModule } from './seed/seed.module.js';
import { DatasetsModule } from './sharing/datasets/datasets.module.js';
import { DenialsModule } from './sharing/denials/denials.module.js';
import { GrantsModule } from './sharing/grants/grants.module.js';
import { RequestsModule } from './sharing/requests/requests.module.js';
import { RegistrySystem, SystemLifecycleStep } from './systems/system.entity.js';
import { SystemsModule } from './systems/systems.module.js';

/** The registry: databases and information systems. */
@Module({})
export class AppModule {
  static of(config: RegistryConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ...dataService({
          process: 'registry',
          config,
          entities: [RegistryDatabase, DatabaseLifecycleStep, RegistrySystem, SystemLifecycleStep],
          migrations: [
            FirstStartTable1767225600000,
            Catalogue1767312000000,
            RegistryAttributes1790000005000,
            RegistryWork1790000005100,
            RegistryConnections1790000005200,
            RegistryImport1790000005500,
            RegistryConnectionSides1790000005510,
            RegistryQuality1790000005300,
            RegistryDictionary1790000005400,
            RegistrySharing1790000006000,
            RegistryBus1790000006100,
            RegistryExchangeLog1790000006200,
            RegistryDelivery1790000006300,
            RegistryExchangePairs1790000007000,
            RegistryWebhookSecrets1790000007300,
            RegistrySharingLimits1790000007400,
          ],
        }),
        HistoryModule.forRoot({ table: 'registry_change', order: 'newest-first' }),
        DatabasesModule,
        SystemsModule,
        ListsModule,
        ProposalsModule,
        PartnersModule,
        FundingModule,
        ReportsModule,
        ConnectionsModule,
        SecurityModule,
        DictionaryModule,
        DcatModule.of({ publicUrl: config.publicUrl, bounds: config.bounds }),
        QualityModule,
        ExportModule,
        ImportModule,
        DatasetsModule,
        GrantsModule,
        RequestsModule,
        DenialsModule,
        RoundsModule,
        ExchangeLogModule,
        DeliveryModule,
        BusModule,
        SeedModule,
      ],
    };
  }
}
