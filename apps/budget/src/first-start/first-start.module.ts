import { Module } from '@nestjs/common';
import { ItemsModule } from '../items/items.module.js';
import { FirstStart } from './first-start.service.js';

@Module({ imports: [ItemsModule], providers: [FirstStart] })
export class FirstStartModule {}
