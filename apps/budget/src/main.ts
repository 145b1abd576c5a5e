import { startService } from '#libs/http';
import { readBudgetConfig } from './config.js';
import { budgetService } from './service.js';

await startService(budgetService(readBudgetConfig(process.env)));
