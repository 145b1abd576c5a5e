import { Module } from '@nestjs/common';
import { DatabasesModule } from '../databases/databases.module.js';
import { ListStore } from './list.store.js';
import { ListsController } from './lists.controller.js';
import { ListsService } from './lists.service.js';

@Module({
  imports: [DatabasesModule],
  controllers: [ListsController],
  providers: [ListsService, ListStore],
  exports: [ListsService, ListStore],
})
export class ListsModule {}
