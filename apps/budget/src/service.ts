import type { ServiceConfig, ServiceOptions } from '#libs/http';
import { AppModule } from './app.module.js';

/** What makes the service out of its settings; the same for the process, its tests and its API document. */
export function budgetService(config: ServiceConfig): ServiceOptions {
  return {
    name: 'budget',
    module: AppModule.of(config),
    title: 'Kinh phí',
    description: 'Investment projects and recurrent activities: what was asked for, granted and planned.',
  };
}
