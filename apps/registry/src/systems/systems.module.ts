import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { SystemsController } from './systems.controller.js';
import { SystemsQueries, SystemsService } from './systems.service.js';

@Module({
  imports: [AccessModule],
  controllers: [SystemsController],
  providers: [SystemsService, SystemsQueries],
  exports: [SystemsService],
})
export class SystemsModule {}
