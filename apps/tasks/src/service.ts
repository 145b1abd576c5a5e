import type { ServiceConfig, ServiceOptions } from '#libs/http';
import { AppModule } from './app.module.js';

/** What makes the service out of its settings; the same for the process, its tests and its API document. */
export function tasksService(config: ServiceConfig): ServiceOptions {
  return {
    name: 'tasks',
    module: AppModule.of(config),
    title: 'Nhiệm vụ được giao',
    description: 'Directives, the tasks they assign, and how each stands.',
  };
}
