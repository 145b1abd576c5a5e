import { readFileBodies, type ServiceOptions } from '#libs/http';
import { AppModule } from './app.module.js';
import type { RegistryConfig } from './config.js';
import { DICTIONARY_IMPORT_PATHS } from './dictionary/exchange/exchange.controller.js';
import { MAX_FILE } from './dictionary/exchange/table-files.js';
import { serveLogPages } from './exchange-log/pages/serve-pages.js';
import { IMPORT_PATH } from './import/import.controller.js';
import { MAX_FILE as MAX_CATALOGUE } from './import/read-file.js';

/** What makes the service out of its settings; the same for the process, its tests and its API document. */
export function registryService(config: RegistryConfig): ServiceOptions {
  return {
    name: 'registry',
    module: AppModule.of(config),
    configure: async (fastify) => {
      readFileBodies(fastify, DICTIONARY_IMPORT_PATHS, MAX_FILE);
      readFileBodies(fastify, [IMPORT_PATH], MAX_CATALOGUE);
      if (config.logPages) await serveLogPages(fastify, config.logPages);
    },
    title: 'Danh mục cơ sở dữ liệu',
    description: 'Databases and information systems of the province: whose they are, and how far.',
  };
}
