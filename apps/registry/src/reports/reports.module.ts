import { Module } from '@nestjs/common';
import { ConsolidationController } from '../consolidation/consolidation.controller.js';
import { ConsolidationService } from '../consolidation/consolidation.service.js';
import { DatabasesModule } from '../databases/databases.module.js';
import { ListsModule } from '../lists/lists.module.js';
import { ReportStore } from './report.store.js';
import { ReportsController } from './reports.controller.js';
import { ReportsQueries } from './reports.queries.js';
import { ReportsService } from './reports.service.js';

@Module({
  imports: [DatabasesModule, ListsModule],
  controllers: [ReportsController, ConsolidationController],
  providers: [ReportsService, ReportsQueries, ReportStore, ConsolidationService],
})
export class ReportsModule {}
