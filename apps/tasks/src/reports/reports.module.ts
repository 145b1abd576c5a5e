import { Module } from '@nestjs/common';
import { WorkingCalendar } from '#libs/calendar';
import { AgenciesModule } from '#libs/http';
import { FirstStartModule } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { NoticesModule } from '../notices/notices.module.js';
import { SeedModule } from '../seed/seed.module.js';
import { AnswersController } from './answers/answers.controller.js';
import { AnswersQueries } from './answers/answers.queries.js';
import { AnswersService } from './answers/answers.service.js';
import { ContentChecks } from './answers/content-checks.js';
import { ConsolidationController } from './consolidation/consolidation.controller.js';
import { ConsolidationService } from './consolidation/consolidation.service.js';
import { DutiesController } from './duties/duties.controller.js';
import { DutiesQueries } from './duties/duties.queries.js';
import { DutiesService } from './duties/duties.service.js';
import { PeriodEvents } from './periods/period-events.js';
import { PeriodOpening } from './periods/period-opening.js';
import { PeriodsController } from './periods/periods.controller.js';
import { PeriodsQueries } from './periods/periods.queries.js';
import { PeriodsRound } from './periods/periods.round.js';
import { RemindersRound } from './periods/reminders.round.js';
import { ReportsQueries } from './periods/reports.queries.js';
import { PresetDuties } from './presets/preset-duties.js';

/** Periodic reports (báo cáo định kỳ): duties, their periods, the agencies' answers, reminders and consolidation. */
@Module({
  // The documents of the first start come before the duties that refer to them.
  imports: [AgenciesModule, FirstStartModule, NoticesModule, SeedModule],
  controllers: [DutiesController, PeriodsController, AnswersController, ConsolidationController],
  providers: [
    DutiesService,
    DutiesQueries,
    PeriodEvents,
    PeriodOpening,
    PeriodsQueries,
    ReportsQueries,
    PeriodsRound,
    RemindersRound,
    AnswersService,
    AnswersQueries,
    ContentChecks,
    ConsolidationService,
    PresetDuties,
    {
      provide: WorkingCalendar,
      inject: [ReferenceData],
      useFactory: (reference: ReferenceData) => new WorkingCalendar(reference.holidays),
    },
  ],
  exports: [ReportsQueries],
})
export class ReportsModule {}
