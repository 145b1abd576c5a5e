import { Module } from '@nestjs/common';
import { ItemsModule } from '../items/items.module.js';
import { ExportsController } from './exports.controller.js';
import { ExportsService } from './exports.service.js';

/** The list of items as files. */
@Module({ imports: [ItemsModule], controllers: [ExportsController], providers: [ExportsService] })
export class ExportsModule {}
