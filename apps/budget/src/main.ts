import { startService } from '#libs/http';
import { AppModule } from './app.module.js';
import { readConfig } from './config.js';

await startService({
  name: 'budget',
  module: AppModule.of(readConfig(process.env)),
  title: 'Kinh phí',
  description: 'Investment projects and recurrent activities: what was asked for, granted and planned.',
});
