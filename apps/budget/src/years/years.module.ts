import { Module } from '@nestjs/common';
import { HistoryModule } from '../history/history.module.js';
import { YearsController } from './years.controller.js';
import { YearsService } from './years.service.js';

@Module({ imports: [HistoryModule], controllers: [YearsController], providers: [YearsService] })
export class YearsModule {}
