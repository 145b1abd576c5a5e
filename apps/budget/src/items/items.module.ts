import { Module } from '@nestjs/common';
import { WorkingCalendar } from '#libs/calendar';
import { AgenciesModule } from '#libs/http';
import { ReferenceData } from '#libs/reference';
import { ItemStore } from './item.store.js';
import { ItemsController } from './items.controller.js';
import { ItemsQueries } from './items.queries.js';
import { ItemsService } from './items.service.js';

@Module({
  imports: [AgenciesModule],
  controllers: [ItemsController],
  providers: [
    ItemsService,
    ItemsQueries,
    ItemStore,
    {
      provide: WorkingCalendar,
      useFactory: (reference: ReferenceData) => new WorkingCalendar(reference.holidays),
      inject: [ReferenceData],
    },
  ],
  exports: [ItemsService, ItemsQueries, ItemStore, WorkingCalendar],
})
export class ItemsModule {}
