import { Module } from '@nestjs/common';
import { ItemsModule } from '../items/items.module.js';
import { SeedLoader } from './seed-loader.js';

@Module({ imports: [ItemsModule], providers: [SeedLoader] })
export class SeedModule {}
