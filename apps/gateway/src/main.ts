import { startService } from '#libs/http';
import { readConfig } from './config.js';
import { gatewayService } from './service.js';

await startService(gatewayService(readConfig(process.env)));
