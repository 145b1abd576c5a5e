import { Module } from '@nestjs/common';
import { AgenciesModule } from '#libs/http';
import { ItemsController } from './items.controller.js';
import { ItemsQueries } from './items.queries.js';
import { ItemsService } from './items.service.js';

@Module({
  imports: [AgenciesModule],
  controllers: [ItemsController],
  providers: [ItemsService, ItemsQueries],
  exports: [ItemsService],
})
export class ItemsModule {}
