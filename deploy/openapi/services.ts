import type { ServiceConfig, ServiceOptions } from '#libs/http';
import { budgetService } from '../../apps/budget/src/service.js';
import { gatewayService } from '../../apps/gateway/src/service.js';
import { identityService } from '../../apps/identity/src/service.js';
import { registryService } from '../../apps/registry/src/service.js';
import { staffingService } from '../../apps/staffing/src/service.js';
import { tasksService } from '../../apps/tasks/src/service.js';

/** Nothing is reached at these addresses: a service is described without being started. */
const config: ServiceConfig = {
  databaseUrl: 'postgres://localhost/none',
  natsUrl: 'nats://localhost',
  natsCredentials: undefined,
  referenceDirectory: undefined,
  streamReplicas: 1,
};

/** Every process whose API document is kept beside it, in `apps/<name>/openapi.json`. */
export const describedServices: readonly ServiceOptions[] = [
  tasksService(config),
  budgetService(config),
  registryService(config),
  staffingService(config),
  gatewayService({ ...config, displayToken: undefined, reconcileMilliseconds: 60_000 }),
  identityService({
    databaseUrl: config.databaseUrl,
    issuerUrl: 'http://localhost',
    developerClientSecret: null,
    administratorPassword: null,
    keyEncryptionSecret: null,
    registryUrl: null,
  }),
];
