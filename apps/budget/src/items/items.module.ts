import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { ItemsController } from './items.controller.js';
import { ItemsQueries } from './items.queries.js';
import { ItemsService } from './items.service.js';

@Module({
  imports: [AccessModule],
  controllers: [ItemsController],
  providers: [ItemsService, ItemsQueries],
  exports: [ItemsService],
})
export class ItemsModule {}
