import { Module } from '@nestjs/common';
import { UnitsController } from './units.controller.js';
import { UnitsQueries } from './units.queries.js';
import { UnitsService } from './units.service.js';

@Module({
  controllers: [UnitsController],
  providers: [UnitsService, UnitsQueries],
  exports: [UnitsService, UnitsQueries],
})
export class UnitsModule {}
