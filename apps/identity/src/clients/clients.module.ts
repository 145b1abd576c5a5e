import { Module } from '@nestjs/common';
import { RecordsModule } from '../records/records.module.js';
import { ClientsController } from './clients.controller.js';
import { ClientsService } from './clients.service.js';
import { PagesClient } from './pages-client.js';

@Module({
  imports: [RecordsModule],
  controllers: [ClientsController],
  providers: [ClientsService, PagesClient],
  exports: [ClientsService],
})
export class ClientsModule {}
