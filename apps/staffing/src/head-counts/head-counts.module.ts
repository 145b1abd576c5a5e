import { Module } from '@nestjs/common';
import { UnitsModule } from '../units/units.module.js';
import { HeadCountsController } from './head-counts.controller.js';
import { HeadCountsService } from './head-counts.service.js';

@Module({ imports: [UnitsModule], controllers: [HeadCountsController], providers: [HeadCountsService] })
export class HeadCountsModule {}
