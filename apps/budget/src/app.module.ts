import { type DynamicModule, Module } from '@nestjs/common';
import { dataService, type ServiceConfig } from '#libs/http';
import { FirstStartTable1767225600000 } from '#libs/persistence';
import { BudgetItem, BudgetItemPlan } from './items/item.entity.js';
import { ItemsModule } from './items/items.module.js';
import { BudgetItems1767312000000 } from './migrations/budget-items.js';
import { SeedModule } from './seed/seed.module.js';
import { TotalsModule } from './totals/totals.module.js';

/** The budget service: investment projects and recurrent activities. */
@Module({})
export class AppModule {
  static of(config: ServiceConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ...dataService({
          process: 'budget',
          config,
          entities: [BudgetItem, BudgetItemPlan],
          migrations: [FirstStartTable1767225600000, BudgetItems1767312000000],
        }),
        ItemsModule,
        TotalsModule,
        SeedModule,
      ],
    };
  }
}
