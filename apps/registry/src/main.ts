import { readServiceConfig, startService } from '#libs/http';
import { registryService } from './service.js';

await startService(registryService(readServiceConfig(process.env)));
