import { type DynamicModule, Module } from '@nestjs/common';
import { dataService, type ServiceConfig, RoundsModule } from '#libs/http';
import { FirstStartTable1767225600000 } from '#libs/persistence';
import { AssignmentsModule } from './assignments/assignments.module.js';
import { TaskAgency } from './assignments/task-agency.entity.js';
import { TaskChange } from './assignments/task-change.entity.js';
import { Task } from './assignments/task.entity.js';
import { bindingEntities, BindingsModule } from './bindings/bindings.module.js';
import { Directive } from './directives/directive.entity.js';
import { DirectivesModule } from './directives/directives.module.js';
import { dueDateEntities, DueDatesModule } from './due-dates/due-dates.module.js';
import { explanationEntities, ExplanationsModule } from './explanations/explanations.module.js';
import { ExtractionModule } from './extraction/extraction.module.js';
import { DirectivesAndTasks1767312000000 } from './migrations/directives-and-tasks.js';
import { TaskLife1790000000000 } from './migrations/task-life.js';
import { Reports1790000002000 } from './migrations/reports.js';
import { reportEntities } from './reports/entities.js';
import { ReportsModule } from './reports/reports.module.js';
import { Bindings1790000003500 } from './migrations/bindings.js';
import { TasksOwn1790000008300 } from './migrations/tasks-own.js';
import { TasksScale1790000003600 } from './migrations/tasks-scale.js';
import { WordsSignature1790000008400 } from './migrations/words-signature.js';
import { ContactSecrets1790000007310 } from './migrations/contact-secrets.js';
import { PaperReports1790000003700 } from './migrations/paper-reports.js';
import { PastLists1790000008500 } from './migrations/past-lists.js';
import { Notices1790000003000 } from './migrations/notices.js';
import { noticeEntities, NoticesModule } from './notices/notices.module.js';
import { reminderEntities, RemindersModule } from './reminders/reminders.module.js';
import { ScoreboardsModule } from './scoreboards/scoreboards.module.js';
import { SeedModule } from './seed/seed.module.js';
import { TimelineModule } from './timeline/timeline.module.js';
import { WorkbooksModule } from './workbooks/workbooks.module.js';

/** The tasks service: directives and the tasks they assign. */
@Module({})
export class AppModule {
  static of(config: ServiceConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ...dataService({
          process: 'tasks',
          config,
          entities: [
            Directive,
            Task,
            TaskAgency,
            TaskChange,
            ...dueDateEntities,
            ...noticeEntities,
            ...reminderEntities,
            ...explanationEntities,
            ...bindingEntities,
            ...reportEntities,
          ],
          migrations: [
            FirstStartTable1767225600000,
            DirectivesAndTasks1767312000000,
            TaskLife1790000000000,
            Notices1790000003000,
            Bindings1790000003500,
            Reports1790000002000,
            TasksScale1790000003600,
            PaperReports1790000003700,
            TasksOwn1790000008300,
            WordsSignature1790000008400,
            PastLists1790000008500,
            ContactSecrets1790000007310,
          ],
        }),
        DirectivesModule,
        AssignmentsModule,
        DueDatesModule,
        ScoreboardsModule,
        RoundsModule,
        RemindersModule,
        ExplanationsModule,
        BindingsModule,
        TimelineModule,
        NoticesModule,
        ReportsModule,
        ExtractionModule,
        WorkbooksModule,
        SeedModule,
      ],
    };
  }
}
