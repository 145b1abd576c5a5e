import { Module } from '@nestjs/common';
import { FirstStartModule } from '#libs/persistence';
import { DatabasesModule } from '../databases/databases.module.js';
import { ListsModule } from '../lists/lists.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { SeedLoader } from './seed-loader.js';

@Module({ imports: [FirstStartModule, DatabasesModule, SystemsModule, ListsModule], providers: [SeedLoader] })
export class SeedModule {}
