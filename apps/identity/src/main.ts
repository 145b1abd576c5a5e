import { startService } from '#libs/http';
import { readConfig } from './config.js';
import { identityService } from './service.js';

await startService(identityService(readConfig(process.env)));
