import { Module } from '@nestjs/common';
import { ItemsModule } from '../items/items.module.js';
import { StagesController } from './stages.controller.js';
import { StagesService } from './stages.service.js';

@Module({ imports: [ItemsModule], controllers: [StagesController], providers: [StagesService] })
export class StagesModule {}
