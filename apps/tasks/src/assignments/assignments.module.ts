import { Module } from '@nestjs/common';
import { WorkingCalendar } from '#libs/calendar';
import { ReferenceData } from '#libs/reference';
import { AgenciesModule } from '#libs/http';
import { TaskActionsController } from './task-actions.controller.js';
import { TasksController } from './tasks.controller.js';
import { TasksQueries } from './tasks.queries.js';
import { TasksService } from './tasks.service.js';

@Module({
  imports: [AgenciesModule],
  controllers: [TasksController, TaskActionsController],
  providers: [
    TasksService,
    TasksQueries,
    {
      provide: WorkingCalendar,
      inject: [ReferenceData],
      useFactory: (reference: ReferenceData) => new WorkingCalendar(reference.holidays),
    },
  ],
  exports: [TasksService],
})
export class AssignmentsModule {}
