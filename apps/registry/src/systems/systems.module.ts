import { Module } from '@nestjs/common';
import { AgenciesModule } from '#libs/http';
import { HistoryModule } from '../history/history.module.js';
import { SystemsController } from './systems.controller.js';
import { SystemsQueries, SystemsService } from './systems.service.js';

@Module({
  imports: [AgenciesModule, HistoryModule],
  controllers: [SystemsController],
  providers: [SystemsService, SystemsQueries],
  exports: [SystemsService, SystemsQueries, HistoryModule],
})
export class SystemsModule {}
