import { startService } from '#libs/http';
import { AppModule } from './app.module.js';
import { readConfig } from './config.js';

await startService({
  name: 'staffing',
  module: AppModule.of(readConfig(process.env)),
  title: 'Nhân lực công nghệ thông tin cấp xã',
  description: 'IT staff of the commune units.',
});
