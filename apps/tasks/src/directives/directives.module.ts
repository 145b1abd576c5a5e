import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { DirectivesController } from './directives.controller.js';
import { DirectivesService } from './directives.service.js';

@Module({
  imports: [AccessModule],
  controllers: [DirectivesController],
  providers: [DirectivesService],
  exports: [DirectivesService],
})
export class DirectivesModule {}
