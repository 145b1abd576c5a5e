import { Module } from '@nestjs/common';
import { WorkingCalendar } from '#libs/calendar';
import { ReferenceData } from '#libs/reference';
import { AgenciesModule } from '#libs/http';
import { ExtensionRequests } from '../due-dates/extension-requests.js';
import { NoticesModule } from '../notices/notices.module.js';
import { Children } from './children.js';
import { KeptFigures } from './kept-figures.js';
import { LedgerModule } from './ledger.module.js';
import { Moments } from './moment.js';
import { NewTasks } from './new-tasks.js';
import { PreparedReads } from './prepared-reads.js';
import { Splitting } from './splitting.js';
import { TaskActionsController } from './task-actions.controller.js';
import { TaskNotices } from './task-notices.js';
import { TaskParts } from './task-parts.js';
import { TaskPermissions } from './task-permissions.js';
import { TaskTotalsQueries } from './task-totals.js';
import { TasksController } from './tasks.controller.js';
import { TasksQueries } from './tasks.queries.js';
import { TasksService } from './tasks.service.js';
import { WordSample } from './word-sample.js';

@Module({
  imports: [AgenciesModule, LedgerModule, NoticesModule],
  controllers: [TasksController, TaskActionsController],
  providers: [
    TasksService,
    TasksQueries,
    TaskTotalsQueries,
    TaskPermissions,
    TaskParts,
    TaskNotices,
    NewTasks,
    Splitting,
    Children,
    WordSample,
    Moments,
    PreparedReads,
    KeptFigures,
    ExtensionRequests,
    {
      provide: WorkingCalendar,
      inject: [ReferenceData],
      useFactory: (reference: ReferenceData) => new WorkingCalendar(reference.holidays),
    },
  ],
  exports: [
    LedgerModule,
    TasksService,
    TasksQueries,
    TaskPermissions,
    TaskNotices,
    Splitting,
    ExtensionRequests,
    Moments,
    PreparedReads,
    KeptFigures,
    TaskTotalsQueries,
    WorkingCalendar,
  ],
})
export class AssignmentsModule {}
