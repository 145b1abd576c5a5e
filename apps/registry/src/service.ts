import type { ServiceConfig, ServiceOptions } from '#libs/http';
import { AppModule } from './app.module.js';

/** What makes the service out of its settings; the same for the process, its tests and its API document. */
export function registryService(config: ServiceConfig): ServiceOptions {
  return {
    name: 'registry',
    module: AppModule.of(config),
    title: 'Danh mục cơ sở dữ liệu',
    description: 'Databases and information systems of the province: whose they are, and how far.',
  };
}
