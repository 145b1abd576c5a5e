import { startService } from '#libs/http';
import { AppModule } from './app.module.js';
import { readConfig } from './config.js';

await startService({
  name: 'registry',
  module: AppModule.of(readConfig(process.env)),
  title: 'Danh mục cơ sở dữ liệu',
  description: 'Databases and information systems of the province: whose they are, and how far.',
});
