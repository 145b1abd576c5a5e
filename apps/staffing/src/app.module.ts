import { type DynamicModule, Module } from '@nestjs/common';
import { HistoryModule } from '#libs/history';
import { dataService, type ServiceConfig } from '#libs/http';
import { FirstStartTable1767225600000 } from '#libs/persistence';
import { HeadCountReport } from './head-counts/head-count-report.entity.js';
import { HeadCountsModule } from './head-counts/head-counts.module.js';
import { StaffingUnits1767312000000 } from './migrations/staffing-units.js';
import { SupportPlans1790000008100 } from './migrations/support-plans.js';
import { TrainingPlans1790000008000 } from './migrations/training-plans.js';
import { TakeOverModule } from './reference-list/take-over.module.js';
import { SeedModule } from './seed/seed.module.js';
import { SupportModule } from './support/support.module.js';
import { TotalsModule } from './totals/totals.module.js';
import { TrainingModule } from './training/training.module.js';
import { StaffingUnit } from './units/unit.entity.js';
import { UnitsModule } from './units/units.module.js';

/** The staffing service: IT staff of the commune units, how it is trained and supported. */
@Module({})
export class AppModule {
  static of(config: ServiceConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ...dataService({
          process: 'staffing',
          config,
          entities: [StaffingUnit, HeadCountReport],
          migrations: [
            StaffingUnits1767312000000,
            FirstStartTable1767225600000,
            TrainingPlans1790000008000,
            SupportPlans1790000008100,
          ],
        }),
        HistoryModule.forRoot({ table: 'staffing_change', order: 'newest-first' }),
        UnitsModule,
        HeadCountsModule,
        TrainingModule,
        SupportModule,
        TotalsModule,
        TakeOverModule,
        SeedModule,
      ],
    };
  }
}
