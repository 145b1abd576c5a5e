import { startService } from '#libs/http';
import { readRegistryConfig } from './config.js';
import { registryService } from './service.js';

await startService(registryService(readRegistryConfig(process.env)));
