import { Module } from '@nestjs/common';
import { ItemsModule } from '../items/items.module.js';
import { ReportsController } from './reports.controller.js';
import { ReportsService } from './reports.service.js';

@Module({ imports: [ItemsModule], controllers: [ReportsController], providers: [ReportsService] })
export class ReportsModule {}
