import { readServiceConfig, startService } from '#libs/http';
import { staffingService } from './service.js';

await startService(staffingService(readServiceConfig(process.env)));
