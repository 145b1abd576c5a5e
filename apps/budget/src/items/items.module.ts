import { Module } from '@nestjs/common';
import { ItemsController } from './items.controller.js';
import { ItemsQueries } from './items.queries.js';
import { ItemsService } from './items.service.js';
import { Owners } from './owners.js';

@Module({
  controllers: [ItemsController],
  providers: [ItemsService, ItemsQueries, Owners],
  exports: [ItemsService],
})
export class ItemsModule {}
