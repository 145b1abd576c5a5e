import { Module } from '@nestjs/common';
import { FirstStartModule } from '#libs/persistence';
import { ItemsModule } from '../items/items.module.js';
import { SeedLoader } from './seed-loader.js';

@Module({ imports: [FirstStartModule, ItemsModule], providers: [SeedLoader] })
export class SeedModule {}
