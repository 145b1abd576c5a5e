import { Module } from '@nestjs/common';
import { ItemsModule } from '../items/items.module.js';
import { ImportLog } from './import-log.js';
import { ImportsController } from './imports.controller.js';
import { ImportsService } from './imports.service.js';

@Module({
  imports: [ItemsModule],
  controllers: [ImportsController],
  providers: [ImportsService, ImportLog],
  exports: [ImportsService],
})
export class ImportsModule {}
