import { type DynamicModule, Module } from '@nestjs/common';
import { httpMigrations } from '#libs/http';
import { MessagingModule, MessagingTables1767225600000 } from '#libs/messaging';
import { PersistenceModule } from '#libs/persistence';
import { ReferenceModule } from '#libs/reference';
import type { StaffingConfig } from './config.js';
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
  static of(config: StaffingConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ReferenceModule.forRoot({ directory: config.referenceDirectory }),
        PersistenceModule.forRoot({
          url: config.databaseUrl,
          entities: [StaffingUnit, HeadCountReport],
          migrations: [MessagingTables1767225600000, ...httpMigrations, StaffingUnits1767312000000],
          applicationName: 'staffing',
        }),
        MessagingModule.forRoot({
          process: 'staffing',
          nats: { url: config.natsUrl, credentialsFile: config.natsCredentials },
          databaseUrl: config.databaseUrl,
        }),
        UnitsModule,
        HeadCountsModule,
        TotalsModule,
        TakeOverModule,
      ],
    };
  }
}
