import { startService } from '#libs/http';
import { AppModule } from './app.module.js';
import { readConfig } from './config.js';

await startService({
  name: 'tasks',
  module: AppModule.of(readConfig(process.env)),
  title: 'Nhiệm vụ được giao',
  description: 'Directives, the tasks they assign, and how each stands.',
});
