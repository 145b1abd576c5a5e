import { type DynamicModule, Module } from '@nestjs/common';
import { httpMigrations } from '#libs/http';
import { MessagingModule, MessagingTables1767225600000 } from '#libs/messaging';
import { PersistenceModule } from '#libs/persistence';
import { ReferenceModule } from '#libs/reference';
import type { BudgetConfig } from './config.js';
import { BudgetItem, BudgetItemPlan } from './items/item.entity.js';
import { ItemsModule } from './items/items.module.js';
import { BudgetItems1767312000000 } from './migrations/budget-items.js';
import { SeedModule } from './seed/seed.module.js';
import { TotalsModule } from './totals/totals.module.js';

/** The budget service: investment projects and recurrent activities. */
@Module({})
export class AppModule {
  static of(config: BudgetConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ReferenceModule.forRoot({ directory: config.referenceDirectory }),
        PersistenceModule.forRoot({
          url: config.databaseUrl,
          entities: [BudgetItem, BudgetItemPlan],
          migrations: [MessagingTables1767225600000, ...httpMigrations, BudgetItems1767312000000],
          applicationName: 'budget',
        }),
        MessagingModule.forRoot({
          process: 'budget',
          nats: { url: config.natsUrl, credentialsFile: config.natsCredentials },
          databaseUrl: config.databaseUrl,
        }),
        ItemsModule,
        TotalsModule,
        SeedModule,
      ],
    };
  }
}
