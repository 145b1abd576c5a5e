import { Module } from '@nestjs/common';
import { AgenciesModule } from '#libs/http';
import { DatabasesController } from './databases.controller.js';
import { DatabasesQueries, DatabasesService } from './databases.service.js';

@Module({
  imports: [AgenciesModule],
  controllers: [DatabasesController],
  providers: [DatabasesService, DatabasesQueries],
  exports: [DatabasesService, DatabasesQueries],
})
export class DatabasesModule {}
