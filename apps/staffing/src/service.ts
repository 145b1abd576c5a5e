import type { ServiceConfig, ServiceOptions } from '#libs/http';
import { AppModule } from './app.module.js';

/** What makes the service out of its settings; the same for the process, its tests and its API document. */
export function staffingService(config: ServiceConfig): ServiceOptions {
  return {
    name: 'staffing',
    module: AppModule.of(config),
    title: 'Nhân lực công nghệ thông tin cấp xã',
    description: 'IT staff of the commune units, training plans and support plans.',
  };
}
