import { readServiceConfig, startService } from '#libs/http';
import { budgetService } from './service.js';

await startService(budgetService(readServiceConfig(process.env)));
