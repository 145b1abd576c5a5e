import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { DatabasesController } from './databases.controller.js';
import { DatabasesQueries, DatabasesService } from './databases.service.js';

@Module({
  imports: [AccessModule],
  controllers: [DatabasesController],
  providers: [DatabasesService, DatabasesQueries],
  exports: [DatabasesService],
})
export class DatabasesModule {}
