import { type DynamicModule, Module } from '@nestjs/common';
import { dataService, type ServiceConfig } from '#libs/http';
import { FirstStartTable1767225600000 } from '#libs/persistence';
import { AssignmentsModule } from './assignments/assignments.module.js';
import { TaskAgency } from './assignments/task-agency.entity.js';
import { TaskChange } from './assignments/task-change.entity.js';
import { Task } from './assignments/task.entity.js';
import { Directive } from './directives/directive.entity.js';
import { DirectivesModule } from './directives/directives.module.js';
import { DirectivesAndTasks1767312000000 } from './migrations/directives-and-tasks.js';
import { SeedModule } from './seed/seed.module.js';

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
          entities: [Directive, Task, TaskAgency, TaskChange],
          migrations: [FirstStartTable1767225600000, DirectivesAndTasks1767312000000],
        }),
        DirectivesModule,
        AssignmentsModule,
        SeedModule,
      ],
    };
  }
}
