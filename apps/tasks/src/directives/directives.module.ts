import { Module } from '@nestjs/common';
import { AgenciesModule } from '#libs/http';
import { LedgerModule } from '../assignments/ledger.module.js';
import { DirectivesController } from './directives.controller.js';
import { DirectivesService } from './directives.service.js';
import { Thresholds } from './thresholds.js';

@Module({
  imports: [AgenciesModule, LedgerModule],
  controllers: [DirectivesController],
  providers: [DirectivesService, Thresholds],
  exports: [DirectivesService],
})
export class DirectivesModule {}
