import { Module } from '@nestjs/common';
import { AgenciesModule } from '#libs/http';
import { DirectivesController } from './directives.controller.js';
import { DirectivesService } from './directives.service.js';

@Module({
  imports: [AgenciesModule],
  controllers: [DirectivesController],
  providers: [DirectivesService],
  exports: [DirectivesService],
})
export class DirectivesModule {}
