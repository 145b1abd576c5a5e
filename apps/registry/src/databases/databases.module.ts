import { Module } from '@nestjs/common';
import { AgenciesModule } from '#libs/http';
import { HistoryModule } from '../history/history.module.js';
import { DatabasesController } from './databases.controller.js';
import { DatabasesQueries, DatabasesService } from './databases.service.js';

@Module({
  imports: [AgenciesModule, HistoryModule],
  controllers: [DatabasesController],
  providers: [DatabasesService, DatabasesQueries],
  exports: [DatabasesService, DatabasesQueries, HistoryModule],
})
export class DatabasesModule {}
