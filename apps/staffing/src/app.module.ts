import { type DynamicModule, Module } from '@nestjs/common';
import { dataService, type ServiceConfig } from '#libs/http';
import { HeadCountReport } from './head-counts/head-count-report.entity.js';
import { HeadCountsModule } from './head-counts/head-counts.module.js';
import { StaffingUnits1767312000000 } from './migrations/staffing-units.js';
import { TakeOverModule } from './reference-list/take-over.module.js';
import { TotalsModule } from './totals/totals.module.js';
import { StaffingUnit } from './units/unit.entity.js';
import { UnitsModule } from './units/units.module.js';

/** The staffing service: IT staff of the commune units. */
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
          migrations: [StaffingUnits1767312000000],
        }),
        UnitsModule,
        HeadCountsModule,
        TotalsModule,
        TakeOverModule,
      ],
    };
  }
}
