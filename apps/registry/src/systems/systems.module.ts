import { Module } from '@nestjs/common';
import { AgenciesModule } from '#libs/http';
import { SystemsController } from './systems.controller.js';
import { SystemsQueries, SystemsService } from './systems.service.js';

@Module({
  imports: [AgenciesModule],
  controllers: [SystemsController],
  providers: [SystemsService, SystemsQueries],
  exports: [SystemsService, SystemsQueries],
})
export class SystemsModule {}
