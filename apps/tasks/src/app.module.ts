import { type DynamicModule, Module } from '@nestjs/common';
import { httpMigrations } from '#libs/http';
import { MessagingModule, MessagingTables1767225600000 } from '#libs/messaging';
import { PersistenceModule } from '#libs/persistence';
import { ReferenceModule } from '#libs/reference';
import { AssignmentsModule } from './assignments/assignments.module.js';
import { TaskAgency } from './assignments/task-agency.entity.js';
import { TaskChange } from './assignments/task-change.entity.js';
import { Task } from './assignments/task.entity.js';
import type { TasksConfig } from './config.js';
import { Directive } from './directives/directive.entity.js';
import { DirectivesModule } from './directives/directives.module.js';
import { DirectivesAndTasks1767312000000 } from './migrations/directives-and-tasks.js';
import { SeedModule } from './seed/seed.module.js';

/** The tasks service: directives and the tasks they assign. */
@Module({})
export class AppModule {
  static of(config: TasksConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ReferenceModule.forRoot({ directory: config.referenceDirectory }),
        PersistenceModule.forRoot({
          url: config.databaseUrl,
          entities: [Directive, Task, TaskAgency, TaskChange],
          migrations: [MessagingTables1767225600000, ...httpMigrations, DirectivesAndTasks1767312000000],
          applicationName: 'tasks',
        }),
        MessagingModule.forRoot({
          process: 'tasks',
          nats: { url: config.natsUrl, credentialsFile: config.natsCredentials },
          databaseUrl: config.databaseUrl,
        }),
        DirectivesModule,
        AssignmentsModule,
        SeedModule,
      ],
    };
  }
}
