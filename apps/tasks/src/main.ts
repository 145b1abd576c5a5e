import { readServiceConfig, startService } from '#libs/http';
import { tasksService } from './service.js';

await startService(tasksService(readServiceConfig(process.env)));
