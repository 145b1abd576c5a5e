import { readFileBodies, type ServiceOptions } from '#libs/http';
import { AppModule } from './app.module.js';
import type { BudgetConfig } from './config.js';
import { IMPORTS_PATH } from './import/imports.controller.js';
import { MAX_FILE } from './import/readers/read-file.js';

/** What makes the service out of its settings; the same for the process, its tests and its API document. */
export function budgetService(config: BudgetConfig): ServiceOptions {
  return {
    name: 'budget',
    module: AppModule.of(config),
    configure: (fastify) => {
      readFileBodies(fastify, [IMPORTS_PATH], MAX_FILE);
    },
    title: 'Kinh phí',
    description:
      'Investment projects and recurrent activities: what was asked for, granted, planned and spent, and with whom.',
  };
}
